//! Access tokens: what they are got with, got from, kept in.

mod answer;
mod client;
mod config;
mod failure;
mod jwt;
mod life;
mod login;
mod revoke;
mod source;
mod store;

pub use config::{ClientAuthentication, FirstToken, Grant, Login, OAuthConfig, Parameters};
pub use jwt::{JwtConfig, JwtKey};
pub use login::{BrowserLogin, DeviceLogin, LoginCode};
pub use source::TokenSource;
pub use store::{Store, Stored};

/// An access token. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The token itself: for the request that carries it.
    pub fn value(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("***")
    }
}
