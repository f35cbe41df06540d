//! What concerns a run as a whole: rows that are wanted, errors that were caught, walks that ended.

use profilec_diagnostics::{Diagnostic, Span, codes};
use profilec_plan::Extraction;

use super::ends::{complete, reason};
use super::evidence::shorten;
use super::parts::Parts;
use crate::{Evidence, Outcome, PageSeen, Verdict};

/// Evidence that a run keeps.
const KEPT: usize = 200;

/// The account of a run.
#[derive(Debug, Default)]
pub(crate) struct Account {
    limit: Option<u64>,
    emitted: u64,
    /// Errors that the profile caught: what they cut off did not come.
    caught: Vec<Evidence>,
    /// What rows lack though their records came.
    parts: Parts,
    /// How the walks of calls ended, as one.
    ended: Option<Outcome>,
}

impl Account {
    /// The account of a run that wants so many rows.
    pub(crate) fn new(limit: Option<u64>) -> Self {
        Self { limit, ..Self::default() }
    }

    /// The script wants no more rows than this either.
    pub(crate) fn at_most(&mut self, rows: u64) {
        self.limit = Some(self.limit.map_or(rows, |limit| limit.min(rows)));
    }

    /// Rows that may still be emitted.
    pub(crate) fn remaining(&self) -> u64 {
        self.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.emitted))
    }

    /// Rows were emitted; the end when these were all that are wanted.
    pub(crate) fn emitted(&mut self, rows: u64, place: Span) -> Option<Outcome> {
        self.emitted = self.emitted.saturating_add(rows);
        let limit = self.limit.filter(|limit| self.emitted >= *limit)?;
        Some(complete(reason(
            &codes::paging::limit_met,
            if limit == 1 {
                "the row asked for is there".to_owned()
            } else {
                format!("the {limit} rows asked for are there")
            },
            place,
            "no more rows of this were wanted",
        )))
    }

    /// The profile caught an error that kept rows from coming.
    pub(crate) fn caught(&mut self, page: u64, finding: &Diagnostic) {
        if self.caught.len() < KEPT {
            self.caught.push(Evidence {
                code: codes::paging::error_caught.id,
                page,
                field: "error".to_owned(),
                value: shorten(&finding.message),
            });
        }
    }

    /// A page of a call came.
    pub(crate) fn came(&mut self, call: Span, extraction: &Extraction, seen: &PageSeen, page: u64) {
        self.parts.came(call, extraction, seen, page);
    }

    /// The walk of a call ended.
    pub(crate) fn walked(&mut self, outcome: Outcome) {
        self.ended = Some(match self.ended.take() {
            Some(earlier) => join(earlier, outcome),
            None => outcome,
        });
    }

    /// The run came to its end by itself: what all its walks amount to.
    pub(crate) fn conclude(&mut self, outcome: Outcome) -> Outcome {
        self.end(outcome, Asked::Pages)
    }

    /// The script came to its end, and no page of its own came.
    pub(crate) fn conclude_without_page(&mut self, program: Span) -> Outcome {
        let asked = if self.ended.is_some() { Asked::Pages } else { Asked::Nothing };
        let code = &codes::paging::single_page;
        let end = reason(code, "the script asked for no page".to_owned(), program, "ran to its end");
        self.end(complete(end), asked)
    }

    fn end(&mut self, outcome: Outcome, asked: Asked) -> Outcome {
        self.walked(outcome);
        let mut all = self.ended.take().unwrap_or_else(|| unreachable!("one was just put there"));
        if let Some((code, seen, help)) = self.parts.doubt().filter(|_| all.verdict == Verdict::Complete) {
            all.verdict = Verdict::Unproven;
            let message = format!("{seen}; {}", all.reason.message);
            all.reason = Diagnostic::new(code, message, all.reason.primary).help(help);
        }
        if let Some(first) = self.caught.first().filter(|_| all.verdict == Verdict::Complete) {
            all.verdict = Verdict::Unproven;
            let caught = format!("the profile caught an error at page {}: {}", first.page, first.value);
            // Without any page there is no end to tell of.
            let message = match asked {
                Asked::Pages => format!("{caught}; {}", all.reason.message),
                Asked::Nothing => caught,
            };
            all.reason = Diagnostic::new(&codes::paging::error_caught, message, all.reason.primary).help(
                "rows that this error kept from coming are not in the output; see whether the handler makes up for them",
            );
        }
        let room = KEPT.saturating_sub(all.evidence.len());
        all.evidence.extend(self.parts.evidence().cloned().chain(self.caught.drain(..)).take(room));
        all
    }
}

/// What a run asked for.
#[derive(Clone, Copy)]
enum Asked {
    Pages,
    Nothing,
}

/// Two ends as one: the worse, the earlier of two that are bad, the later of two that are good.
fn join(earlier: Outcome, later: Outcome) -> Outcome {
    let (rank, other) = (badness(&earlier), badness(&later));
    let is_plain = later.reason.code == &codes::paging::single_page;
    let (mut kept, dropped) = if rank > other || (rank == other && (rank > 0 || is_plain)) {
        (earlier, later)
    } else {
        (later, earlier)
    };
    let room = KEPT.saturating_sub(kept.evidence.len());
    kept.evidence.extend(dropped.evidence.into_iter().take(room));
    kept
}

const fn badness(outcome: &Outcome) -> u8 {
    match outcome.verdict {
        Verdict::Complete => 0,
        Verdict::Unproven => 1,
        Verdict::Truncated => 2,
        Verdict::Failed => 3,
    }
}
