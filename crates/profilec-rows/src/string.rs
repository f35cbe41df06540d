//! Texts of values: escapes decoded, blanks between tokens dropped.

use std::borrow::Cow;

use crate::csv::decode_field;
use crate::scan::{Kind, Value};
use crate::xml::{decode_attribute, decode_characters};

/// Half of a surrogate pair without the other: the byte offset of its escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LoneSurrogate(pub(crate) usize);

/// A value's text: strings decoded, numbers and booleans as written, arrays and objects as compact JSON,
/// XML with its references resolved, elements with children as written, fields of CSV without doubled quotes.
/// `None` for null and absent.
pub(crate) fn text_of<'a>(
    text: &'a str,
    value: Value,
    scratch: &'a mut String,
) -> Result<Option<&'a str>, LoneSurrogate> {
    Ok(Some(match value.kind {
        Kind::Absent | Kind::Null => return Ok(None),
        Kind::Text if !value.marked => value.content(text),
        Kind::Text => {
            scratch.clear();
            decode(value.content(text), value.start as usize + 1, scratch)?;
            scratch
        }
        Kind::Array | Kind::Object if value.marked => {
            scratch.clear();
            compact(value.source(text), scratch);
            scratch
        }
        Kind::Characters if value.marked => {
            scratch.clear();
            decode_characters(value.source(text), scratch);
            scratch
        }
        Kind::Attribute if value.marked => {
            scratch.clear();
            decode_attribute(value.source(text), scratch);
            scratch
        }
        Kind::Field if value.marked => {
            scratch.clear();
            // Only quoted fields are marked: their quote stands before them.
            let quote = text.get(..value.start as usize).and_then(|before| before.chars().next_back());
            decode_field(value.source(text), quote.unwrap_or('"'), scratch);
            scratch
        }
        _ => value.source(text),
    }))
}

/// A member's name.
pub(crate) fn name_of(text: &str, key: Value) -> Result<Cow<'_, str>, LoneSurrogate> {
    if !key.marked {
        return Ok(Cow::Borrowed(key.content(text)));
    }
    let mut name = String::new();
    decode(key.content(text), key.start as usize + 1, &mut name)?;
    Ok(Cow::Owned(name))
}

/// Decodes the content of a string whose escapes are well formed; `offset` is its place in the body.
fn decode(content: &str, offset: usize, out: &mut String) -> Result<(), LoneSurrogate> {
    let mut rest = content;
    while let Some(slash) = memchr::memchr(b'\\', rest.as_bytes()) {
        let here = offset + (content.len() - rest.len()) + slash;
        out.push_str(&rest[..slash]);
        let escape = &rest[slash + 1..];
        let (decoded, length) = match escape.as_bytes().first() {
            Some(b'u') => unicode(escape).ok_or(LoneSurrogate(here))?,
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(&other) => (char::from(other), 1),
            None => break,
        };
        out.push(decoded);
        rest = &escape[length..];
    }
    out.push_str(rest);
    Ok(())
}

/// Decodes `uXXXX`, or `uXXXX\uXXXX` for a pair, with its length.
fn unicode(escape: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u32::from_str_radix(escape.get(from..from + 4)?, 16).ok();
    let first = unit(1)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 5));
    }
    let second = (escape.get(5..7)? == "\\u").then(|| unit(7)).flatten()?;
    if !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    Some((char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?, 11))
}

/// Drops the blanks between tokens.
fn compact(source: &str, out: &mut String) {
    let mut from = 0;
    let mut in_string = false;
    let mut escaped = false;
    for (at, byte) in source.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
        } else if byte == b'"' {
            in_string = true;
        } else if byte.is_ascii_whitespace() {
            out.push_str(&source[from..at]);
            from = at + 1;
        }
    }
    out.push_str(&source[from..]);
}

#[cfg(test)]
mod tests {
    use super::{compact, decode};

    #[test]
    fn escapes_and_pairs_are_decoded() {
        let mut out = String::new();
        decode(r#"a\n\"\\\/\u0041\ud83c\udf81é"#, 0, &mut out).unwrap();
        assert_eq!(out, "a\n\"\\/A🎁é");
    }

    #[test]
    fn half_a_pair_is_told_with_its_offset() {
        for (text, offset) in [(r"ab\ud83c", 2), (r"\ud83cx", 0), (r"é\udf81", 2), (r"\ud83c\u0041", 0)] {
            assert_eq!(decode(text, 0, &mut String::new()).unwrap_err().0, offset, "{text}");
        }
    }

    #[test]
    fn blanks_inside_strings_stay() {
        let mut out = String::new();
        compact("{ \"a b\" : [ 1 ,\n \"c \\\" d\" ] }", &mut out);
        assert_eq!(out, "{\"a b\":[1,\"c \\\" d\"]}");
    }
}
