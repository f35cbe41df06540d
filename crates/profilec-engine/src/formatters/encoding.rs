//! Formatters that write text in the notation of another language, and read it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;
use sha1::Sha1;

use super::Call;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `urlencode`: a blank becomes `%20`.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let value = call.value;
    let made = match call.formatter.id {
        Id::Base64Encode => STANDARD.encode(value),
        Id::Base64Decode => base64_decode(call)?,
        Id::HexEncode => hexadecimal(value.as_bytes()),
        Id::HexDecode => hex_decode(call)?,
        Id::UrlEncode => percent_encode(value),
        Id::UrlDecode => percent_decode_str(&value.replace('+', " "))
            .decode_utf8()
            .map_err(|_| call.wrong(format!("`{value}` does not stand for a text"), "needs UTF-8"))?
            .into_owned(),
        Id::HtmlEncode => escape(value, "&#39;"),
        Id::XmlEncode => escape(value, "&apos;"),
        Id::HtmlDecode | Id::XmlDecode => html_escape::decode_html_entities(value).into_owned(),
        Id::JsonEscape => {
            let quoted = serde_json::Value::from(value).to_string();
            quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned()
        }
        Id::SqlEscape => value.replace('\'', "''"),
        Id::StripHtml => strip_html(value),
        Id::Md5Hash => hash(call, &Md5::digest(value)),
        Id::Sha1Hash => hash(call, &Sha1::digest(value)),
        _ => return Ok(None),
    };
    Ok(Some(made))
}

/// Padding may be missing, and blanks may be anywhere.
fn base64_decode(call: &Call<'_>) -> Result<String, Diagnostic> {
    let mut digits: String = call.value.chars().filter(|c| !c.is_whitespace()).collect();
    digits.truncate(digits.trim_end_matches('=').len());
    while !digits.len().is_multiple_of(4) {
        digits.push('=');
    }
    let bytes = STANDARD.decode(digits).ok();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(|| {
        call.wrong(format!("`{}` is not a text in base64", call.value), "needs base64 of UTF-8")
    })
}

fn escape(text: &str, apostrophe: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str(apostrophe),
            c => out.push(c),
        }
    }
    out
}

fn hash(call: &Call<'_>, bytes: &[u8]) -> String {
    if call.is_set(0) {
        return STANDARD.encode(bytes);
    }
    hexadecimal(bytes)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Blanks may be anywhere.
fn hex_decode(call: &Call<'_>) -> Result<String, Diagnostic> {
    let digits: Option<Vec<u8>> = call
        .value
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let bytes = digits.filter(|digits| digits.len().is_multiple_of(2)).map(|digits| {
        digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect()
    });
    bytes.and_then(|bytes: Vec<u8>| String::from_utf8(bytes).ok()).ok_or_else(|| {
        call.wrong(format!("`{}` is not a text in hexadecimal", call.value), "needs hexadecimal of UTF-8")
    })
}

/// Leaves tags and comments out; a `<` that starts neither stays.
fn strip_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let end = match tag.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->"),
            None if tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) => {
                tag.split_once('>')
            }
            None => None,
        };
        rest = if let Some((_, after)) = end {
            after
        } else {
            out.push('<');
            tag
        };
    }
    out + rest
}
