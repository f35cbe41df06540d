//! Which call a sample answers.
//!
//! Nothing in a response says who asked for it. It is taken for the answer to the call whose paths lead to something in
//! it; of several, to one whose rows are rows of the table.

use profilec_diagnostics::{Diagnostic, codes};
use profilec_engine::{Answer, LeadsOn, PageSeen, RowPathSeen, Seen, next_unread, row_path_finding};
use profilec_plan::{Extraction, Level, Plan};
use profilec_rows::{Broken, Page};
use profilec_syntax::RowPath;

use super::{extractor, proof::Proof, spelling::Spelling};

/// A sample as the answer to a call.
pub(super) struct Fit<'a> {
    page: Result<(&'a Extraction, Page), Diagnostic>,
    leads_on: &'a LeadsOn,
    /// The row path leads nowhere, or the answer is an error.
    fault: Option<Diagnostic>,
}

/// How well a sample fits a call, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Not,
    /// It does not, or only because a whole answer is a row, but the call is one that gives rows.
    GivesRows,
    /// It would with one other name.
    Nearly,
    /// Its row path leads to rows.
    Rows,
    /// Columns or mapped values are in it.
    Values,
    /// They are in it, and the call gives rows.
    ValuesInRows,
}

/// The call that a sample fits best, the first of equals; `None`: no call gives rows.
pub(super) fn fitting<'a>(
    plan: &Plan,
    answers: &'a [Answer],
    name: &str,
    body: &[u8],
    spelling: &Spelling<'_>,
) -> Option<(&'a Answer, Fit<'a>)> {
    if !answers.iter().any(|answer| answer.gives_rows) {
        return None;
    }
    let mut best: Option<(Rank, &Answer, Fit<'_>)> = None;
    for answer in answers {
        let fit = fit(plan, answer, name, body, spelling);
        let rank = rank(answer, &fit);
        let is_better = best
            .as_ref()
            .is_none_or(|(known, other, _)| (*known, other.gives_rows) < (rank, answer.gives_rows));
        if is_better {
            best = Some((rank, answer, fit));
        }
    }
    best.map(|(_, answer, fit)| (answer, fit))
}

fn fit<'a>(plan: &Plan, answer: &'a Answer, name: &str, body: &[u8], spelling: &Spelling<'_>) -> Fit<'a> {
    let page = match &answer.extraction {
        Ok(extraction) => {
            extractor(plan, name).extract(body, None, extraction, 1).map(|page| (extraction, page))
        }
        Err(finding) => Err((**finding).clone()),
    };
    let fault = page.as_ref().ok();
    let fault = fault.and_then(|(extraction, page)| row_path_fault(page, name, extraction, spelling));
    Fit { page, leads_on: &answer.leads_on, fault }
}

/// What is wrong with the rows of a page as a whole, with what mends it.
pub(super) fn row_path_fault(
    page: &Page,
    name: &str,
    extraction: &Extraction,
    spelling: &Spelling<'_>,
) -> Option<Diagnostic> {
    let seen = PageSeen { status: 200, page: page.summary.clone(), ..PageSeen::default() };
    let finding = row_path_finding(&seen, name, extraction)?;
    Some(match missing_step(&page.summary.row_path) {
        Some(Broken { step, closest }) if finding.code == &codes::path::row_path_no_match => {
            spelling.at_row_path(finding, &step, closest.as_ref())
        }
        _ => finding,
    })
}

/// The step of a row path that is not there.
fn missing_step(seen: &RowPathSeen) -> Option<Broken> {
    let RowPathSeen::Missing { step, keys, .. } = seen else { return None };
    let there: Vec<_> = keys.iter().map(|key| (key.as_str(), false)).collect();
    Some(Broken::before(step.clone(), &there))
}

fn rank(answer: &Answer, fit: &Fit<'_>) -> Rank {
    let least = if answer.gives_rows { Rank::GivesRows } else { Rank::Not };
    let Ok((extraction, page)) = &fit.page else { return least };
    if fit.fault.is_some() {
        let near = missing_step(&page.summary.row_path).and_then(|broken| broken.closest);
        return if near.is_some() { Rank::Nearly } else { least };
    }
    let columns = page.survey.as_ref().map_or(&[][..], |survey| &survey.columns);
    // A call that gives no rows takes what its body reads.
    let is_wanted = |column: usize| answer.gives_rows || answer.reads.contains(&column);
    let has_values = columns.iter().any(|seen| seen.hits > 0 && is_wanted(seen.column))
        || page.summary.captures.iter().any(|seen| *seen != Seen::Absent);
    if has_values {
        return if answer.gives_rows { Rank::ValuesInRows } else { Rank::Values };
    }
    let mut captures = page.survey.iter().flat_map(|survey| &survey.captures).flatten();
    if captures.any(|broken| broken.closest.is_some()) {
        return Rank::Nearly;
    }
    let is_root = |level: &Level| matches!(&level.path, RowPath::Steps(steps) if steps.is_empty());
    if extraction.levels.first().is_some_and(|level| !is_root(level)) { Rank::Rows } else { least }
}

impl Proof<'_> {
    /// Adds a page of which nobody else judges whether it has rows, and whether there are more.
    pub(super) fn add_alone(&mut self, name: &str, fit: Fit<'_>) {
        let (extraction, page) = match fit.page {
            Ok(page) => page,
            Err(finding) => return self.findings.push(finding),
        };
        if let Some(fault) = fit.fault {
            return self.findings.push(fault);
        }
        let Page { summary, survey, .. } = page;
        let seen = PageSeen { status: 200, page: summary, ..PageSeen::default() };
        // Where the walk goes on anyway, the member is but another way.
        let ends = seen.page.rows == 0 || !fit.leads_on.leads_on(&seen.page.captures);
        let unread = if ends { next_unread(&seen, extraction) } else { Vec::new() };
        self.unread.extend(unread.into_iter().map(|evidence| (name.to_owned(), evidence)));
        self.add(extraction, &seen.page, &survey.unwrap_or_default());
    }
}
