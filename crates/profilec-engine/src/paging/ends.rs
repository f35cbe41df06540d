//! Outcomes and their reasons.

use profilec_diagnostics::{Code, Diagnostic, Label, Span, codes};

use super::evidence::shorten;
use super::round::Round;
use crate::{Evidence, Outcome, Seen, Verdict};

pub(super) fn complete(reason: Diagnostic) -> Outcome {
    Outcome { verdict: Verdict::Complete, reason, evidence: Vec::new() }
}

pub(super) fn page_cap(most: u64, place: Span) -> Outcome {
    Outcome {
        verdict: Verdict::Truncated,
        reason: reason(
            &codes::paging::page_cap,
            format!(
                "stopped after {most} {}, as many as are allowed",
                if most == 1 { "page" } else { "pages" }
            ),
            place,
            "would have gone on",
        )
        .help("allow more with `--max-pages`"),
        evidence: Vec::new(),
    }
}

pub(super) fn reason(code: &'static Code, message: String, place: Span, label: &str) -> Diagnostic {
    Diagnostic::new(code, message, Label::new(place, label))
}

pub(super) fn or(place: Span, otherwise: Span) -> Span {
    if place == Span::default() { otherwise } else { place }
}

/// The four ways of not being a marker.
pub(super) fn state(seen: &Seen) -> String {
    match seen {
        Seen::Absent => "is not there".to_owned(),
        Seen::Null => "is null".to_owned(),
        Seen::Value(text) if text.trim().is_empty() => "is empty".to_owned(),
        Seen::Value(text) => format!("is `{}`", shorten(text)),
    }
}

/// What speaks for skipped rows when an offset grows by `step` after a round.
pub(super) fn rows_skipped(round: &Round, step: u64) -> Option<Evidence> {
    (0 < round.rows && round.rows < step).then(|| Evidence {
        code: codes::paging::offset_gap.id,
        page: round.page,
        field: "rows".to_owned(),
        value: round.rows.to_string(),
    })
}

/// A page without rows that names a next one, which nobody can follow.
pub(super) fn empty_page_with_marker(round: &Round, pointer: &str, place: Span, next: &Seen) -> Outcome {
    let value = shorten(next.as_text().unwrap_or_default());
    let code = &codes::paging::empty_page_with_marker;
    Outcome {
        verdict: Verdict::Unproven,
        reason: reason(
            code,
            format!("page {} had no rows, yet `{pointer}` is `{value}`", round.page),
            place,
            "names a page that was not asked for",
        )
        .help("let `pageurlpath` or `pagetokenpath` read it: they go on past an empty page"),
        evidence: vec![Evidence { code: code.id, page: round.page, field: pointer.to_owned(), value }],
    }
}
