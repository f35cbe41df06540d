//! Secrets by the name of their member in JSON text, without parsing it: the text may be broken.

use std::ops::Range;

use crate::looks_secret;

/// Where the contents of string values stand whose names look secret.
pub(crate) fn secret_strings(json: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut name: Option<&str> = None;
    let mut at = 0;
    while let Some(start) = json.get(at..).and_then(|rest| rest.find('"')).map(|quote| at + quote + 1) {
        let Some(end) = string_end(json, start) else { break };
        let text = json.get(start..end).unwrap_or_default();
        if name.is_some_and(looks_secret) {
            found.push(start..end);
        }
        at = end + 1;
        let after = json.get(at..).unwrap_or_default().trim_start();
        // A string before a colon is a name; it names the next string only if that follows at once.
        name = after.strip_prefix(':').filter(|value| value.trim_start().starts_with('"')).map(|_| text);
    }
    found
}

/// The closing quote of a string whose contents begin at `start`.
fn string_end(json: &str, start: usize) -> Option<usize> {
    let mut bytes = json.bytes().enumerate().skip(start);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at),
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
    None
}
