//! What came of the rows, and what speaks against there being no more.

use std::collections::{BTreeMap, HashMap};

use profilec_diagnostics::{Code, Diagnostic, Span, codes};

use super::ends::complete;
use super::evidence;
use super::pass::Pass;
use crate::{Evidence, Outcome, PageSeen, Verdict};

/// A code, what was seen, and what to do.
type Doubt = (&'static Code, String, &'static str);

/// A call, and its how-manieth page in a pass: a loop may run one call for many things, each with pages and
/// a total of its own.
type Slot = (Span, u32);

/// What one slot brought, over all passes.
#[derive(Clone, Debug, Default)]
struct Tally {
    rows: u64,
    /// The last total seen, and where.
    total: Option<(u64, Evidence)>,
}

/// Rows, totals and doubts over a whole walk.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Pages by what their rows are.
    contents: HashMap<(Slot, u64), u64>,
    tallies: BTreeMap<Slot, Tally>,
    /// How often each call of the running pass has brought a page.
    brought: HashMap<Span, u32>,
    /// Next pages that a pass named and the walk could not follow.
    pub(super) lost: Vec<Evidence>,
    /// Errors that the profile caught: what they cut off did not come.
    pub(super) caught: Vec<Evidence>,
    /// The offset grew by more than the rows that came: the rows between are missing if more come after.
    pub(super) may_be_skipped: Option<Evidence>,
    skipped: Option<Evidence>,
}

impl Ledger {
    /// A page came.
    pub(super) fn came(&mut self, call: Span, seen: &PageSeen, page: u64) {
        let slot = self.slot(call);
        *self.brought.entry(call).or_default() += 1;
        let tally = self.tallies.entry(slot).or_default();
        tally.rows = tally.rows.saturating_add(seen.page.rows as u64);
        if let Some((total, field)) = evidence::total(seen) {
            let code = codes::paging::fewer_rows_than_total.id;
            tally.total = Some((total, Evidence { code, page, field, value: total.to_string() }));
        }
    }

    /// A pass is through, which brought so many rows.
    pub(super) fn pass_ends(&mut self, rows: u64) {
        self.brought.clear();
        if rows > 0 {
            self.skipped = self.skipped.take().or(self.may_be_skipped.take());
        }
    }

    /// The earlier page with the same rows; without one, the page is remembered.
    pub(super) fn page_with_rows(&mut self, call: Span, hash: u64, page: u64) -> Option<u64> {
        let earlier = *self.contents.entry((self.slot(call), hash)).or_insert(page);
        (earlier != page).then_some(earlier)
    }

    /// Whether an offset grew past rows that never came.
    pub(super) fn skips(&self) -> bool {
        self.skipped.is_some()
    }

    /// A walk that turned in a circle: all is there only if a total says so.
    pub(super) fn repetition(&self, reason: Diagnostic, seen: Evidence) -> Outcome {
        if self.total_reached() {
            return complete(reason);
        }
        Outcome {
            verdict: Verdict::Unproven,
            reason: reason
                .help("no total says that all rows came: compare with the source, or mend the marker"),
            evidence: vec![seen],
        }
    }

    fn slot(&self, call: Span) -> Slot {
        (call, self.brought.get(&call).copied().unwrap_or_default())
    }

    pub(super) fn total_reached(&self) -> bool {
        let mut totals =
            self.tallies.values().filter_map(|tally| Some((tally.rows, tally.total.as_ref()?.0)));
        let mut any = false;
        totals.all(|(rows, total)| {
            any = true;
            rows >= total
        }) && any
    }

    /// The end of a pass that brought no page: complete, unless an error was caught.
    pub(super) fn conclude_without_page(&self, reason: Diagnostic) -> Outcome {
        let Some((code, seen, help)) = self.caught_doubt() else { return complete(reason) };
        Outcome {
            verdict: Verdict::Unproven,
            reason: Diagnostic::new(code, seen, reason.primary).help(help),
            evidence: self.caught.clone(),
        }
    }

    fn caught_doubt(&self) -> Option<Doubt> {
        let first = self.caught.first()?;
        Some((
            &codes::paging::error_caught,
            format!("the profile caught an error at page {}: {}", first.page, first.value),
            "rows that this error kept from coming are not in the output; see whether the handler makes up for them",
        ))
    }

    /// A natural end: complete, unless something that was seen speaks against it.
    pub(super) fn conclude(&self, reason: Diagnostic, pass: &Pass) -> Outcome {
        let short = self.tallies.values().filter_map(|tally| {
            let (total, evidence) = tally.total.as_ref()?;
            (tally.rows < *total).then(|| (tally.rows, evidence.clone()))
        });
        let short: Vec<_> = short.collect();
        let doubt = if let Some((rows, total)) = short.first() {
            Some((
                &codes::paging::fewer_rows_than_total,
                format!("{rows} rows came, but `{}` on page {} is {}", total.field, total.page, total.value),
                "see whether the profile asks for all pages",
            ))
        } else if let Some(gap) = self.skipped.as_ref().filter(|_| !self.total_reached()) {
            Some((
                &codes::paging::offset_gap,
                format!(
                    "page {} had {} rows, but the offset grew by more, and rows came after",
                    gap.page, gap.value
                ),
                "set `PageSize` to what the service gives at most, or leave it out",
            ))
        } else if let Some(caught) = self.caught_doubt() {
            Some(caught)
        } else {
            self.lost.iter().chain(&pass.doubts).next().map(|next| {
                (
                    &codes::paging::next_page_unread,
                    format!(
                        "`{}` on page {} is `{}`, and nothing reads it",
                        next.field, next.page, next.value
                    ),
                    "set `EnablePaging` and `pageurlpath`, `pagetokenpath` or `ElementMapPath#` to follow it",
                )
            })
        };
        let Some((code, seen, help)) = doubt else { return complete(reason) };
        let message = format!("{seen}; {}", reason.message);
        let evidence = short
            .into_iter()
            .map(|(_, evidence)| evidence)
            .chain(self.skipped.clone())
            .chain(self.caught.iter().chain(&self.lost).chain(&pass.doubts).cloned());
        Outcome {
            verdict: Verdict::Unproven,
            reason: Diagnostic::new(code, message, reason.primary).help(help),
            evidence: evidence.collect(),
        }
    }
}
