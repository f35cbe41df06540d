//! How much of a profile the samples cover, for people.

use super::proof::Proof;
use crate::screen::count;

/// Columns that are listed.
const LISTED: usize = 20;

/// `note: the samples have 2 pages with 5 rows; 3 of 4 paths lead to something in every row, `Glaze` in 3`. `None`:
/// nothing was proven.
pub(super) fn coverage(proof: &Proof<'_>) -> Option<String> {
    if proof.rows == 0 || proof.reads.is_some() {
        return None;
    }
    let table = proof.plan.relation.as_ref().map_or(String::new(), |table| format!(" of `{}`", table.name));
    let read = proof.columns.iter().flatten();
    let (whole, part): (Vec<_>, Vec<_>) = read.partition(|column| column.hits >= proof.rows);
    let all = whole.len() + part.len();
    if all == 0 {
        return None;
    }
    let name = |column: usize| proof.plan.columns.get(column).map_or("", |column| column.name.as_str());
    let shown = part.iter().take(LISTED).map(|seen| format!(", `{}` in {}", name(seen.column), seen.hits));
    let more = if part.len() > LISTED { ", …" } else { "" };
    Some(format!(
        "note: the samples have {} with {}{table}; {} of {} to something in every row{}{more}",
        count(proof.pages, "page"),
        count(proof.rows, "row"),
        whole.len(),
        if all == 1 { "1 path leads".to_owned() } else { format!("{all} paths lead") },
        shown.collect::<String>(),
    ))
}
