//! What a case gives, as its file writes it.

use std::fmt::Write as _;

use profilec_engine::{Outcome, Request, Verdict};

use crate::profile::Profile;

/// What a case gives; a part that there is none of is no section.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) findings: Option<String>,
    pub(crate) requests: Option<String>,
    pub(crate) rows: Option<String>,
    pub(crate) outcome: Option<String>,
    verdict: Option<Verdict>,
}

impl Told {
    /// The section of this name.
    pub(crate) fn section(&self, name: &str) -> Option<&str> {
        let section = match name {
            "findings" => &self.findings,
            "requests" => &self.requests,
            "rows" => &self.rows,
            "outcome" => &self.outcome,
            _ => &None,
        };
        section.as_deref()
    }

    /// Nothing speaks against the rows.
    pub(crate) fn is_complete(&self) -> bool {
        self.verdict == Some(Verdict::Complete)
    }

    /// Keeps how a run ended.
    pub(crate) fn end(&mut self, outcome: &Outcome, profile: &Profile) {
        let mut text = format!("{} {}", outcome.verdict.as_str(), profile.finding(&outcome.reason));
        for seen in &outcome.evidence {
            let code = seen.code.trim_start_matches("profilec::");
            let _ = write!(text, "\n  {code} on page {}: {} is {}", seen.page, seen.field, seen.value);
        }
        self.outcome = Some(text);
        self.verdict = Some(outcome.verdict);
    }

    /// Keeps what was asked.
    pub(crate) fn ask(&mut self, request: &Request) {
        let text = self.requests.get_or_insert_default();
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = write!(text, "{} {}", request.method, request.url);
        for header in &request.headers {
            let _ = write!(text, "\n  {}: {}", header.name, header.value);
        }
        for line in request.body.iter().flat_map(|body| body.lines()) {
            let _ = write!(text, "\n  > {line}");
        }
    }
}
