//! Formatters of regular expressions.
//!
//! They take linear time whatever the pattern: there is no looking around and no reference back.

use std::cell::RefCell;
use std::collections::HashMap;

use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;
use regex::{Regex, RegexBuilder};

use super::{Call, text};

/// Bytes of a compiled pattern.
const SIZE: usize = 1 << 20;
/// Compiled patterns that are kept.
const KEPT: usize = 64;

thread_local! {
    /// Compiled patterns by text and options: a body asks for the same ones row after row.
    static COMPILED: RefCell<HashMap<(String, String), Regex>> = RefCell::default();
}

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let made = match call.formatter.id {
        Id::IfMatches => call.answer(compiled(call, "")?.is_match(call.value), 1),
        Id::RegexMatch | Id::Match => {
            let group = call.count(1)?.unwrap_or(0);
            let captures = compiled(call, call.text(2))?
                .captures(call.value)
                .map(|captures| captures.get(group).map_or("", |group| group.as_str()).to_owned());
            captures.unwrap_or_default()
        }
        Id::RegexReplace => {
            let start = text::offset(call.value, call.count(2)?.unwrap_or(0));
            let (kept, rest) = call.value.split_at(start);
            replace_all(call, &compiled(call, "")?, kept, rest)?
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// The pattern of the first argument.
fn compiled(call: &Call<'_>, options: &str) -> Result<Regex, Diagnostic> {
    let key = (call.text(0).to_owned(), options.to_lowercase());
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(&key).cloned()) {
        return Ok(regex);
    }
    let regex = compile(call, &key.0, &key.1)?;
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= KEPT {
            compiled.clear();
        }
        compiled.insert(key, regex.clone());
    });
    Ok(regex)
}

fn compile(call: &Call<'_>, pattern: &str, options: &str) -> Result<Regex, Diagnostic> {
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(SIZE);
    let words = options.split([',', ';', '|', ' ']).filter(|word| !word.is_empty() && *word != "none");
    for word in words {
        match word {
            "i" | "ignorecase" => builder.case_insensitive(true),
            "m" | "multiline" => builder.multi_line(true),
            "s" | "singleline" => builder.dot_matches_new_line(true),
            "x" | "ignorepatternwhitespace" => builder.ignore_whitespace(true),
            _ => {
                return Err(call
                    .wrong(format!("`{word}` is not an option of patterns"), "takes one of these")
                    .help("write `ignorecase`, `multiline`, `singleline` or `ignorepatternwhitespace`"));
            }
        };
    }
    builder.build().map_err(|error| {
        let (message, help) = if matches!(error, regex::Error::CompiledTooBig(_)) {
            (format!("`{pattern}` is too large a pattern"), "write fewer or smaller repetitions")
        } else {
            let help = "write a regular expression without looking around (`(?=`) or references back (`\\1`)";
            (format!("`{pattern}` is not a regular expression"), help)
        };
        call.wrong(message, "needs a regular expression").help(help)
    })
}

/// A replacement may hold the match many times: what it grows to is looked at match by match.
fn replace_all(call: &Call<'_>, pattern: &Regex, kept: &str, rest: &str) -> Result<String, Diagnostic> {
    let replacement = replacement(call.text(1));
    let mut out = kept.to_owned();
    let mut at = 0;
    for captures in pattern.captures_iter(rest) {
        let Some(whole) = captures.get(0) else { continue };
        out.push_str(rest.get(at..whole.start()).unwrap_or_default());
        let named = replacement.matches('$').count();
        let most = whole.len().saturating_mul(named).saturating_add(replacement.len());
        call.room(out.len().saturating_add(most))?;
        captures.expand(&replacement, &mut out);
        at = whole.end();
    }
    out.push_str(rest.get(at..).unwrap_or_default());
    Ok(out)
}

/// `$1` is the group, whatever follows; a `$` that names none is itself.
fn replacement(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut characters = written.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(c);
        if c != '$' {
            continue;
        }
        match characters.peek() {
            Some('{') => {}
            Some('&') => {
                characters.next();
                out.push_str("{0}");
            }
            Some(digit) if digit.is_ascii_digit() => {
                out.push('{');
                while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                    out.push(digit);
                }
                out.push('}');
            }
            Some('$') => {
                characters.next();
                out.push('$');
            }
            _ => out.push('$'),
        }
    }
    out
}
