//! What masked text must not hold.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use profilec_auth::{Masker, looks_secret};
use proptest::prelude::*;

const CANARY: &str = "c4n4ry+/\"key\"=é & 1";

fn masker(secret: &str) -> Masker {
    let masker = Masker::default();
    masker.learn(secret);
    masker
}

/// The spellings in which a secret may leave the program.
fn spellings(secret: &str) -> Vec<String> {
    const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'%');
    let strict = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let json = serde_json::to_string(secret).expect("a text has a JSON form");
    let json = json.trim_start_matches('"').strip_suffix('"').unwrap_or(&json).to_owned();
    vec![
        secret.to_owned(),
        strict.clone(),
        secret.bytes().map(lower_percent).collect(),
        strict.replace("%20", "+"),
        utf8_percent_encode(secret, COMPONENT).to_string(),
        utf8_percent_encode(secret, QUERY).to_string(),
        STANDARD.encode(secret),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        utf8_percent_encode(&STANDARD.encode(secret), NON_ALPHANUMERIC).to_string(),
        hex(secret),
        hex(secret).to_uppercase(),
        json.replace('/', "\\/"),
        utf8_percent_encode(&json, NON_ALPHANUMERIC).to_string(),
        json,
    ]
}

fn hex(secret: &str) -> String {
    secret.bytes().flat_map(|byte| format!("{byte:02x}").into_bytes()).map(char::from).collect()
}

fn lower_percent(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02x}") }
}

#[test]
fn a_secret_is_hidden_in_every_spelling() {
    let masker = masker(CANARY);
    for spelling in spellings(CANARY) {
        let text = format!("before,{spelling},after");
        let shown = masker.mask(&text);
        assert!(shown.starts_with("before,***") && shown.ends_with(",after"), "{text} became {shown}");
        assert!(shown.len() <= "before,***==,after".len() + 4, "{text} became {shown}");
    }
}

#[test]
fn a_secret_is_hidden_inside_longer_base64() {
    let shown = masker(CANARY).mask(&STANDARD.encode(format!("user:{CANARY}:end")));
    assert!(shown.contains("***") && shown.len() < 20, "{shown}");
}

#[test]
fn secrets_that_overlap_leave_nothing_behind() {
    let masker = masker("abcdefgh");
    masker.learn("efghijkl");
    masker.learn("abcd");
    assert_eq!(masker.mask("<abcdefghijkl> <abcd> <abcdefgh>"), "<***> <***> <***>");
}

#[test]
fn what_a_mask_brings_together_is_hidden_too() {
    assert_eq!(masker("*a***").mask("*a*a***"), "***");
    assert_eq!(masker("****").mask("*****"), "*****");
}

#[test]
fn short_values_are_left_alone() {
    assert_eq!(masker("abc").mask("abcabc"), "abcabc");
    assert_eq!(masker("").mask("text"), "text");
}

#[test]
fn clones_share_what_is_learnt() {
    let masker = Masker::default();
    let clone = masker.clone();
    masker.learn("s3cr3t");
    assert_eq!(clone.mask("s3cr3t"), "***");
    assert!(!format!("{clone:?}").contains("s3cr3t"));
}

#[test]
fn urls_lose_login_and_secret_parameters() {
    let masker = Masker::default();
    for (url, shown) in [
        ("https://ann:p@ss@host:8443/a?page=2", "https://***@host:8443/a?page=2"),
        ("https://host/a?api_key=1&page_token=2&x=3", "https://host/a?api_key=***&page_token=2&x=3"),
        ("https://host/a?api%5Fkey=1", "https://host/a?api%5Fkey=***"),
        ("https://host/a#access_token=abc", "https://host/a#access_token=***"),
        ("https://host/a@b?mail=c@d", "https://host/a@b?mail=c@d"),
        ("/a?sig=x%26y&key=", "/a?sig=***&key="),
        ("not a url", "not a url"),
        ("", ""),
    ] {
        assert_eq!(masker.mask_url(url), shown);
        assert_eq!(masker.mask_url(shown), shown, "masking twice changes nothing");
    }
}

#[test]
fn headers_lose_secrets_by_name_and_in_links() {
    let masker = masker("s3cr3t");
    for (name, value, shown) in [
        ("Authorization", "Bearer abc.def", "Bearer ***"),
        ("Proxy-Authorization", "Basic abc", "Basic ***"),
        ("authorization", "abcdef", "***"),
        ("Set-Cookie", "sid=1; Path=/", "***"),
        ("X-API-Key", "1", "***"),
        ("Accept", "application/json, */*;q=0.5", "application/json, */*;q=0.5"),
        ("X-Trace", "a s3cr3t b", "a *** b"),
        (
            "Link",
            "<https://h/a?token=abc&page=2>; rel=\"next\"",
            "<https://h/a?token=***&page=2>; rel=\"next\"",
        ),
    ] {
        assert_eq!(masker.mask_header(name, value), shown);
    }
}

#[test]
fn bodies_lose_members_by_name() {
    let masker = masker("s3cr3t");
    for (body, shown) in [
        ("grant=x&client_secret=abc&q=s3cr3t", "grant=x&client_secret=***&q=***"),
        ("password=abc", "password=***"),
        (
            r#"{"password" : "a\"b", "name": "n", "token": 5}"#,
            r#"{"password" : "***", "name": "n", "token": 5}"#,
        ),
        (r#"{"a": "password", "b": "x"}"#, r#"{"a": "password", "b": "x"}"#),
        (r#"{"password": "cut"#, r#"{"password": "cut"#),
    ] {
        assert_eq!(masker.mask_members(body), shown);
    }
}

#[test]
fn tokens_of_an_answer_are_learnt() {
    let masker = Masker::default();
    masker.learn_members(r#"{"access_token": "tok\/en1", "token_type": "bearer", "expires_in": 3600}"#);
    assert_eq!(masker.mask("Bearer tok/en1, bearer"), "Bearer ***, bearer");
}

#[test]
fn names_are_read_word_by_word() {
    for name in [
        "Authorization",
        "x-api-key",
        "apiKey",
        "APIKEY",
        "client_secret",
        "OAuthClientSecret",
        "access_token2",
        "Ocp-Apim-Subscription-Key",
        "X-Amz-Signature",
        "session_id",
        "JSESSIONID",
        "Password",
        "X-Auth",
        "key",
    ] {
        assert!(looks_secret(name), "{name}");
    }
    for name in [
        "monkey",
        "keyword",
        "tokenize",
        "page_token",
        "nextPageToken",
        "continuation-token",
        "sort_key",
        "AuthScheme",
        "token_type",
        "expires_in",
        "OAuthAccessTokenURL",
        "author",
        "max_tokens",
        "Accept",
        "",
    ] {
        assert!(!looks_secret(name), "{name}");
    }
}

proptest! {
    #[test]
    fn masked_text_never_holds_a_spelling(
        secret in "[ -~é\\\\\"/%+*=]{4,24}",
        // A stray `%` or `\` would make an escape of the secret's own first letters.
        before in "[ -$&-\\[\\]-~]{0,12}",
        between in "[ -$&-\\[\\]-~]{6,12}",
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 1..5),
    ) {
        prop_assume!(!secret.bytes().all(|byte| byte == b'*'));
        let spellings = spellings(&secret);
        let mut text = before;
        for pick in picks {
            text.push_str(pick.get(spellings.as_slice()).as_str());
            text.push_str(&between);
        }
        let shown = masker(&secret).mask(&text);
        for spelling in &spellings {
            prop_assert!(!shown.contains(spelling.as_str()), "{shown} holds {spelling}");
        }
    }

    #[test]
    fn any_text_is_masked_or_kept(secret in ".{0,8}", text in ".{0,64}") {
        let masker = masker(&secret);
        let shown = masker.mask(&text);
        prop_assert_eq!(masker.mask(&shown), shown.clone());
        let _ = (masker.mask_url(&text), masker.mask_header("Link", &text), masker.mask_members(&text));
        masker.learn_members(&text);
    }
}

#[test]
fn the_beginning_of_a_secret_before_a_cut_is_hidden() {
    let masker = masker("s3cretkey1234567");
    assert_eq!(masker.mask_message("begins `a s3cretkey1…` and so on"), "begins `a ***…` and so on");
    assert_eq!(masker.mask_message("begins `s3c…`, `key1234567…`"), "begins `s3c…`, `key1234567…`");
    assert_eq!(masker.mask_message("begins `s3cretkey1`"), "begins `s3cretkey1`");
}

#[test]
fn the_credentials_of_a_request_are_learnt() {
    let masker = Masker::default();
    let headers = [("Authorization", "Bearer h3ader"), ("Accept", "application/json")];
    masker.learn_request(
        "https://h/a?api_key=par%2Fam&page_token=next",
        headers,
        Some("{\"password\":\"b0dy\"}"),
    );
    assert_eq!(masker.mask("h3ader par/am b0dy next json"), "*** *** *** next json");
}
