//! Patterns of `match`, `case` and `enum`. The whole text must match.

use std::cell::RefCell;
use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Matching;
use regex::{Regex, RegexBuilder};

use super::Value;

/// The largest compiled expression, in bytes: a profile is untrusted text.
const SIZE: usize = 1 << 20;
/// Expressions kept; a profile has few, unless it computes them.
const KEPT: usize = 256;

/// Compiled expressions by their text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns(RefCell<HashMap<String, Regex>>);

impl Patterns {
    /// Whether a text matches a pattern.
    ///
    /// # Errors
    /// A regular expression that cannot be read.
    pub(crate) fn matches(&self, text: &str, pattern: &Value, how: Matching) -> Result<bool, Diagnostic> {
        Ok(match how {
            Matching::Exact => text == pattern.text,
            Matching::Glob => glob(text, &pattern.text),
            Matching::Regex => self.regex(pattern)?.is_match(text),
        })
    }

    fn regex(&self, pattern: &Value) -> Result<Regex, Diagnostic> {
        let mut kept = self.0.borrow_mut();
        if let Some(known) = kept.get(&pattern.text) {
            return Ok(known.clone());
        }
        let whole = format!(r"\A(?:{})\z", pattern.text);
        let made =
            RegexBuilder::new(&whole).size_limit(SIZE).build().map_err(|error| bad(pattern, &error))?;
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.text.clone(), made.clone());
        Ok(made)
    }
}

fn bad(pattern: &Value, error: &regex::Error) -> Diagnostic {
    let why = match error {
        regex::Error::CompiledTooBig(_) => "is too large".to_owned(),
        // The last line says why, the ones above draw the place.
        other => {
            other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    };
    Diagnostic::new(
        &codes::template::argument_type,
        format!("`{}` is not a regular expression that profilec can run", pattern.text),
        Label::new(pattern.origin, why),
    )
    .help("look-around and back-references are not known; write it without them")
}

/// Whether a text matches a pattern with `*` (any text) and `?` (one character).
pub(crate) fn glob(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) = (text.chars().collect(), pattern.chars().collect());
    let (mut at, mut in_pattern) = (0, 0);
    // The last star, and the text that it has not taken yet: each mismatch gives it one character more.
    let mut star: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('*') => {
                star = Some((in_pattern, at));
                in_pattern += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == text[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => {
                let Some((place, taken)) = star else { return false };
                star = Some((place, taken + 1));
                at = taken + 1;
                in_pattern = place + 1;
            }
        }
    }
    pattern[in_pattern..].iter().all(|rest| *rest == '*')
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn stars_take_any_text_and_question_marks_one_character() {
        for (text, pattern, wanted) in [
            ("invoices", "inv*", true),
            ("inv", "inv*", true),
            ("in", "inv*", false),
            ("a-b-c", "*-c", true),
            ("a-b-c", "a?b?c", true),
            ("ab", "a?b", false),
            ("", "*", true),
            ("", "", true),
            ("é", "?", true),
            ("aXbXc", "a*X?", true),
        ] {
            assert_eq!(glob(text, pattern), wanted, "{text} {pattern}");
        }
    }
}
