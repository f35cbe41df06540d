//! Formatters of text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Formatter;

use super::number;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `urlencode`: a blank becomes `%20`.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `base64encode`: of the UTF-8 bytes.
pub(super) fn base64_encode(text: &str) -> String {
    STANDARD.encode(text)
}

/// What a yes-or-no formatter gives: `true` and `false`, unless replacements are named.
pub(super) fn answer(holds: bool, yes: Option<&str>, no: Option<&str>) -> String {
    if holds { yes.unwrap_or("true") } else { no.unwrap_or("false") }.to_owned()
}

/// `replace(old, new[, ishex])`: every occurrence; with `ishex` the old text is a character code.
pub(super) fn replace(
    formatter: &Formatter,
    value: &str,
    arguments: &[String],
) -> Result<String, Diagnostic> {
    let old = arguments.first().map_or("", String::as_str);
    let new = arguments.get(1).map_or("", String::as_str);
    if arguments.get(2).is_some_and(|word| crate::script::is_true(word)) {
        let code = u32::from_str_radix(old.trim_start_matches("0x"), 16).ok().and_then(char::from_u32);
        let Some(character) = code else {
            return Err(Diagnostic::new(
                &codes::template::argument_type,
                format!("`{old}` is not the hexadecimal code of a character"),
                Label::new(formatter.origin, "asks for one by `ishex`"),
            ));
        };
        return Ok(value.replace(character, new));
    }
    Ok(if old.is_empty() { value.to_owned() } else { value.replace(old, new) })
}

/// `split(delimiter, index)`: the part with this number, from 1; past the end, nothing.
pub(super) fn split(formatter: &Formatter, value: &str, arguments: &[String]) -> Result<String, Diagnostic> {
    let delimiter = arguments.first().map_or("", String::as_str);
    let index = arguments.get(1).map_or(Ok(1), |index| number::whole(formatter, index))?;
    let Some(at) = usize::try_from(index).ok().and_then(|index| index.checked_sub(1)) else {
        return Ok(String::new());
    };
    let part = if delimiter.is_empty() { (at == 0).then_some(value) } else { value.split(delimiter).nth(at) };
    Ok(part.unwrap_or_default().to_owned())
}

/// `substring(index[, length])`: from character `index`, from 0; what lies past the end is left out.
pub(super) fn substring(
    formatter: &Formatter,
    value: &str,
    arguments: &[String],
) -> Result<String, Diagnostic> {
    let count = |at: usize| -> Result<Option<usize>, Diagnostic> {
        let Some(argument) = arguments.get(at) else { return Ok(None) };
        Ok(Some(usize::try_from(number::whole(formatter, argument)?.max(0)).unwrap_or(usize::MAX)))
    };
    let characters = value.chars().skip(count(0)?.unwrap_or(0));
    Ok(characters.take(count(1)?.unwrap_or(usize::MAX)).collect())
}
