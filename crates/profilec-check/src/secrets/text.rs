//! Credentials within a longer text: URLs, bodies, lists of headers.

use std::ops::Range;

use super::shape::{Name, behind_scheme, is_credential, is_known_token};

/// A part of a text that is a credential, and the name that it stands under; empty when it has none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) name: String,
}

/// What ends the value of `name=value`.
const PAIR_ENDS: &[char] =
    &['&', '"', '\'', ' ', '\t', '\r', '\n', ',', '}', '<', ';', '#', '\\', '|', ')', ']'];
const LINE_ENDS: &[char] = &['\r', '\n', '\\'];

/// All credentials in a text as it is written, references included, in order.
pub(super) fn parts(text: &str) -> Vec<Part> {
    let mut found: Vec<Part> = userinfo(text).into_iter().collect();
    found.extend(pairs(text));
    found.extend(tokens(text));
    found.sort_by_key(|part| part.range.start);
    let mut end = 0;
    found.retain(|part| {
        let is_new = part.range.start >= end;
        end = end.max(part.range.end);
        is_new
    });
    found
}

/// The password of `https://user:password@host`.
fn userinfo(text: &str) -> Option<Part> {
    let start = text.find("://")? + 3;
    let rest = &text[start..];
    let end = rest.find(['/', '?', '#', '[']).unwrap_or(rest.len());
    let at = rest[..end].rfind('@')?;
    let colon = rest[..at].find(':')?;
    let range = start + colon + 1..start + at;
    let is_secret =
        is_credential(Name::Password, &text[range.clone()]) || range.len() == 2 || range.len() == 3;
    is_secret.then(|| Part { range, name: "Password".to_owned() })
}

/// `name=value`, `"name": "value"`, `Name: value`.
fn pairs(text: &str) -> Vec<Part> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices(['=', ':']) {
        let name = last_word(&text[..at]);
        let strength = Name::of(name);
        if strength == Name::None {
            continue;
        }
        let behind = &text[at + 1..];
        let mut start = at + 1 + (behind.len() - behind.trim_start().len());
        let value = &text[start..];
        let is_quoted = value.starts_with(['"', '\'']);
        let ends = match value.chars().next() {
            Some('"') => &['"'][..],
            Some('\'') => &['\''][..],
            // `Name: value` is a line of headers; in a URL or a path the colon means something else.
            _ if sign == ":" && behind.starts_with(' ') => LINE_ENDS,
            _ if sign == ":" => continue,
            _ => PAIR_ENDS,
        };
        start += usize::from(is_quoted);
        let value = &text[start..];
        let value = &value[..value.find(ends).unwrap_or(value.len())];
        start += behind_scheme(value);
        let value = value[behind_scheme(value)..].trim_end();
        if is_credential(strength, value) {
            found.push(Part { range: start..start + value.len(), name: name.to_owned() });
        }
    }
    found
}

/// Words that are tokens by themselves.
fn tokens(text: &str) -> Vec<Part> {
    let is_token_char = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(|c: char| !is_token_char(c)) {
        if word.len() >= 16 && is_known_token(word) {
            found.push(Part { range: start..start + word.len(), name: String::new() });
        }
        start += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// The name before a sign: `…?api_key` gives `api_key`, `{"token"` gives `token`.
fn last_word(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = text.rfind(|c: char| !is_part(c));
    let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let word = &text[start..];
    // Names are short; a long text without blanks is none.
    if word.len() > 64 { "" } else { word }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn found(text: &str) -> Vec<&str> {
        parts(text).into_iter().map(|part| &text[part.range]).collect()
    }

    #[test]
    fn credentials_are_found_where_they_stand() {
        assert_eq!(found("https://ann:pw12@kilns.example/v1?a=1"), ["pw12"]);
        assert_eq!(found("https://k.example/?api_key=s3cret99&page=2"), ["s3cret99"]);
        assert_eq!(found(r#"{"client_secret": "s3cret", "size": 5}"#), ["s3cret"]);
        assert_eq!(found("Authorization: Bearer s3cret99\\r\\nAccept: x"), ["s3cret99"]);
        assert_eq!(found("[_connection.key | def('ghp_abcdefghijklmnopqrstuvwxyz0123456789')]").len(), 1);
    }

    #[test]
    fn what_only_speaks_of_credentials_is_none() {
        for text in [
            "https://kilns.example/oauth/token?grant_type=client_credentials",
            "https://k.example/?api_key=[_connection.key]&token_type=bearer99",
            "grant_type=refresh_token&refresh_token=[_connection.refresh]",
            "https://k.example/?sort_key=created1&page_token=abc123def",
            "Authorization: Bearer [_connection.Token]",
            "$.token",
            "{\"token\": \"[_input.token]\"}",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
