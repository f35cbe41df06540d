//! General JSONPaths (RFC 9535): validated here, run by the row extraction.

use std::ops::Range;

use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::parse_json_path;

use super::effort::Effort;
use super::steps::Fault;

/// Whether a JSONPath is valid and can be carried out; the fault counts within the query.
pub(super) fn validate(query: &str) -> Result<(), Fault> {
    if let Some(blank) = blank_in_name(query) {
        return Err(invalid(blank));
    }
    match parse_json_path(query) {
        Ok(parsed) => match Effort::of(&parsed).excess() {
            None => Ok(()),
            Some((what, help)) => Err(Fault { range: 0..query.len(), what, help }),
        },
        Err(JsonPathError::PestError(error)) => Err(invalid(match error.location {
            pest::error::InputLocation::Pos(at) => at..at,
            pest::error::InputLocation::Span((start, end)) => start..end,
        })),
        Err(_) => Err(invalid(0..query.len())),
    }
}

fn invalid(range: Range<usize>) -> Fault {
    Fault {
        range,
        what: "not valid JSONPath from here on",
        help: "write members as `$.a.b`, quote other names as `$['a b']`",
    }
}

/// A blank between two characters of names, outside quotes. The parser takes `$.a b` for `$.ab`.
fn blank_in_name(query: &str) -> Option<Range<usize>> {
    let mut quote = None;
    let mut escaped = false;
    let mut name_end = None;
    for (at, c) in query.char_indices() {
        if let Some(open) = quote {
            if !escaped && c == open {
                quote = None;
            }
            escaped = !escaped && c == '\\';
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        let is_name = c.is_alphanumeric() || c == '_' || !c.is_ascii();
        match name_end {
            Some(end) if is_name && end < at => return Some(end..at),
            _ => name_end = is_name.then_some(at + c.len_utf8()),
        }
        if matches!(c, '\'' | '"') {
            quote = Some(c);
        }
    }
    None
}
