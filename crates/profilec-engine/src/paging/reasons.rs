//! Findings about a page.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::Extraction;
use profilec_vocabulary::ResponseFormat;

use crate::{PageSeen, RowPathSeen};

/// The finding for a page without rows that is not an empty page: an error in its body, or a row path that
/// leads nowhere. `page` is what messages call it: `page 1`.
pub fn row_path_finding(seen: &PageSeen, page: &str, extraction: &Extraction) -> Option<Diagnostic> {
    let origin = extraction.rows_origin;
    // What is no row may be one that was lost, also beside others.
    if seen.page.records > 0 && !matches!(seen.page.row_path, RowPathSeen::Scalar { .. }) {
        return None;
    }
    let root = if extraction.format == ResponseFormat::Xml { 2 } else { 1 };
    if let Some((pointer, value)) = super::error_member(seen, root).filter(|_| seen.page.rows == 0) {
        return Some(
            Diagnostic::new(
                &codes::data::error_in_body,
                format!("{page} has no rows but an error: `{pointer}` is `{value}`"),
                Label::new(origin, "no rows came for this"),
            )
            .help("mend the request that the message speaks of"),
        );
    }
    match &seen.page.row_path {
        RowPathSeen::Rows | RowPathSeen::Null | RowPathSeen::NoBody | RowPathSeen::Unlike { .. } => None,
        RowPathSeen::Missing { step, at, keys, closest } => {
            let place = if at.is_empty() { "at the root".to_owned() } else { format!("at `{at}`") };
            let finding = Diagnostic::new(
                &codes::path::row_path_no_match,
                format!("{page} has no `{step}` {place}"),
                Label::new(origin, "matches nothing in the response"),
            );
            let keys: Vec<_> = keys.iter().map(|key| format!("`{key}`")).collect();
            let there = if keys.is_empty() {
                "there are no keys at all".to_owned()
            } else {
                format!("the keys are {}", keys.join(", "))
            };
            Some(match closest {
                Some(closest) => finding.help(format!("did you mean `{closest}`? {there}")),
                None => finding.help(there),
            })
        }
        RowPathSeen::Scalar { kind, at } => Some(not_rows(page, kind, at, origin)),
    }
}

fn not_rows(page: &str, kind: &str, at: &str, origin: Span) -> Diagnostic {
    let place = if at.is_empty() { "the root".to_owned() } else { format!("`{at}`") };
    Diagnostic::new(
        &codes::path::row_path_not_rows,
        format!("{page} has {kind} at {place}, where rows should be"),
        Label::new(origin, "leads to no array and no object"),
    )
    .help("name the array whose elements are the rows")
}
