//! One pass over the script, as the walk sees it.

use profilec_diagnostics::Span;
use profilec_plan::{ColumnSource, Extraction};

use super::evidence::{is_next_like, last_name};
use super::pager::{Pager, pointer};
use crate::{Evidence, PageSeen, Seen};

/// The pages of the pass that is running, as one.
#[derive(Debug)]
pub(super) struct Pass {
    pub(super) pager: Pager,
    pub(super) page: u64,
    pub(super) call: Span,
    pub(super) rows: u64,
    pub(super) next: Seen,
    pub(super) no_more: bool,
    /// The script can set a marker at all.
    pub(super) scripted: bool,
    /// The mapped value that the marker is likely made from: pointer, place, value.
    pub(super) mapped_next: Option<(String, Span, Seen)>,
    pub(super) doubts: Vec<Evidence>,
}

/// Pointers that the profile reads: its mapped values, and columns outside the rows that a script can make a
/// marker from.
pub(super) fn pointers_read(extraction: &Extraction, scripted: bool) -> Vec<String> {
    let captured = extraction.captures.iter().map(|capture| pointer(&capture.path));
    let outside = extraction.columns.iter().filter(|_| scripted).filter_map(|column| match column {
        ColumnSource::Outside(steps) => {
            Some(pointer(&profilec_syntax::Path { steps: steps.clone(), ..Default::default() }))
        }
        _ => None,
    });
    captured.chain(outside).collect()
}

/// The mapped value that the marker is likely made from, or the one that the declarative pager reads.
pub(super) fn mapped_next(
    pager: &Pager,
    extraction: &Extraction,
    seen: &PageSeen,
) -> Option<(String, Span, Seen)> {
    if let Some(locator) = pager.locator() {
        return Some((locator.describe(&extraction.captures), pager.origin, pager.next(seen)));
    }
    let mapped = extraction.captures.iter().zip(&seen.page.captures).take(pager.mapped);
    let described =
        mapped.map(|(capture, seen)| (&capture.name, pointer(&capture.path), capture.origin, seen));
    described
        .into_iter()
        .find(|(name, pointer, _, _)| is_next_like(name) || is_next_like(last_name(pointer)))
        .map(|(_, pointer, place, seen)| (pointer, place, seen.clone()))
}
