//! Formatters of text: parts, places and case. All indexes count characters.

use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;

use super::Call;

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let value = call.value;
    let made = match call.formatter.id {
        Id::ToLower => value.to_lowercase(),
        Id::ToUpper => value.to_uppercase(),
        Id::Capitalize => capitalize(value, false),
        Id::CapitalizeAll => capitalize(value, true),
        Id::Trim => value.trim().to_owned(),
        Id::TrimStart => value.trim_start().to_owned(),
        Id::TrimEnd => value.trim_end().to_owned(),
        Id::NoWhitespace => value.chars().filter(|c| !c.is_whitespace()).collect(),
        Id::ToAlpha => value.chars().filter(|c| c.is_alphabetic()).collect(),
        Id::ToAlphanum => value.chars().filter(|c| c.is_alphanumeric()).collect(),
        Id::GetLength => value.chars().count().to_string(),
        Id::Concat => format!("{value}{}", call.text(0)),
        Id::Replace => replace(call)?,
        // Nothing separates the only part.
        Id::Split | Id::LSplit | Id::RSplit if call.text(0).is_empty() => part(call, [value].into_iter())?,
        Id::Split | Id::LSplit => part(call, value.split(call.text(0)))?,
        Id::RSplit => part(call, value.rsplit(call.text(0)))?,
        Id::Substring => {
            let rest = value.get(offset(value, call.count(0)?.unwrap_or(0))..).unwrap_or_default();
            first(rest, call.count(1)?.unwrap_or(usize::MAX)).to_owned()
        }
        Id::Remove => {
            let (kept, rest) = value.split_at(offset(value, call.count(0)?.unwrap_or(0)));
            let (_, rest) = rest.split_at(offset(rest, call.count(1)?.unwrap_or(usize::MAX)));
            format!("{kept}{rest}")
        }
        Id::Insert => {
            let (before, after) = value.split_at(offset(value, call.count(0)?.unwrap_or(0)));
            format!("{before}{}{after}", call.text(1))
        }
        Id::Truncate => first(value, call.count(0)?.unwrap_or(0)).to_owned(),
        Id::Ellipsis => {
            let kept = first(value, call.count(0)?.unwrap_or(0));
            if kept.len() < value.len() { format!("{kept}...") } else { kept.to_owned() }
        }
        Id::Find | Id::RFind => find(call)?,
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// Where a character starts, in bytes; the end when there are fewer.
pub(super) fn offset(text: &str, characters: usize) -> usize {
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

fn first(text: &str, characters: usize) -> &str {
    text.split_at(offset(text, characters)).0
}

/// Letters that start the text, or every word of it, in upper case; the others stay as they are.
fn capitalize(text: &str, every_word: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut starts = true;
    for c in text.chars() {
        if starts {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        starts = every_word && c.is_whitespace();
    }
    out
}

/// `replace(old, new[, ishex])`: every occurrence; with `ishex` the old text is a character code.
fn replace(call: &Call<'_>) -> Result<String, Diagnostic> {
    let (value, old, new) = (call.value, call.text(0), call.text(1));
    if call.is_set(2) {
        let code = u32::from_str_radix(old.trim_start_matches("0x"), 16).ok().and_then(char::from_u32);
        let Some(character) = code else {
            return Err(call.wrong(
                format!("`{old}` is not the hexadecimal code of a character"),
                "asks for one by `ishex`",
            ));
        };
        call.room(value.matches(character).count().saturating_mul(new.len()))?;
        return Ok(value.replace(character, new));
    }
    if old.is_empty() {
        return Ok(value.to_owned());
    }
    if new.len() > old.len() {
        let grows = value.matches(old).count().saturating_mul(new.len() - old.len());
        call.room(value.len().saturating_add(grows))?;
    }
    Ok(value.replace(old, new))
}

/// The part with the number of the second argument, from 1; past the end, nothing.
fn part<'v>(call: &Call<'_>, mut parts: impl Iterator<Item = &'v str>) -> Result<String, Diagnostic> {
    let index = call.count(1)?.unwrap_or(1).checked_sub(1);
    Ok(index.and_then(|index| parts.nth(index)).unwrap_or_default().to_owned())
}

/// `find(target[, start])`, `rfind(target[, start])`: what lies before the start is not looked at.
fn find(call: &Call<'_>) -> Result<String, Diagnostic> {
    let start = offset(call.value, call.count(1)?.unwrap_or(0));
    let (before, rest) = call.value.split_at(start);
    let found = match call.formatter.id {
        Id::RFind => rest.rfind(call.text(0)),
        _ => rest.find(call.text(0)),
    };
    let Some(found) = found else { return Ok("-1".to_owned()) };
    let passed = before.chars().count() + rest.split_at(found).0.chars().count();
    Ok(passed.to_string())
}
