//! What a body is that is not of the format that is read.

use profilec_vocabulary::ResponseFormat;

use crate::fault::Fault;

/// What the bytes are, when they are told by how they begin.
fn known_start(body: &[u8]) -> Option<&'static str> {
    let magic: [(&[u8], &str); 7] = [
        (b"\x1f\x8b", "data compressed with gzip"),
        (b"\x28\xb5\x2f\xfd", "data compressed with zstd"),
        (b"BZh", "data compressed with bzip2"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF document"),
        (b"PAR1", "a Parquet file"),
        (b"\x89PNG", "a picture"),
    ];
    magic.iter().find(|(start, _)| body.starts_with(start)).map(|(_, what)| *what)
}

/// What the bytes are, when they are clearly not of this format.
pub(crate) fn other_than(format: ResponseFormat, body: &[u8]) -> Option<&'static str> {
    match format {
        ResponseFormat::Json => other_than_json(body),
        ResponseFormat::Xml => other_than_xml(body),
        ResponseFormat::Csv | ResponseFormat::Text => {
            known_start(body).or_else(|| is_binary(body).then_some("binary data"))
        }
    }
}

/// What a text is, when it is clearly no CSV. Any line of text is CSV of one field, so only what reads as
/// another format counts.
pub(crate) fn other_than_csv(text: &str) -> Option<&'static str> {
    let head = text.trim_start();
    let mut start = head.bytes().filter(|byte| !byte.is_ascii_whitespace());
    match (start.next(), start.next()) {
        (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{' | b'[' | b'"' | b']')) => Some("JSON"),
        (Some(b'{' | b'['), _) if Fault::check(text).is_ok() => Some("JSON"),
        (Some(b'<'), _) if is_html(head.as_bytes()) => Some("an HTML page"),
        (Some(b'<'), Some(b'?' | b'!')) => Some("XML"),
        (Some(b'<'), Some(next)) if next.is_ascii_alphabetic() && head.trim_end().ends_with('>') => {
            Some("XML")
        }
        _ => known_start(text.as_bytes()),
    }
}

fn is_binary(body: &[u8]) -> bool {
    body.get(..512).unwrap_or(body).contains(&0)
}

/// What the bytes are, when they are clearly not one XML document.
pub(crate) fn other_than_xml(body: &[u8]) -> Option<&'static str> {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let head = bare.get(..512).unwrap_or(bare).trim_ascii_start();
    if head.first() != Some(&b'<') {
        let is_json = head.first().is_some_and(|byte| b"{[".contains(byte));
        return if is_json { Some("JSON") } else { other_than_json(bare).or(Some("plain text")) };
    }
    is_html(head).then_some("an HTML page")
}

fn is_html(head: &[u8]) -> bool {
    let starts = |word: &[u8]| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    starts(b"<!doctype html") || starts(b"<html")
}

/// What the bytes are, when they are clearly not one JSON document.
pub(crate) fn other_than_json(body: &[u8]) -> Option<&'static str> {
    if let Some(what) = known_start(body) {
        return Some(what);
    }
    let head = body.get(..512).unwrap_or(body).trim_ascii_start();
    if is_binary(head) {
        return Some("binary data");
    }
    if is_html(head) {
        return Some("an HTML page");
    }
    if head.starts_with(b"<") {
        return Some("XML");
    }
    if head.first().is_none_or(|byte| b"{[\"-0123456789".contains(byte)) && !looks_like_csv(head) {
        return None;
    }
    if looks_like_csv(head) {
        return Some("text with separators (CSV)");
    }
    // A misspelt or cut word is a fault in JSON, not another format.
    let word =
        [&b"null"[..], b"true", b"false"].iter().any(|word| head.starts_with(&word[..1]) && head.len() < 6);
    (!word).then_some("plain text")
}

/// Two lines with the same number of separators, at least one.
fn looks_like_csv(head: &[u8]) -> bool {
    if head.first().is_some_and(|byte| b"{[".contains(byte)) {
        return false;
    }
    let mut lines = head.split(|&byte| byte == b'\n');
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    [b',', b';', b'\t'].iter().any(|separator| {
        let count = |line: &[u8]| memchr::memchr_iter(*separator, line).count();
        count(first) > 0 && count(first) == count(second)
    })
}

/// The first bytes, as one line of readable text.
pub(crate) fn first_bytes(body: &[u8], most: usize) -> String {
    let cut = body.get(..most).unwrap_or(body);
    let mut text: String = String::from_utf8_lossy(cut)
        .chars()
        .map(|char| if char.is_control() || char == '`' { ' ' } else { char })
        .collect();
    if body.len() > most {
        text = text.trim_end_matches(char::REPLACEMENT_CHARACTER).to_owned();
        text.push('…');
    }
    text
}
