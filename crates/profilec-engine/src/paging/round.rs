//! One round of a walk: a page of a call, or a pass over the script with all its pages.

use profilec_diagnostics::Span;
use profilec_plan::{ColumnSource, Extraction};

use super::evidence::{is_next_like, last_name};
use super::ledger::Slot;
use super::pager::{Pager, pointer};
use crate::{Outcome, PageSeen, Seen, Verdict};

/// What a page is to the walk that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its rows are those that the walk goes for.
    Rows,
    /// It stands beside them: a token, a list whose elements are asked for one by one.
    Beside,
}

/// A page that came.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visit<'v> {
    /// From 1, over the whole run.
    pub(crate) page: u64,
    /// The call.
    pub(crate) call: Span,
    /// The outermost call around it, where a finding about the walk points.
    pub(crate) place: Span,
    /// Tells the row that the page was asked for from other rows; 0 outside of rows.
    pub(crate) context: u64,
    /// Tells the request from others.
    pub(crate) request: u64,
    pub(crate) part: Part,
    pub(crate) pager: &'v Pager,
    /// The script can set the marker for its rows.
    pub(crate) scripted: bool,
    pub(crate) extraction: &'v Extraction,
    pub(crate) seen: &'v PageSeen,
}

/// The round that is running.
#[derive(Debug)]
pub(super) struct Round {
    pub(super) pager: Pager,
    pub(super) page: u64,
    pub(super) place: Span,
    pub(super) rows: u64,
    pub(super) next: Seen,
    pub(super) no_more: bool,
    /// The script can set a marker at all.
    pub(super) scripted: bool,
    /// The mapped value that the marker is likely made from: pointer, place, value.
    pub(super) mapped_next: Option<(String, Span, Seen)>,
    /// The end that a page beyond the last one is, should no rows come.
    pub(super) past_the_end: Option<Outcome>,
    /// A page of [`Part::Rows`] came.
    has_rows: bool,
}

impl Round {
    /// A round that begins with this page.
    pub(super) fn new(visit: &Visit<'_>) -> Self {
        let mut round = Self {
            pager: visit.pager.clone(),
            page: visit.page,
            place: visit.place,
            rows: 0,
            next: Seen::Absent,
            no_more: false,
            scripted: false,
            mapped_next: None,
            past_the_end: None,
            has_rows: false,
        };
        round.add(visit);
        round
    }

    /// A page is beyond the last one. Of several ends the one that proves less counts.
    pub(super) fn add_past_the_end(&mut self, outcome: Outcome) {
        if self.past_the_end.as_ref().is_none_or(|end| end.verdict == Verdict::Complete) {
            self.past_the_end = Some(outcome);
        }
    }

    /// One more page: the last one with rows says how to go on.
    pub(super) fn add(&mut self, visit: &Visit<'_>) {
        self.scripted |= visit.scripted;
        if visit.part == Part::Beside && self.has_rows {
            return;
        }
        if visit.part == Part::Rows {
            self.has_rows = true;
            self.rows = self.rows.saturating_add(visit.seen.page.records as u64);
        }
        self.page = visit.page;
        // Where only some calls are paged, they say how to go on.
        if self.pager.enabled.is_some() && visit.pager.enabled.is_none() {
            return;
        }
        self.pager = visit.pager.clone();
        self.place = visit.place;
        self.next = visit.pager.next(visit.seen);
        self.no_more = visit.pager.says_no_more(visit.seen);
        self.mapped_next = mapped_next(visit);
    }
}

/// Whose page it is, among all of a walk.
pub(super) fn slot(visit: &Visit<'_>, nth: u32) -> Slot {
    Slot { context: visit.context, call: visit.call, nth }
}

/// Pointers that the profile reads: its mapped values, and columns outside the rows that a script can make a
/// marker from.
pub(super) fn pointers_read(visit: &Visit<'_>) -> Vec<String> {
    // Nobody goes on from a page within a row unless it is paged itself.
    if visit.context != 0 && visit.pager.enabled.is_none() {
        return Vec::new();
    }
    let Visit { extraction, scripted, .. } = *visit;
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
fn mapped_next(visit: &Visit<'_>) -> Option<(String, Span, Seen)> {
    let Visit { pager, extraction, seen, .. } = *visit;
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
