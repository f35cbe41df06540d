//! From written paths to steps.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_vocabulary::ResponseFormat;

use super::query;
use super::steps::{Fault, member_steps, slash_steps};
use super::{Anchor, Path, RowPath, Step};
use crate::Text;

/// Parses `other:xPath` or `ElementMapPath`. An empty text gives `None`: a column that is always null.
/// Finding: `path::invalid`.
///
/// `/`, `/json`, `$` and `$.` are the document, `.` is the row. Only `/` separates the steps of `a/b` and
/// `/a/b`; after `$` dots do, and other names are quoted (`$['a.b']`). `[*]` after a name says what happens
/// anyway and is dropped. `{RepeatElement#n}` and `{SubRepeatElement#n}` at the start are the elements that these
/// lead to; any other `{name}` stays part of a name.
/// In CSV a path without `/` or `$` is the name of a field, whatever it holds, or its index (`[0]`).
///
/// # Errors
/// A finding at the fault.
pub fn parse_path(text: &Text, format: ResponseFormat) -> Result<Option<Path>, Diagnostic> {
    let range = trimmed(text.as_str(), 0..text.as_str().len());
    if range.is_empty() {
        return Ok(None);
    }
    match plain_path(text.as_str(), range, format) {
        Ok(path) => Ok(Some(path)),
        Err(fault) => Err(finding(text, &fault)),
    }
}

/// Parses `JSONPath`, `XPath` or `RepeatElement`: `;`-separated, empty ones between dropped. `$`, `$.`, `/`,
/// `.`, `/json`, `$.json` and the empty text are the root, and a path without `/` or `$` starts there too.
///
/// After `$`, whatever is more than members and indexes must be a JSONPath of RFC 9535.
///
/// # Errors
/// A finding at the fault.
pub fn parse_row_path(text: &Text, format: ResponseFormat) -> Result<Vec<RowPath>, Diagnostic> {
    let mut paths = Vec::new();
    for range in alternatives(text.as_str()) {
        let range = trimmed(text.as_str(), range);
        if !range.is_empty() {
            paths.push(row_path(text, range, format)?);
        }
    }
    if paths.is_empty() {
        paths.push(RowPath::Steps(Vec::new()));
    }
    Ok(paths)
}

fn row_path(text: &Text, range: Range<usize>, format: ResponseFormat) -> Result<RowPath, Diagnostic> {
    let written = text.as_str().get(range.clone()).unwrap_or_default();
    let fault = match plain_path(text.as_str(), range.clone(), format) {
        Ok(path) => return Ok(RowPath::Steps(path.steps)),
        Err(fault) => fault,
    };
    if !written.starts_with('$') || format != ResponseFormat::Json {
        return Err(finding(text, &fault));
    }
    query::validate(written).map_err(|fault| {
        let start = range.start + fault.range.start.min(written.len());
        let end = range.start + fault.range.end.min(written.len());
        finding(text, &Fault { range: start..end.max(start), ..fault })
    })?;
    Ok(RowPath::Query(written.to_owned()))
}

/// A path of plain steps in any spelling.
pub(super) fn plain_path(text: &str, range: Range<usize>, format: ResponseFormat) -> Result<Path, Fault> {
    let written = text.get(range.clone()).unwrap_or_default();
    let (anchor, mut steps) = if written.starts_with('$') && !written.starts_with("$/") {
        (Anchor::Root, member_steps(text, range.start + 1..range.end)?)
    } else if let Some(rest) = written.strip_prefix("$/").or_else(|| written.strip_prefix('/')) {
        (Anchor::Root, slash_steps(text, range.end - rest.len()..range.end)?)
    } else if format == ResponseFormat::Csv && !written.starts_with('[') {
        // A field has any name, also one with slashes and brackets.
        (Anchor::Row, vec![Step::Name(written.to_owned())])
    } else {
        let mut steps = slash_steps(text, range)?;
        if steps.is_empty() && format == ResponseFormat::Csv {
            // All elements of a record are no field.
            steps.push(Step::Name(written.to_owned()));
        }
        let anchor = match steps.first() {
            Some(Step::Name(name)) => repeat_element(name),
            _ => None,
        };
        if anchor.is_some() {
            steps.remove(0);
        }
        (anchor.unwrap_or(Anchor::Row), steps)
    };
    let synthetic_root = format == ResponseFormat::Json && anchor == Anchor::Root;
    if synthetic_root && matches!(steps.first(), Some(Step::Name(name)) if name == "json") {
        steps.remove(0);
    }
    Ok(Path { anchor, steps })
}

/// `{RepeatElement}`, `{SubRepeatElement#2}`.
fn repeat_element(step: &str) -> Option<Anchor> {
    let inner = step.strip_prefix('{')?.strip_suffix('}')?.trim();
    let (name, number) = inner.split_once('#').unwrap_or((inner, "1"));
    let number = number.trim().parse().ok()?;
    match name.trim() {
        name if name.eq_ignore_ascii_case("RepeatElement") => Some(Anchor::Repeat(number)),
        name if name.eq_ignore_ascii_case("SubRepeatElement") => Some(Anchor::SubRepeat(number)),
        _ => None,
    }
}

/// The pieces between the `;` outside quotes, brackets and parentheses.
pub(super) fn alternatives(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), _) => quote = (open != byte).then_some(open),
            (None, b'\'' | b'"') if depth > 0 => quote = Some(byte),
            (None, b'[' | b'(') => depth += 1,
            (None, b']' | b')') => depth = depth.saturating_sub(1),
            (None, b';') if depth == 0 => {
                pieces.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(start..text.len());
    pieces
}

pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}

pub(super) fn finding(text: &Text, fault: &Fault) -> Diagnostic {
    let end = fault.range.end.min(text.as_str().len());
    let start = fault.range.start.min(end);
    let span: Span = text.span_of(start..end);
    let message = format!("the path `{}` cannot be read", text.as_str().trim());
    Diagnostic::new(&codes::path::invalid, message, Label::new(span, fault.what)).help(fault.help)
}
