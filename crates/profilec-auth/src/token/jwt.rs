//! Statements that a client signs to get a token (RFC 7523, section 2.1).

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use profilec_diagnostics::codes;
use serde::Serialize;

use crate::AuthError;

/// Who says what of whom, and with which key.
#[derive(Clone, Debug)]
pub struct JwtConfig {
    /// Signs.
    pub key: JwtKey,
    /// `iss`: who says it.
    pub issuer: String,
    /// `sub`: of whom; the issuer when absent.
    pub subject: Option<String>,
    /// `aud`: to whom; the token endpoint when absent.
    pub audience: Option<String>,
    /// How long it holds.
    pub validity: Duration,
    /// `scope`, which some servers read there.
    pub scope: Option<String>,
    /// `kid`: which of the client's keys.
    pub key_id: Option<String>,
}

/// A private key, and what it signs with: `RS256` or `ES256`.
#[derive(Clone)]
pub struct JwtKey {
    key: EncodingKey,
    algorithm: Algorithm,
}

impl std::fmt::Debug for JwtKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?} ***", self.algorithm)
    }
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: u64,
    exp: u64,
    jti: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<&'a str>,
}

impl JwtKey {
    /// A private key as PEM text: RSA (PKCS #1 or #8), or EC on the curve P-256 (PKCS #8).
    ///
    /// # Errors
    /// It is none of these.
    pub fn from_pem(pem: &str) -> Result<Self, AuthError> {
        let rsa = || Some((EncodingKey::from_rsa_pem(pem.as_bytes()).ok()?, Algorithm::RS256));
        let ec = || Some((EncodingKey::from_ec_pem(pem.as_bytes()).ok()?, Algorithm::ES256));
        let (key, algorithm) = rsa().or_else(ec).ok_or_else(|| {
            AuthError::new(&codes::auth::token_unusable, "`OAuthJWTCert` holds no private key that can sign")
                .help("it takes an RSA or EC (P-256) key without a password as PEM, `-----BEGIN PRIVATE KEY-----`")
        })?;
        Ok(Self { key, algorithm })
    }
}

impl JwtConfig {
    /// The statement, signed.
    pub(super) fn assertion(&self, token_url: &str, now: SystemTime) -> Result<String, AuthError> {
        let iat = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let claims = Claims {
            iss: &self.issuer,
            sub: self.subject.as_deref().unwrap_or(&self.issuer),
            aud: self.audience.as_deref().unwrap_or(token_url),
            iat,
            exp: iat + self.validity.as_secs(),
            jti: oauth2::CsrfToken::new_random().into_secret(),
            scope: self.scope.as_deref(),
        };
        let header = Header { kid: self.key_id.clone(), ..Header::new(self.key.algorithm) };
        encode(&header, &claims, &self.key.key).map_err(|_| {
            AuthError::new(&codes::auth::token_unusable, "the key of `OAuthJWTCert` cannot sign")
                .help("it takes an RSA key of 2048 bits or more, or an EC key on the curve P-256")
        })
    }
}
