//! What a credential looks like.

use profilec_vocabulary::looks_secret;

/// Words before a credential in a header that are none.
const SCHEMES: [&str; 8] = ["bearer", "basic", "token", "apikey", "digest", "negotiate", "oauth", "key"];
/// Parts of texts that stand where a credential will be put.
const PLACEHOLDERS: [&str; 15] = [
    "your",
    "example",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "xxx",
    "insert",
    "replace",
    "todo",
    "dummy",
    "sample",
    "demo",
    "redacted",
    "here",
];
/// Beginnings of tokens that name who made them, and how long such a token is at least.
const PREFIXES: [(&str, usize); 22] = [
    ("ghp_", 30),
    ("gho_", 30),
    ("ghu_", 30),
    ("ghs_", 30),
    ("ghr_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("xoxs-", 20),
    ("sk_live_", 16),
    ("rk_live_", 16),
    ("sk-ant-", 20),
    ("sk-proj-", 20),
    ("AKIA", 20),
    ("ASIA", 20),
    ("AIza", 35),
    ("SG.", 40),
    ("shpat_", 30),
    ("npm_", 36),
    ("pat-na1-", 30),
];
/// Names that are those of credentials and of much else.
const WEAK: [&str; 10] =
    ["key", "sig", "auth", "session", "sessionid", "cookie", "signature", "hmac", "bearer", "assertion"];
/// Names under which even a short word is a credential.
const PASSWORDS: [&str; 7] =
    ["password", "passwd", "pwd", "secret", "passphrase", "clientsecret", "passwords"];

/// How much the name says about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Whatever stands under it is a credential.
    Password,
    Strong,
    /// Only what looks like one.
    Weak,
    /// Nothing: the value must speak for itself.
    None,
}

impl Name {
    pub(super) fn of(name: &str) -> Self {
        let bare: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if !looks_secret(name) {
            Self::None
        } else if PASSWORDS.iter().any(|word| bare.ends_with(word)) {
            Self::Password
        } else if WEAK.contains(&bare.as_str()) {
            Self::Weak
        } else {
            Self::Strong
        }
    }
}

/// Whether a text that stands under such a name is a credential.
pub(super) fn is_credential(name: Name, value: &str) -> bool {
    let value = value.trim();
    if value.len() < 4 || value.contains(['[', ']', ' ', '\t']) || is_placeholder(value) {
        return false;
    }
    if is_known_token(value) {
        return true;
    }
    if value.contains("://") || value.starts_with(['/', '$', '.']) {
        return false;
    }
    let has = |test: fn(char) -> bool| value.chars().any(test);
    let is_mixed = has(|c| c.is_ascii_digit()) && has(|c| c.is_ascii_alphabetic());
    match name {
        Name::Password => true,
        Name::Strong => (is_mixed && value.len() >= 6) || value.len() >= 16 || entropy(value) >= 3.0,
        Name::Weak => is_mixed && value.len() >= 12 && entropy(value) >= 2.8,
        Name::None => false,
    }
}

/// A text that says of itself whose token it is.
pub(super) fn is_known_token(value: &str) -> bool {
    let is_token_char = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    if !value.chars().all(is_token_char) {
        return false;
    }
    let is_prefixed = PREFIXES.iter().any(|(prefix, length)| {
        let rest = value.strip_prefix(prefix);
        rest.is_some_and(|rest| value.len() >= *length && rest.chars().any(|c| c.is_ascii_digit()))
    });
    // A JSON Web Token: three parts, the first two JSON objects in base64.
    let mut parts = value.split('.');
    let is_jwt = value.starts_with("eyJ")
        && parts.next().is_some_and(|part| part.len() >= 10)
        && parts.next().is_some_and(|part| part.starts_with("eyJ"))
        && parts.next().is_some()
        && parts.next().is_none();
    (is_prefixed || is_jwt) && !is_placeholder(value)
}

/// A text that waits for the real one.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    lower.starts_with(['<', '{', '%', '('])
        || letters.all(|c| Some(c) == first)
        || lower.chars().all(|c| "x*.-_#?0".contains(c))
        || PLACEHOLDERS.iter().any(|word| lower.contains(word))
        || [
            "token", "apikey", "api_key", "password", "secret", "none", "null", "true", "false", "bearer",
            "basic",
        ]
        .contains(&lower.as_str())
}

/// Bits of information in a character, as its own letters are spread.
fn entropy(value: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
    let share = |count: &u32| f64::from(*count) / length;
    -counts.iter().filter(|count| **count > 0).map(|count| share(count) * share(count).log2()).sum::<f64>()
}

/// A header's value without the word for its scheme: where the rest starts.
pub(super) fn behind_scheme(value: &str) -> usize {
    let start = value.len() - value.trim_start().len();
    let rest = &value[start..];
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let is_scheme = SCHEMES.iter().any(|scheme| rest[..end].eq_ignore_ascii_case(scheme));
    if !is_scheme || end == rest.len() {
        return start;
    }
    let behind = &rest[end..];
    start + end + (behind.len() - behind.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_value_together_make_a_credential() {
        for (name, value, wanted) in [
            ("password", "hunter2", true),
            ("password", "changeme", false),
            ("api_key", "3fa94c1e77", true),
            ("api_key", "YOUR_API_KEY", false),
            ("api_key", "[_input.key]", false),
            ("key", "title", false),
            ("key", "a81bc81bdead4e5d", true),
            ("token_type", "abcdef123456", false),
            ("page_token", "abcdef123456", false),
            ("Authorization", "dXNlcjpwYXNz", true),
            ("tokenUrl", "https://kilns.example/token", false),
            ("access_token", "$.access_token", false),
            ("site", "hunter2hunter2", false),
            ("site", "ghp_abcdefghijklmnopqrstuvwxyz0123456789", true),
        ] {
            assert_eq!(is_credential(Name::of(name), value), wanted, "{name} {value}");
        }
    }

    #[test]
    fn the_scheme_of_a_header_is_no_credential() {
        assert_eq!(behind_scheme("Bearer abc"), 7);
        assert_eq!(behind_scheme(" abc"), 1);
        assert_eq!(behind_scheme("Bearer"), 0);
    }
}
