//! Patterns of `match` and `case`, and ranges of `enum`.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use regex::{Regex, RegexBuilder};

/// The largest compiled expression, in bytes: a profile is untrusted text.
const SIZE: usize = 1 << 20;

/// What an `enum` counts through, both ends included, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// `1..5`
    Numbers(i64, i64),
    /// `a..e`
    Letters(char, char),
}

/// Compiles a regular expression that the whole text must match. It runs in linear time.
///
/// # Errors
/// Finding: `template::argument_type`.
pub fn parse_regex(pattern: &str, place: Span) -> Result<Regex, Diagnostic> {
    let whole = format!(r"\A(?:{pattern})\z");
    RegexBuilder::new(&whole).size_limit(SIZE).build().map_err(|error| {
        let why = match &error {
            regex::Error::CompiledTooBig(_) => "is too large".to_owned(),
            // The last line says why, the ones above draw the place.
            other => {
                other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
            }
        };
        Diagnostic::new(
            &codes::template::argument_type,
            format!("`{pattern}` is not a regular expression that profilec can run"),
            Label::new(place, why),
        )
        .help("look-around and back-references are not known; write it without them")
    })
}

/// Parses `1..5`, `5..1`, `a..z`, `Z..A`.
///
/// # Errors
/// Finding: `template::argument_type`.
pub fn parse_range(text: &str, place: Span) -> Result<Range, Diagnostic> {
    let ends = text.split_once("..").map(|(from, to)| (from.trim(), to.trim()));
    if let Some((Ok(from), Ok(to))) = ends.map(|(from, to)| (from.parse(), to.parse())) {
        return Ok(Range::Numbers(from, to));
    }
    let letter = |text: &str| {
        let mut letters = text.chars();
        letters.next().filter(|c| c.is_ascii_alphabetic() && letters.next().is_none())
    };
    match ends.map(|(from, to)| (letter(from), letter(to))) {
        Some((Some(from), Some(to))) => Ok(Range::Letters(from, to)),
        _ => Err(Diagnostic::new(
            &codes::template::argument_type,
            format!("`{text}` is not a range"),
            Label::new(place, "must be two whole numbers or two letters with `..` between them"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_of_numbers_or_of_letters() {
        let range = |text| parse_range(text, Span::default()).ok();
        assert_eq!(range("5 .. -1"), Some(Range::Numbers(5, -1)));
        assert_eq!(range("a..Z"), Some(Range::Letters('a', 'Z')));
        for wrong in ["", "1", "1-5", "1..z", "aa..b", "1..2..3"] {
            assert_eq!(range(wrong), None, "{wrong}");
        }
    }
}
