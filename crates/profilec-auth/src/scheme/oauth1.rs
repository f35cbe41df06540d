//! OAuth 1.0a signatures (RFC 5849).

use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::Sha256;
use url::form_urlencoded;

use crate::Outgoing;

/// What requests are signed with.
#[derive(Clone)]
pub struct OAuth1 {
    /// The client's name.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// The token of a user; `None`: the client asks for itself.
    pub token: Option<String>,
    /// The token's secret.
    pub token_secret: String,
    /// How requests are signed.
    pub method: SignatureMethod,
    /// A realm for the header; it is not signed.
    pub realm: Option<String>,
}

impl std::fmt::Debug for OAuth1 {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "OAuth1({}, {})", self.client_id, self.method.name())
    }
}

/// How requests are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureMethod {
    /// HMAC with SHA-1.
    #[default]
    HmacSha1,
    /// HMAC with SHA-256.
    HmacSha256,
    /// The secrets themselves: for https only.
    Plaintext,
}

impl SignatureMethod {
    /// As in `oauth_signature_method`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
            Self::Plaintext => "PLAINTEXT",
        }
    }
}

/// All but letters, digits and `-._~` (section 3.6).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const FORM: &str = "application/x-www-form-urlencoded";

type Pairs<'p> = Vec<(Cow<'p, str>, Cow<'p, str>)>;

impl OAuth1 {
    /// Signs a request as of these seconds since the epoch. The nonce is new for every request.
    pub(crate) fn sign(&self, request: &mut Outgoing, seconds: u64, nonce: &str) {
        let mut oauth = vec![
            ("oauth_consumer_key", self.client_id.clone()),
            ("oauth_nonce", nonce.to_owned()),
            ("oauth_signature_method", self.method.name().to_owned()),
            ("oauth_timestamp", seconds.to_string()),
            ("oauth_version", "1.0".to_owned()),
        ];
        oauth.extend(self.token.iter().map(|token| ("oauth_token", token.clone())));
        let signature = self.signature(request, &oauth);
        oauth.push(("oauth_signature", signature));
        let realm = self.realm.iter().map(|realm| format!("realm=\"{}\"", quoted(realm)));
        let said = oauth.iter().map(|(name, value)| format!("{name}=\"{}\"", encoded(value)));
        let header = realm.chain(said).collect::<Vec<_>>().join(", ");
        request.set_header("Authorization", format!("OAuth {header}"));
    }

    /// The secrets as they are put together: one way to sign sends them so.
    pub(crate) fn key(&self) -> String {
        format!("{}&{}", encoded(&self.client_secret), encoded(&self.token_secret))
    }

    fn signature(&self, request: &Outgoing, oauth: &[(&str, String)]) -> String {
        let key = self.key();
        let base = base_string(request, oauth);
        match self.method {
            SignatureMethod::HmacSha1 => hmac::<Hmac<Sha1>>(&key, &base),
            SignatureMethod::HmacSha256 => hmac::<Hmac<Sha256>>(&key, &base),
            SignatureMethod::Plaintext => key,
        }
    }
}

fn hmac<M: Mac + KeyInit>(key: &str, text: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// What is signed: method, address and all parameters (section 3.4.1).
fn base_string(request: &Outgoing, oauth: &[(&str, String)]) -> String {
    let mut address = request.url.clone();
    address.set_query(None);
    address.set_fragment(None);
    let mut pairs: Pairs<'_> = request.url.query_pairs().collect();
    pairs.extend(oauth.iter().map(|(name, value)| (Cow::Borrowed(*name), Cow::Borrowed(value.as_str()))));
    pairs.extend(form(request));
    let mut pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| (encoded(name), encoded(value))).collect();
    pairs.sort();
    let parameters: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let method = request.method.to_uppercase();
    [method.as_str(), address.as_str(), &parameters.join("&")].map(encoded).join("&")
}

/// The parameters of a form.
fn form(request: &Outgoing) -> Pairs<'_> {
    let media_type = request.header("Content-Type").unwrap_or_default().split(';').next();
    let is_form = media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(FORM));
    let body = request.body.as_deref().filter(|_| is_form).unwrap_or_default();
    form_urlencoded::parse(body.as_bytes()).collect()
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use profilec_engine::HeaderField;

    use super::*;

    fn signer(method: SignatureMethod) -> OAuth1 {
        OAuth1 {
            client_id: "9djdj82h48djs9d2".to_owned(),
            client_secret: "j49sk3j29djd".to_owned(),
            token: Some("kkk9d7dh3k39sjv7".to_owned()),
            token_secret: "dh893hdasih9".to_owned(),
            method,
            realm: None,
        }
    }

    /// The request of RFC 5849, section 3.1.
    fn request() -> Outgoing {
        Outgoing {
            method: "POST".to_owned(),
            url: "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"
                .parse()
                .expect("it is a URL"),
            headers: vec![HeaderField { name: "Content-Type".to_owned(), value: FORM.to_owned() }],
            body: Some("c2&a3=2+q".to_owned()),
        }
    }

    #[test]
    fn the_base_string_is_that_of_the_specification() {
        let oauth = [
            ("oauth_consumer_key", "9djdj82h48djs9d2".to_owned()),
            ("oauth_token", "kkk9d7dh3k39sjv7".to_owned()),
            ("oauth_signature_method", "HMAC-SHA1".to_owned()),
            ("oauth_timestamp", "137131201".to_owned()),
            ("oauth_nonce", "7d8f3e4a".to_owned()),
        ];
        assert_eq!(
            base_string(&request(), &oauth),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D\
             %26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a\
             %26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201\
             %26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
        // The erratum 2550 of the specification corrects the signature it prints.
        assert_eq!(
            signer(SignatureMethod::HmacSha1).signature(&request(), &oauth),
            "r6/TJjbCOr97/+UU0NsvSne7s5g="
        );
    }

    #[test]
    fn a_body_that_is_no_form_is_not_signed() {
        let mut json = request();
        json.set_header("Content-Type", "application/json");
        assert!(!base_string(&json, &[]).contains("q%26"));
        let mut form = request();
        form.set_header("Content-Type", "Application/X-WWW-Form-URLencoded; charset=utf-8");
        assert_eq!(base_string(&form, &[]), base_string(&request(), &[]));
    }

    #[test]
    fn the_header_names_the_realm_first_and_leaves_out_a_missing_token() {
        let mut signed = request();
        let client = OAuth1 {
            token: None,
            token_secret: String::new(),
            realm: Some("a \"b\"".to_owned()),
            ..signer(SignatureMethod::Plaintext)
        };
        client.sign(&mut signed, 137_131_201, "n");
        assert_eq!(
            signed.header("authorization"),
            Some(
                "OAuth realm=\"a \\\"b\\\"\", oauth_consumer_key=\"9djdj82h48djs9d2\", oauth_nonce=\"n\", \
                 oauth_signature_method=\"PLAINTEXT\", oauth_timestamp=\"137131201\", oauth_version=\"1.0\", \
                 oauth_signature=\"j49sk3j29djd%26\""
            )
        );
    }
}
