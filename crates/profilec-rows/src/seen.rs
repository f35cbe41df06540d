//! What is seen beside the rows: members of the body, and what stood at the row path.

use profilec_engine::{Member, MemberValue, RowPathSeen};
use profilec_syntax::Step;
use profilec_vocabulary::closest;

use crate::scan::{Kind, Scanner, Value};
use crate::string::{name_of, text_of};

/// Members that are kept.
pub(crate) const MAX_MEMBERS: usize = 512;
/// Bytes of a member's text that are kept.
pub(crate) const MAX_TEXT: usize = 4096;
/// Keys that a missing row path shows.
pub(crate) const MAX_KEYS: usize = 20;

/// Sights of one walk over a body.
#[derive(Debug, Default)]
pub(crate) struct Sights {
    pub(crate) members: Vec<Member>,
    /// The pointer of the root's member that is being walked.
    outer: String,
    /// The rows' place was reached, or a way to it ended in an empty array.
    pub(crate) rows: bool,
    /// By level: the place of its records was there, be it empty.
    pub(crate) reached: Vec<bool>,
    /// The way ended at `null`.
    pub(crate) null: bool,
    /// Something that holds no rows stood in the rows' place, and where.
    scalar: Option<(&'static str, usize)>,
    /// The same in a row with a text of its own.
    in_row: Option<RowPathSeen>,
    /// Where the way first broke off, and before which step.
    pub(crate) broken: Option<(usize, Step)>,
}

impl Sights {
    /// Nothing seen yet of so many levels.
    pub(crate) fn of(levels: usize) -> Self {
        Self { reached: vec![false; levels], ..Self::default() }
    }

    /// The walk goes into a member of the root.
    pub(crate) fn enter(&mut self, text: &str, key: Value) {
        self.outer.clear();
        push_step(&mut self.outer, &readable(text, key));
    }

    /// A member at the root (height 0) or one level down (height 1).
    pub(crate) fn note(&mut self, text: &str, height: u8, key: Value, value: Value) {
        if self.members.len() >= MAX_MEMBERS {
            return;
        }
        let mut pointer = if height == 0 { String::new() } else { self.outer.clone() };
        push_step(&mut pointer, &readable(text, key));
        let value = match value.kind {
            Kind::Absent | Kind::Null => MemberValue::Null,
            Kind::True => MemberValue::Boolean(true),
            Kind::False => MemberValue::Boolean(false),
            Kind::Number => MemberValue::Number(value.source(text).to_owned()),
            Kind::Array => MemberValue::Array(value.count as usize),
            Kind::Object => MemberValue::Object(value.count as usize),
            _ => {
                let mut scratch = String::new();
                // Half a surrogate pair is a fault only where a column or capture needs the text.
                let whole = text_of(text, value, &mut scratch).ok().flatten();
                let whole = whole.unwrap_or_else(|| value.content(text));
                MemberValue::Text(whole[..whole.floor_char_boundary(MAX_TEXT)].to_owned())
            }
        };
        self.members.push(Member { pointer, value });
    }

    /// The way to the rows broke off at the value that starts at `at`.
    pub(crate) fn broke_off(&mut self, at: usize, step: &Step) {
        self.broken.get_or_insert_with(|| (at, step.clone()));
    }

    /// What holds no rows stands at `at`, where they should be.
    pub(crate) fn scalar(&mut self, kind: &'static str, at: usize) {
        self.scalar.get_or_insert((kind, at));
    }

    /// Takes in the sights of a row with a text of its own, which stands at `pointer` in the body.
    pub(crate) fn add_row(&mut self, row: &Self, text: &str, pointer: &str) {
        for (reached, more) in self.reached.iter_mut().zip(&row.reached) {
            *reached |= more;
        }
        if row.scalar.is_some() {
            self.in_row.get_or_insert_with(|| row.row_path(text, pointer));
        }
        // The row itself is found, not sought step by step.
        if let Some(first) = self.reached.first_mut() {
            *first = true;
        }
    }

    /// What stood at the row path. A scalar in one place is told even if there were rows in others: they may
    /// not be all.
    pub(crate) fn row_path(&self, text: &str, prefix: &str) -> RowPathSeen {
        if let Some(in_row) = &self.in_row {
            return in_row.clone();
        }
        match (self.scalar, &self.broken) {
            (Some((kind, at)), _) => {
                RowPathSeen::Scalar { kind, at: format!("{prefix}{}", pointer_at(text, at)) }
            }
            _ if self.rows => RowPathSeen::Rows,
            _ if self.null => RowPathSeen::Null,
            (None, Some((at, step))) => missing(text, *at, step),
            (None, None) => RowPathSeen::Rows,
        }
    }
}

fn missing(text: &str, at: usize, step: &Step) -> RowPathSeen {
    let step = match step {
        Step::Name(name) => name.clone(),
        Step::Index(index) => format!("[{index}]"),
        Step::Any => "*".to_owned(),
    };
    let keys = keys_at(text, at);
    let closest = closest(&step, keys.iter().map(String::as_str)).map(str::to_owned);
    let keys = keys.into_iter().take(MAX_KEYS).collect();
    RowPathSeen::Missing { step, at: pointer_at(text, at), keys, closest }
}

/// The member names of the object that starts at `at`.
fn keys_at(text: &str, at: usize) -> Vec<String> {
    let mut scan = Scanner::new(text);
    scan.at = at;
    let mut keys = Vec::new();
    if scan.peek() == Some(b'{')
        && let Ok(mut open) = scan.open(Kind::Object)
    {
        while let Ok(true) = scan.more(&mut open) {
            let Ok(key) = scan.key() else { break };
            keys.push(readable(text, key).into_owned());
            if scan.skip().is_err() {
                break;
            }
        }
    }
    keys
}

fn readable(text: &str, key: Value) -> std::borrow::Cow<'_, str> {
    name_of(text, key).unwrap_or_else(|_| key.content(text).into())
}

/// Appends a step to a JSON pointer.
pub(crate) fn push_step(pointer: &mut String, step: &str) {
    pointer.push('/');
    for char in step.chars() {
        match char {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The JSON pointer (RFC 6901) of a value.
pub(crate) fn pointer_to(text: &str, value: Value) -> String {
    pointer_at(text, value.start as usize)
}

/// The JSON pointer of the value that starts at `target`. Found by going over the text again, so that the walk
/// itself need not remember where it is; what comes after the value may be broken.
fn pointer_at(text: &str, target: usize) -> String {
    let mut pointer = String::new();
    let mut scan = Scanner::new(text);
    scan.blank();
    while scan.at < target {
        let kind = if scan.peek() == Some(b'{') { Kind::Object } else { Kind::Array };
        let Ok(mut open) = scan.open(kind) else { break };
        let mut inner = None;
        while inner.is_none() && matches!(scan.more(&mut open), Ok(true)) {
            let name = match kind {
                Kind::Object => match scan.key() {
                    Ok(key) => readable(text, key).into_owned(),
                    Err(_) => break,
                },
                _ => (open.count - 1).to_string(),
            };
            let start = scan.at;
            if start == target || scan.skip().is_err() || scan.at > target {
                inner = Some((start, name));
            }
        }
        let Some((start, name)) = inner else { break };
        push_step(&mut pointer, &name);
        scan.at = start;
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::pointer_at;

    #[test]
    fn a_pointer_leads_to_the_value() {
        let text = r#" {"a/b": [1, {"~": "x"}], "c": 2"#;
        for (needle, pointer) in [("\"x\"", "/a~1b/1/~0"), ("1,", "/a~1b/0"), ("2", "/c"), ("{\"a", "")] {
            assert_eq!(pointer_at(text, text.find(needle).unwrap()), pointer);
        }
    }
}
