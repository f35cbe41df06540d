//! How a call leads to the next page.

use super::requests::{Reads, alternatives};
use super::text;
use super::wire::{PagingFacts, Pair};
use crate::walk::{self, Access};
use crate::{Call, StatementKind};

/// Declarative paging: the name that decides, and the kind.
const PAGERS: [(&str, &str); 4] = [
    ("pageurlpath", "by next URL"),
    ("pagetokenpath", "by token"),
    ("pagenumberparam", "by page number"),
    ("pageoffsetparam", "by offset"),
];
/// What else declarative paging reads.
const PAGER_VALUES: [&str; 4] = ["pagetokenparam", "hasmorepath", "pagesizeparam", "pagesize"];

/// Whether declarative paging reads this name.
pub(crate) fn is_pager(name: &str) -> bool {
    PAGERS.iter().any(|(pager, _)| *pager == name) || PAGER_VALUES.contains(&name)
}

/// What pages the call, declared names before the script.
pub(crate) fn of(reads: &Reads<'_, '_>, call: &Call, captures: &[Pair]) -> PagingFacts {
    let mut values: Vec<Pair> = reads
        .entries()
        .filter(|(key, _)| is_pager(&key.name))
        .map(|(_, entry)| Pair { name: entry.written.to_owned(), value: alternatives(entry, text::template) })
        .collect();
    let declared = PAGERS.iter().find(|(name, _)| !reads.values(name).is_empty()).map(|(_, kind)| *kind);
    let markers = markers(call);
    let maps = captures.iter().any(|capture| capture.name.eq_ignore_ascii_case("rows@next"));
    let kind = declared.unwrap_or(if !markers.is_empty() || maps { "by the script" } else { "none" });
    if declared.is_none() {
        values.extend(markers.into_iter().map(|value| Pair { name: "rows@next".to_owned(), value }));
    }
    let enabled = reads.values("enablepaging").iter().any(|value| {
        value.literal().is_none_or(|word| profilec_vocabulary::boolean_word(word) == Some(true))
    });
    PagingFacts { kind, enabled, values }
}

/// What the body sets `rows@next` to.
fn markers(call: &Call) -> Vec<String> {
    let mut markers = Vec::new();
    walk::statements(call.body.block(), &mut |statement, _| {
        if let StatementKind::Set { target, value } = &statement.kind {
            let access = Access::new(target.item.as_ref(), &target.attribute);
            if access.attribute.as_deref() == Some("rows@next") {
                markers.push(text::template(value));
            }
        }
    });
    markers
}
