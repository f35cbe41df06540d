//! Names that speak of secrets.

/// One of these among a name's words makes it secret.
const SECRET_WORDS: &[&str] = &[
    "accesskey",
    "accesstoken",
    "apikey",
    "appkey",
    "apitoken",
    "assertion",
    "auth",
    "authorization",
    "authtoken",
    "bearer",
    "clientsecret",
    "cookie",
    "cookies",
    "credential",
    "credentials",
    "hmac",
    "idtoken",
    "jsessionid",
    "jwt",
    "key",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "phpsessid",
    "privatekey",
    "pwd",
    "refreshtoken",
    "secret",
    "secretkey",
    "secrets",
    "session",
    "sessionid",
    "sessiontoken",
    "sig",
    "signature",
    "token",
];

/// The last word says that the value is only about a secret: `token_type`, `AuthScheme`, `OAuthAccessTokenURL`.
const ABOUT: &[&str] = &[
    "at", "count", "enabled", "endpoint", "expires", "expiry", "format", "in", "length", "limit", "method",
    "mode", "name", "path", "policy", "scheme", "scope", "ttl", "type", "uri", "url", "version",
];

/// With one of these words a token or key marks a place in data: `page_token`, `sort-key`.
const PLACES: &[&str] = &[
    "after",
    "before",
    "continuation",
    "cursor",
    "delta",
    "end",
    "evaluated",
    "foreign",
    "group",
    "idempotency",
    "last",
    "natural",
    "next",
    "object",
    "order",
    "page",
    "paging",
    "pagination",
    "partition",
    "prev",
    "previous",
    "primary",
    "public",
    "row",
    "scroll",
    "skip",
    "sort",
    "start",
    "sync",
];

/// Whether the name of a header, parameter or option says that its value is a secret.
///
/// A name is read word by word (`X-Api-Key`, `client_secret`, `accessToken`), so `monkey` and `keyword`
/// are harmless; so are markers of paging such as `page_token`, and what is only about a secret, such
/// as `token_type`. In doubt a name is secret.
///
/// ```
/// use profilec_vocabulary::looks_secret;
/// assert!(looks_secret("X-Api-Key") && looks_secret("OAuthClientSecret") && looks_secret("sig"));
/// assert!(!looks_secret("monkey") && !looks_secret("pageToken") && !looks_secret("AuthScheme"));
/// ```
pub fn looks_secret(name: &str) -> bool {
    let words = words(name);
    let is_any = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let about = words.last().is_some_and(|word| ABOUT.contains(&word.as_str()));
    is_any(SECRET_WORDS) && !about && !is_any(PLACES)
}

/// The words of a name in lower case: split at everything but letters, and where a capital begins a word.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut letters = name.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let acronym_ends = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let begins = letter.is_uppercase() && (before.is_lowercase() || acronym_ends);
        if begins || !letter.is_alphabetic() {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}
