//! The run report: a promise to programs.

use profilec_diagnostics::Source;
use serde::Serialize;

use crate::Finished;

/// An output that was kept although the run did not end well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Partial {
    /// Its path.
    pub path: String,
    /// Rows in it.
    pub rows: u64,
}

/// The report as one line of JSON. `source` is the profile that the plan was made of.
pub fn report_json(finished: &Finished, source: &Source, partial: Option<&Partial>) -> String {
    let counts = finished.counts;
    let reason = &finished.outcome.reason;
    let place = source.position(reason.primary.span.start());
    let report = Report {
        verdict: finished.outcome.verdict.as_str(),
        reason: Reason {
            code: reason.code.id,
            message: &reason.message,
            profile: source.file_at(reason.primary.span.start()).name(),
            line: place.line,
            column: place.column,
        },
        rows: counts.rows,
        pages: counts.pages,
        requests: counts.requests,
        retries: counts.retries,
        bytes: counts.bytes,
        elapsed_ms: counts.elapsed_ms,
        waited_ms: counts.waited_ms,
        mismatches: 0,
        columns: finished
            .columns
            .iter()
            .map(|column| Column { name: &column.name, ty: &column.ty, nulls: column.nulls })
            .collect(),
        partial,
        evidence: finished
            .outcome
            .evidence
            .iter()
            .map(|seen| Seen { code: seen.code, page: seen.page, field: &seen.field, value: &seen.value })
            .collect(),
        accepted: &[],
        repeated_rows: counts.repeated_rows,
        token_requests: counts.token_requests,
    };
    // Serialising fails only for maps with keys that are not text; there is none.
    let mut json = serde_json::to_string(&report).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Report<'a> {
    verdict: &'static str,
    reason: Reason<'a>,
    rows: u64,
    pages: u64,
    requests: u64,
    retries: u64,
    bytes: u64,
    elapsed_ms: u64,
    waited_ms: u64,
    mismatches: u64,
    columns: Vec<Column<'a>>,
    partial: Option<&'a Partial>,
    evidence: Vec<Seen<'a>>,
    accepted: &'a [&'a str],
    repeated_rows: u64,
    token_requests: u64,
}

#[derive(Serialize)]
struct Reason<'a> {
    code: &'a str,
    message: &'a str,
    profile: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Column<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: &'a str,
    nulls: u64,
}

#[derive(Serialize)]
struct Seen<'a> {
    code: &'a str,
    page: u64,
    field: &'a str,
    value: &'a str,
}
