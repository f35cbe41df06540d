//! Patterns of `match`, `case` and `enum`. The whole text must match.

use std::cell::RefCell;
use std::collections::HashMap;

use profilec_diagnostics::Diagnostic;
use profilec_plan::Matching;
use profilec_syntax::parse_regex;
use regex::Regex;

use super::Value;

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
        let made = parse_regex(&pattern.text, pattern.origin)?;
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(pattern.text.clone(), made.clone());
        Ok(made)
    }
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
