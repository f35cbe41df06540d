//! The answer of a token endpoint (RFC 6749, section 5.1), as servers really give it.

use std::time::Duration;

use oauth2::{AccessToken, RefreshToken, Scope, TokenResponse, basic::BasicTokenType};
use serde::{Deserialize, Deserializer, Serialize};

/// What is taken of the answer; other members are left.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct TokenAnswer {
    access_token: AccessToken,
    /// Some servers leave it out.
    #[serde(default = "bearer", deserialize_with = "token_type")]
    token_type: BasicTokenType,
    /// Some servers write it as text.
    #[serde(default, deserialize_with = "seconds", skip_serializing)]
    expires_in: Option<Duration>,
    #[serde(default)]
    refresh_token: Option<RefreshToken>,
    #[serde(default, rename = "scope", deserialize_with = "scopes", skip_serializing)]
    scopes: Option<Vec<Scope>>,
}

impl TokenResponse for TokenAnswer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh_token.as_ref().filter(|token| !token.secret().is_empty())
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        self.scopes.as_ref()
    }
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

fn token_type<'de, D: Deserializer<'de>>(from: D) -> Result<BasicTokenType, D::Error> {
    let written = Option::<String>::deserialize(from)?.unwrap_or_default();
    Ok(match written.to_ascii_lowercase().as_str() {
        "" | "bearer" => BasicTokenType::Bearer,
        "mac" => BasicTokenType::Mac,
        _ => BasicTokenType::Extension(written),
    })
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Number(f64),
    Text(String),
}

/// Seconds; what is no number, or none above zero, is no life at all and counts as not told.
fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    let seconds = match Option::<NumberOrText>::deserialize(from)? {
        Some(NumberOrText::Number(seconds)) => Some(seconds),
        Some(NumberOrText::Text(text)) => text.trim().parse().ok(),
        None => None,
    };
    Ok(seconds.filter(|seconds| *seconds > 0.0).and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn scopes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<Scope>>, D::Error> {
    let split = |text: &str| text.split_whitespace().map(|scope| Scope::new(scope.to_owned())).collect();
    Ok(match Option::<OneOrMany>::deserialize(from)? {
        Some(OneOrMany::One(text)) => Some(split(&text)),
        Some(OneOrMany::Many(scopes)) => Some(scopes.into_iter().map(Scope::new).collect()),
        None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> TokenAnswer {
        serde_json::from_str(json).expect("it is taken")
    }

    #[test]
    fn servers_write_lives_types_and_scopes_in_many_ways() {
        let plain = read(
            r#"{"access_token":"t","token_type":"bearer","expires_in":1800,"refresh_expires_in":0,"not-before-policy":0,"scope":"a b"}"#,
        );
        assert_eq!(plain.expires_in(), Some(Duration::from_mins(30)));
        assert_eq!(plain.scopes().map(Vec::len), Some(2));
        let odd = read(r#"{"access_token":"t","expires_in":"3599","scope":["a"],"refresh_token":""}"#);
        assert_eq!(odd.expires_in(), Some(Duration::from_secs(3599)));
        assert_eq!(*odd.token_type(), BasicTokenType::Bearer);
        assert!(odd.refresh_token().is_none());
        for life in ["null", "0", "-5", "\"soon\""] {
            assert_eq!(
                read(&format!(r#"{{"access_token":"t","expires_in":{life}}}"#)).expires_in(),
                None,
                "{life}"
            );
        }
    }
}
