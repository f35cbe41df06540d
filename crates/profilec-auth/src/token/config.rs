//! What an OAuth 2.0 client knows (RFC 6749, section 2).

use std::time::{Duration, SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use oauth2::{ClientSecret, RefreshToken, ResourceOwnerPassword};

use sha2::{Digest, Sha256};

use super::life::Life;
use super::{JwtConfig, Store, Token};

/// An OAuth 2.0 client and how it gets its tokens. URLs and parameters are as written.
#[derive(Clone, Debug)]
pub struct OAuthConfig {
    /// What people call it in commands: the name of an entry, or none.
    pub name: Option<String>,
    /// How the first token is got.
    pub grant: Grant,
    /// Where tokens are got.
    pub token_url: String,
    /// Where they are renewed, when that is another place.
    pub refresh_url: Option<String>,
    /// The client's name at the server.
    pub client_id: String,
    /// Its secret; public clients have none.
    pub client_secret: Option<ClientSecret>,
    /// How the client names itself.
    pub authentication: ClientAuthentication,
    /// The requested scopes, separated by blanks.
    pub scope: Option<String>,
    /// A refresh token that was got elsewhere.
    pub refresh_token: Option<RefreshToken>,
    /// An access token that was got elsewhere.
    pub first_token: Option<FirstToken>,
    /// How token requests differ from the default ones.
    pub parameters: Parameters,
    /// How people log in.
    pub login: Login,
}

/// An access token that was got elsewhere, to be renewed here.
#[derive(Clone, Debug)]
pub struct FirstToken {
    pub(super) token: Token,
    pub(super) life: Life,
}

impl FirstToken {
    /// `obtained`: since 1970. What is not told: it was got now, and lives for an hour.
    pub fn new(token: &str, obtained: Option<Duration>, lasts: Option<Duration>) -> Self {
        let start = obtained.and_then(|since| SystemTime::UNIX_EPOCH.checked_add(since));
        Self { token: Token::new(token), life: Life::new(start.unwrap_or_else(SystemTime::now), lasts) }
    }
}

/// How people log in, for grants that need one.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// The page in a browser.
    pub authorize_url: Option<String>,
    /// Where a login on another device begins.
    pub device_url: Option<String>,
    /// Where the browser comes back to, as it is registered for the client.
    pub redirect_url: Option<String>,
    /// The code is bound to who asked for it (RFC 7636).
    pub pkce: bool,
    /// How what begins the login differs from the default.
    pub parameters: Parameters,
}

/// How a first token is got.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Grant {
    /// By the client for itself (RFC 6749, section 4.4).
    ClientCredentials,
    /// With a user's name and password (RFC 6749, section 4.3).
    Password(String, ResourceOwnerPassword),
    /// With a signed statement (RFC 7523).
    JwtBearer(Box<JwtConfig>),
    /// By a refresh token that was given, or that an earlier login left (RFC 6749, section 6).
    RefreshToken,
}

/// Where the client's name and secret go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuthentication {
    /// Into the body.
    #[default]
    Body,
    /// Into the `Authorization` header.
    Header,
}

/// How the parameters of a request differ from the default ones.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// Sent as well; one of a default's name takes its place.
    pub extra: Vec<(String, String)>,
    /// Never sent.
    pub excluded: Vec<String>,
}

impl Parameters {
    /// The parameters that remain of default ones.
    pub fn applied(&self, defaults: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
        let is_replaced = |name: &str| self.extra.iter().any(|(extra, _)| extra == name);
        let is_excluded =
            |name: &str| self.excluded.iter().any(|excluded| excluded.eq_ignore_ascii_case(name));
        let kept = defaults.filter(|(name, _)| !is_replaced(name));
        kept.chain(self.extra.iter().cloned()).filter(|(name, _)| !is_excluded(name)).collect()
    }
}

impl OAuthConfig {
    /// A name for the file of its tokens, made of what tells them from those of another: server, client, grant, user,
    /// scopes, parameters.
    pub fn file_name(&self) -> String {
        let user = match &self.grant {
            Grant::Password(user, _) => user.as_str(),
            Grant::JwtBearer(jwt) => jwt.subject.as_deref().unwrap_or(&jwt.issuer),
            Grant::ClientCredentials | Grant::RefreshToken => "",
        };
        let mut parts = vec![
            self.token_url.as_str(),
            &self.client_id,
            self.grant.name(),
            user,
            self.scope.as_deref().unwrap_or_default(),
            self.name.as_deref().unwrap_or_default(),
        ];
        for (name, value) in &self.parameters.extra {
            parts.extend([name.as_str(), value]);
        }
        parts.extend(self.parameters.excluded.iter().map(String::as_str));
        Store::file_name(&parts)
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.client_id)
    }
}

impl Grant {
    /// `grant_type`, as RFC 6749 and RFC 7523 name it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::Password(..) => "password",
            Self::JwtBearer(_) => "urn:ietf:params:oauth:grant-type:jwt-bearer",
            Self::RefreshToken => "refresh_token",
        }
    }

    /// Whether a token can be got again without a person and without a refresh token.
    pub const fn is_repeatable(&self) -> bool {
        !matches!(self, Self::RefreshToken)
    }
}

/// A text that tells others apart without telling them.
pub(super) fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(written: &[(&str, &str)]) -> Vec<(String, String)> {
        written.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn applied(extra: &[(&str, &str)], excluded: &[&str]) -> Vec<(String, String)> {
        let excluded = excluded.iter().map(|name| (*name).to_owned()).collect();
        let defaults = [
            ("grant_type", "client_credentials"),
            ("client_id", "kiln"),
            ("client_secret", "s"),
            ("scope", "read"),
        ];
        Parameters { extra: pairs(extra), excluded }.applied(pairs(&defaults).into_iter())
    }

    #[test]
    fn any_default_parameter_can_be_left_out_by_name() {
        for name in ["grant_type", "client_id", "client_secret", "scope", "SCOPE"] {
            let left = applied(&[], &[name]);
            assert_eq!(left.len(), 3, "{name}");
            assert!(!left.iter().any(|(left, _)| left.eq_ignore_ascii_case(name)), "{name}");
        }
        assert_eq!(applied(&[], &["grant_type", "client_id", "client_secret", "scope"]), []);
        assert_eq!(applied(&[], &["audience"]).len(), 4);
    }

    #[test]
    fn extra_parameters_come_last_may_repeat_and_take_the_place_of_defaults() {
        let sent = applied(&[("resource", "a"), ("resource", "b"), ("scope", "write")], &[]);
        let wanted = [
            ("grant_type", "client_credentials"),
            ("client_id", "kiln"),
            ("client_secret", "s"),
            ("resource", "a"),
            ("resource", "b"),
            ("scope", "write"),
        ];
        assert_eq!(sent, pairs(&wanted));
    }

    #[test]
    fn what_is_left_out_is_left_out_of_extra_parameters_too() {
        assert_eq!(applied(&[("scope", "write"), ("audience", "a")], &["scope", "audience"]).len(), 3);
    }
}
