//! What goes wrong with token requests, in words that help. No message repeats a secret: of an answer only `error`,
//! `error_description` and its outline are told.

use std::time::{Duration, SystemTime};

use profilec_diagnostics::codes;
use serde::Deserialize;
use url::Url;

use super::{Grant, OAuthConfig};
use crate::{Answer, AuthError};

/// Letters of a server's description that are told.
const LONGEST: usize = 300;

/// A clock that differs by less is right.
const SKEW: Duration = Duration::from_mins(1);

/// Options, and the keys of entries that say the same.
const KEYS: [(&str, &str); 12] = [
    ("OAuthAccessTokenURL", "token_url"),
    ("OAuthClientId", "client_id"),
    ("OAuthClientSecret", "client_secret"),
    ("OAuthGrantType", "grant"),
    ("OAuthJWTCert", "jwt_key"),
    ("OAuthJWTIssuer", "jwt_issuer"),
    ("OAuthJWTSubject", "jwt_subject"),
    ("OAuthParams", "token_parameters"),
    ("OAuthPasswordGrantMode=BASIC", "credentials = \"header\""),
    ("OAuthRefreshToken", "refresh_token"),
    ("Scope", "scope"),
    ("User` and `Password", "user` and `password"),
];

/// No answer came; why was noted.
#[derive(Debug)]
pub(super) struct Unanswered;

impl std::fmt::Display for Unanswered {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("no answer")
    }
}

impl std::error::Error for Unanswered {}

/// The error answer of RFC 6749, section 5.2.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    error_description: Option<String>,
}

/// The URL that an option holds.
pub(super) fn url(option: &str, written: &str) -> Result<Url, AuthError> {
    let url = Url::parse(written.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    url.ok_or_else(|| {
        AuthError::new(&codes::auth::token_unreachable, format!("`{option}` is no http or https URL"))
            .help("write it whole, `https://login.example.com/oauth2/token`")
    })
}

/// Nothing leads to a token but a person.
pub(super) fn login_needed(config: &OAuthConfig) -> AuthError {
    let message = format!("there is no token of `{}` yet, nor one to renew", config.label());
    let help = match &config.name {
        Some(name) => format!("log in with `profilec auth login {name}`"),
        None => "log in with `profilec auth login` and the same options, or pass `-c OAuthRefreshToken=…`"
            .to_owned(),
    };
    AuthError::new(&codes::auth::login_needed, message).help(help)
}

/// The token goes into requests in a way that is not this one.
pub(super) fn wrong_type(config: &OAuthConfig, url: &Url, token_type: &str) -> AuthError {
    let place = place(url);
    let shown: String = token_type.chars().filter(|c| !c.is_control()).take(40).collect();
    AuthError::new(
        &codes::auth::token_unusable,
        format!(
            "`{place}` gave `{}` a token of the type `{shown}`, and requests carry `Bearer` ones",
            config.label()
        ),
    )
    .help("ask the server's documentation which client or parameter gives Bearer tokens")
}

/// There is no answer.
pub(super) fn unreachable(config: &OAuthConfig, url: &Url, why: &str) -> AuthError {
    let place = place(url);
    AuthError::new(
        &codes::auth::token_unreachable,
        format!("no token for `{}`: `{place}`: {why}", config.label()),
    )
    .help(as_written(config, "`OAuthAccessTokenURL` says where tokens are got"))
}

/// There is an answer, and no token in it.
pub(super) fn of_answer(config: &OAuthConfig, url: &Url, answer: &Answer) -> AuthError {
    let place = place(url);
    let label = config.label();
    if let Ok(refusal) = serde_json::from_slice::<Refusal>(&answer.body) {
        let error = told(&refusal.error);
        let described = refusal.error_description.as_deref().map(told).filter(|text| !text.is_empty());
        let described = described.map(|text| format!(": {text}")).unwrap_or_default();
        let message = format!("`{place}` gives `{label}` no token: {} `{error}`{described}", answer.status);
        let help = match clock_skew(config, answer) {
            Some(skew) => format!("the clock of this machine is {skew}: set it right"),
            None => as_written(config, &advice(config, &refusal.error)),
        };
        let oauth_error = Some(refusal.error);
        return AuthError { oauth_error, ..AuthError::new(&codes::auth::token_refused, message).help(help) };
    }
    if (300..400).contains(&answer.status) {
        let target = answer.headers("location").next().and_then(|target| url.join(target).ok());
        let target = target.map(|target| format!(" to `{}`", self::place(&target))).unwrap_or_default();
        let message = format!("`{place}` answers `{label}` with a redirect{target}, where no credentials go");
        return AuthError::new(&codes::auth::token_unusable, message)
            .help(as_written(config, "give the address that answers itself as `OAuthAccessTokenURL`"));
    }
    let kind = answer.headers("content-type").next().unwrap_or_default();
    let text = String::from_utf8_lossy(&answer.body);
    let start = text.trim_start().chars().take(14).collect::<String>().to_ascii_lowercase();
    let what = if kind.to_ascii_lowercase().contains("html")
        || start.starts_with("<!doctype")
        || start.starts_with("<html")
    {
        "with a web page"
    } else if answer.body.iter().all(u8::is_ascii_whitespace) {
        "without a body"
    } else if serde_json::from_slice::<serde_json::Value>(&answer.body).is_err() {
        "with a text that is no JSON"
    } else {
        "with JSON that has no `access_token`"
    };
    let message = format!("`{place}` answers `{label}` {} {what}", answer.status);
    let help = if answer.status >= 500 {
        "the OAuth server has a problem: try later"
    } else {
        "`OAuthAccessTokenURL` is the address of the token endpoint, not that of the page where people log in"
    };
    AuthError::new(&codes::auth::token_unusable, message).help(as_written(config, help))
}

/// Whether the server says that what was to be exchanged for a token is not good, or no longer.
pub(super) fn is_invalid_grant(error: &AuthError) -> bool {
    error.oauth_error.as_deref() == Some("invalid_grant")
}

/// Which option to look at.
fn advice(config: &OAuthConfig, error: &str) -> String {
    let renewing = config.refresh_token.is_some() || matches!(config.grant, Grant::RefreshToken);
    match error {
        "invalid_client" => {
            "look at `OAuthClientId` and `OAuthClientSecret`; some servers want them in the header: \
                             `OAuthPasswordGrantMode=BASIC`"
                .to_owned()
        }
        "invalid_grant" if renewing => {
            let name = config.name.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
            format!(
                "the refresh token has expired, was revoked or was used already: `profilec auth login{name}`, or look \
                     at `OAuthRefreshToken`"
            )
        }
        "invalid_grant" => match config.grant {
            Grant::Password(..) => "look at `User` and `Password`".to_owned(),
            Grant::JwtBearer(_) => {
                "look at `OAuthJWTCert`, `OAuthJWTIssuer` and `OAuthJWTSubject`".to_owned()
            }
            _ => "look at `OAuthGrantType`".to_owned(),
        },
        "invalid_scope" => "look at `Scope`".to_owned(),
        "unauthorized_client" | "unsupported_grant_type" => {
            format!(
                "the server does not let this client use `{}`: look at `OAuthGrantType`",
                config.grant.name()
            )
        }
        "invalid_request" => {
            "a parameter is missing, or one is not known: `OAuthParams` adds some".to_owned()
        }
        _ => "the documentation of the OAuth server tells what this means".to_owned(),
    }
}

/// A text that names options, with their names as people wrote them: an entry has keys instead.
fn as_written(config: &OAuthConfig, text: &str) -> String {
    let keys = KEYS.iter().filter(|_| config.name.is_some());
    keys.fold(text.to_owned(), |text, (option, key)| {
        text.replace(&format!("`{option}`"), &format!("`{key}`"))
    })
}

/// How far the clock is off, where that may be why a signed statement is refused.
fn clock_skew(config: &OAuthConfig, answer: &Answer) -> Option<String> {
    let date = answer.headers("date").next().filter(|_| matches!(config.grant, Grant::JwtBearer(_)))?;
    let there = httpdate::parse_http_date(date).ok()?;
    let here = SystemTime::now();
    match here.duration_since(there) {
        Ok(ahead) => (ahead > SKEW).then(|| format!("{} s ahead of the server's", ahead.as_secs())),
        Err(behind) => {
            let behind = behind.duration();
            (behind > SKEW).then(|| format!("{} s behind the server's", behind.as_secs()))
        }
    }
}

/// A URL without what may be secret in it.
pub(super) fn place(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// A text of the server's on one line, not too long.
pub(super) fn told(text: &str) -> String {
    let line = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
