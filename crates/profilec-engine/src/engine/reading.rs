//! Reading a page that came: judging it, and running the body for its rows.

use std::ops::Range;

use super::asking::{Awaited, Belongs};
use super::{Engine, State, failure};
use crate::emit::{Taken, rows};
use crate::paging::{Part, Visit, row_path_finding};
use crate::script::{PageOf, Raised, shape};
use crate::{Emit, Outcome, PageSeen};

/// Why a page gives no rows.
pub(super) enum Stop {
    /// The run is over.
    Over(Box<Outcome>),
    /// An error that the script may catch.
    Raised(Box<Raised>),
}

impl<'p> Engine<'p> {
    /// Judges a page, runs the body for its rows, and says what becomes of them.
    pub(super) fn read_page(&mut self, awaited: &Awaited<'p>, seen: &PageSeen) -> Result<Emit, Stop> {
        let Awaited { fetch, call, .. } = awaited;
        if let Some(problem) = &seen.problem {
            if self.is_past_the_end(awaited, seen) {
                return Ok(Emit::Nothing);
            }
            return Err(Stop::Raised(Box::new(Raised::by_answer(problem.clone(), seen.status))));
        }
        if let Some(finding) = row_path_finding(seen, &format!("page {}", fetch.page), &fetch.extraction) {
            return Err(Stop::Over(Box::new(failure(finding))));
        }
        if let Some(emit) = self.note(awaited, seen)? {
            return Ok(emit);
        }
        let url = if seen.url.is_empty() { fetch.request.url.clone() } else { seen.url.clone() };
        match &awaited.belongs {
            Belongs::Call => {
                if let Some(walked) = self.calls.last_mut() {
                    walked.url = Some(url.clone());
                }
            }
            Belongs::Passes(..) => self.pager_url = Some(url.clone()),
            Belongs::None => {}
        }
        self.last_url = Some(url.clone());
        self.account.came(call.origin, &fetch.extraction, seen, fetch.page);
        let count = if self.is_surplus(awaited, seen) { 0 } else { seen.page.rows };
        self.machine.grant_steps(count);
        let page = PageOf {
            number: fetch.page,
            identity: awaited.request,
            url,
            of_pass: matches!(awaited.belongs, Belongs::Passes(..)),
        };
        let wanted = self.wanted(awaited, count);
        let taken = Taken { wanted, output: awaited.terms.output(seen), of: page };
        let rows = rows(&mut self.machine, self.plan, call, &fetch.extraction, seen, taken)
            .map_err(|finding| Stop::Over(Box::new(failure(finding))))?;
        self.note_cut_off();
        let (count, emit) = self.within_limit(rows);
        if let Some(outcome) = self.account.emitted(count, call.origin) {
            self.state = State::Done(Box::new(outcome));
        }
        Ok(emit)
    }

    /// The rows that the call wants: `maxrows` and its kin count over all pages of a walk.
    fn wanted(&mut self, awaited: &Awaited<'p>, rows: usize) -> Range<usize> {
        match (&awaited.belongs, self.calls.last_mut()) {
            (Belongs::Call, Some(walked)) => walked.terms.window.take(rows),
            _ => awaited.terms.window.clone().take(rows),
        }
    }

    /// Whether a page that paging went on to has no records: what stands around them is no row then.
    fn is_surplus(&self, awaited: &Awaited<'p>, seen: &PageSeen) -> bool {
        let (pager, walk) = match &awaited.belongs {
            Belongs::Call => match self.calls.last() {
                Some(walked) => (&walked.pager, &walked.walk),
                None => return false,
            },
            Belongs::Passes(Part::Rows, pager) if awaited.context == 0 => (pager.as_ref(), &self.passes),
            Belongs::Passes(..) | Belongs::None => return false,
        };
        seen.page.records == 0 && pager.enabled.is_some() && walk.has_begun()
    }

    /// A page beyond the last one ends the walk that it belongs to; the script goes on behind the call.
    fn is_past_the_end(&mut self, awaited: &Awaited<'p>, seen: &PageSeen) -> bool {
        match &awaited.belongs {
            Belongs::Call => {
                let Some(walked) = self.calls.last() else { return false };
                let visit = visit(awaited, Part::Rows, &walked.pager, seen);
                let Some(outcome) = walked.walk.past_the_end(&visit) else { return false };
                self.end_walk(outcome);
            }
            Belongs::Passes(part, pager) => {
                let visit = visit(awaited, *part, pager, seen);
                let Some(outcome) = self.passes.past_the_end(&visit) else { return false };
                self.passes.note_past_the_end(&visit, outcome);
            }
            Belongs::None => return false,
        }
        true
    }

    /// Tells the walk of the page. A page that was there before has no rows for us: it ends the walk.
    fn note(&mut self, awaited: &Awaited<'p>, seen: &PageSeen) -> Result<Option<Emit>, Stop> {
        match &awaited.belongs {
            Belongs::Call => {
                let Some(walked) = self.calls.last_mut() else { return Ok(None) };
                let pager = walked.pager.clone();
                let visit = visit(awaited, Part::Rows, &pager, seen);
                if let Some(outcome) = walked.walk.repeated(&visit) {
                    self.end_walk(outcome);
                    return Ok(Some(Emit::Nothing));
                }
                self.repeated_rows += walked.walk.note(&visit);
            }
            Belongs::Passes(part, pager) => {
                let visit = visit(awaited, *part, pager, seen);
                if let Some(outcome) = self.passes.repeated(&visit) {
                    return Err(Stop::Over(Box::new(self.account.conclude(outcome))));
                }
                self.repeated_rows += self.passes.note(&visit);
            }
            Belongs::None => {}
        }
        Ok(None)
    }

    fn end_walk(&mut self, outcome: Outcome) {
        self.calls.pop();
        self.machine.leave_pages();
        self.account.walked(outcome);
    }
}

fn visit<'v>(
    awaited: &'v Awaited<'_>,
    part: Part,
    pager: &'v crate::paging::Pager,
    seen: &'v PageSeen,
) -> Visit<'v> {
    Visit {
        page: awaited.fetch.page,
        call: awaited.call.origin,
        place: awaited.place,
        // A walk of a call has only one place.
        context: awaited.context,
        request: awaited.request,
        part,
        pager,
        scripted: shape::sets_marker(awaited.call.body.block()),
        extraction: &awaited.fetch.extraction,
        seen,
    }
}
