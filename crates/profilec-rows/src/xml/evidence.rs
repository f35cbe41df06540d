//! What is seen in an XML body beside the rows.

use profilec_engine::{Member, MemberValue, RowPathSeen};
use profilec_vocabulary::closest;

use crate::seen::{MAX_KEYS, MAX_MEMBERS, MAX_TEXT, push_step};

/// Names of the children of an element on the way to the rows.
#[derive(Debug, Default)]
pub(super) struct Children<'t> {
    /// The first ones.
    pub(super) names: Vec<&'t str>,
    /// One of them came again.
    pub(super) repeated: bool,
    /// The first that has children itself.
    pub(super) parent: Option<&'t str>,
}

impl<'t> Children<'t> {
    pub(super) fn note(&mut self, name: &'t str) {
        if self.names.contains(&name) {
            self.repeated = true;
        } else if self.names.len() < MAX_KEYS {
            self.names.push(name);
        }
    }

    /// Whether rows without their name may stand here under another: such a page is not taken for an empty one.
    pub(super) fn may_be(&self, name: &str) -> bool {
        self.repeated || closest(name, self.names.iter().copied()).is_some()
    }

    /// The way broke off at the element with these children, before the step to `name`.
    pub(super) fn missing(&self, at: String, name: &str) -> RowPathSeen {
        RowPathSeen::Missing {
            step: name.to_owned(),
            at,
            keys: self.names.iter().map(|&name| name.to_owned()).collect(),
            closest: closest(name, self.names.iter().copied()).map(str::to_owned),
        }
    }
}

/// The pointer of the element that these names lead to.
pub(super) fn pointer<'t>(names: impl Iterator<Item = &'t str>) -> String {
    let mut pointer = String::new();
    names.for_each(|name| push_step(&mut pointer, name));
    pointer
}

/// Keeps a member, if there is room.
pub(super) fn note(members: &mut Vec<Member>, pointer: String, value: MemberValue) {
    if members.len() < MAX_MEMBERS {
        members.push(Member { pointer, value });
    }
}

/// XML has no types: what reads as a boolean is one.
pub(super) fn scalar(text: &str) -> MemberValue {
    match text.trim() {
        "true" => MemberValue::Boolean(true),
        "false" => MemberValue::Boolean(false),
        _ => MemberValue::Text(text[..text.floor_char_boundary(MAX_TEXT)].to_owned()),
    }
}
