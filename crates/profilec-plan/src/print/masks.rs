//! Credentials that stand literally in a profile, found by the name they stand under.

/// What is shown instead.
pub(crate) const MASK: &str = "***";

/// Parts of names (letters and digits only) under which credentials stand.
const SECRET_PARTS: [&str; 13] = [
    "authorization",
    "cookie",
    "apikey",
    "token",
    "secret",
    "password",
    "passwd",
    "credential",
    "signature",
    "accesskey",
    "privatekey",
    "authkey",
    "subscriptionkey",
];
/// Whole names under which they stand.
const SECRET_NAMES: [&str; 6] = ["key", "sig", "pwd", "auth", "xauth", "passphrase"];
/// Words before a credential that are none.
const SCHEMES: [&str; 7] = ["bearer", "basic", "token", "apikey", "digest", "negotiate", "oauth"];
/// Headers whose long values are no credentials.
const HARMLESS_HEADERS: [&str; 6] =
    ["accept", "acceptlanguage", "acceptencoding", "contenttype", "useragent", "referer"];

/// Whether what stands under this name (of an item's attribute, too) is likely a credential.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let bare = bare(name.rsplit('.').next().unwrap_or(name));
    // What pages are asked with is no credential, though it may be called a token.
    let pages = ["pagetoken", "nexttoken", "continuationtoken", "rowsnext"];
    if pages.iter().any(|page| bare.ends_with(page)) {
        return false;
    }
    SECRET_NAMES.contains(&bare.as_str()) || SECRET_PARTS.iter().any(|part| bare.contains(part))
}

fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// Whether a header's literal value looks like a credential by itself.
pub(crate) fn looks_secret(header: &str, value: &str) -> bool {
    !HARMLESS_HEADERS.contains(&bare(header).as_str())
        && value.split_whitespace().any(|word| {
            let has = |test: fn(&char) -> bool| word.chars().any(|c| test(&c));
            word.len() >= 20
                && !word.contains("://")
                && has(char::is_ascii_digit)
                && has(char::is_ascii_alphabetic)
        })
}

/// The literal start of a credential: the name of its scheme stays.
pub(crate) fn secret_lead(literal: &str) -> String {
    let word = literal.trim();
    if SCHEMES.iter().any(|scheme| word.eq_ignore_ascii_case(scheme)) {
        literal.to_owned()
    } else {
        MASK.to_owned()
    }
}

/// Masks `name=value`, `"name": "value"` and `://user:password@` through the literals of one template.
#[derive(Debug, Default)]
pub(crate) struct Masker {
    /// The last literal ended inside a credential that ends at one of these.
    open: Option<&'static [char]>,
}

const PAIR_ENDS: &[char] = &['&', '"', '\'', ' ', '\t', '\r', '\n', ',', '}', '<', ';', '#', '\\'];
const LINE_ENDS: &[char] = &['\r', '\n', '}', '\\'];

impl Masker {
    pub(crate) fn mask(&mut self, literal: &str) -> String {
        let literal = mask_userinfo(literal);
        let mut out = String::new();
        let mut rest = literal.as_str();
        if let Some(ends) = self.open.take() {
            rest = self.value(rest, ends, &mut out);
        }
        while let Some(at) = rest.find(['=', ':']) {
            let (name, value) = rest.split_at(at + 1);
            out.push_str(name);
            rest = value;
            if !is_secret_name(last_word(&name[..at])) {
                continue;
            }
            let start = rest.len() - rest.trim_start().len();
            out.push_str(&rest[..start]);
            rest = &rest[start..];
            let ends = match rest.chars().next() {
                Some('"') => {
                    out.push('"');
                    rest = &rest[1..];
                    &['"'][..]
                }
                _ if name.ends_with(':') => LINE_ENDS,
                _ => PAIR_ENDS,
            };
            rest = self.value(rest, ends, &mut out);
        }
        out.push_str(rest);
        out
    }

    /// Whether what follows is still part of a credential.
    pub(crate) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Masks up to the end of a value; gives what follows.
    fn value<'a>(&mut self, rest: &'a str, ends: &'static [char], out: &mut String) -> &'a str {
        let end = rest.find(ends).unwrap_or(rest.len());
        if end == rest.len() {
            self.open = Some(ends);
        }
        if end > 0 {
            out.push_str(MASK);
        }
        &rest[end..]
    }
}

/// The name before a sign: `…?api_key` gives `api_key`, `{"token"` gives `token`.
fn last_word(text: &str) -> &str {
    let text = text.trim_end().trim_end_matches(['"', '\'']);
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .map(|at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start.unwrap_or(0)..]
}

fn mask_userinfo(literal: &str) -> String {
    let Some((scheme, rest)) = literal.split_once("://") else { return literal.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://{MASK}@{host}{}", &rest[end..]),
        None => literal.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(literal: &str) -> String {
        Masker::default().mask(literal)
    }

    #[test]
    fn credentials_in_addresses_and_bodies_are_masked_and_the_rest_stays() {
        assert_eq!(masked("https://u:p@kilns.example/v1?a=1"), "https://***@kilns.example/v1?a=1");
        assert_eq!(
            masked("https://k.example/?api_key=s3cret&page=2"),
            "https://k.example/?api_key=***&page=2"
        );
        assert_eq!(masked(r#"{"token": "s3cret", "size": 5}"#), r#"{"token": "***", "size": 5}"#);
        assert_eq!(masked("Authorization: Bearer s3cret\nAccept: x"), "Authorization: ***\nAccept: x");
        assert_eq!(masked("page_token=abc&größe=2"), "page_token=abc&größe=2");
    }

    #[test]
    fn a_credential_goes_on_behind_a_reference() {
        let mut masker = Masker::default();
        assert_eq!(masker.mask("?key=ab"), "?key=***");
        assert_eq!(masker.mask("cd&x=1"), "***&x=1");
    }
}
