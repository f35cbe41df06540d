//! Tokens that are taken back (RFC 7009).

use oauth2::ClientSecret;
use profilec_diagnostics::codes;
use profilec_engine::HeaderField;
use url::form_urlencoded;

use super::source::basic;
use super::{ClientAuthentication, OAuthConfig, Stored, failure};
use crate::{AuthError, Endpoint, Outgoing};

/// Asks a server to take tokens back: the refresh token, with which the access token ends at most servers, else that
/// one.
pub(super) async fn revoke(
    config: &OAuthConfig,
    stored: &Stored,
    url: &str,
    endpoint: &impl Endpoint,
) -> Result<(), AuthError> {
    let url = failure::url("revoke_url", url)?;
    let (token, hint) = match &stored.refresh_token {
        Some(token) => (token, "refresh_token"),
        None => (&stored.access_token, "access_token"),
    };
    let header = |name: &str, value: String| HeaderField { name: name.to_owned(), value };
    let mut headers = vec![
        header("Accept", "application/json".to_owned()),
        header("Content-Type", "application/x-www-form-urlencoded".to_owned()),
    ];
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("token", token).append_pair("token_type_hint", hint);
    let secret = config.client_secret.as_ref().map(ClientSecret::secret);
    match (config.authentication, secret) {
        (ClientAuthentication::Header, Some(secret)) => {
            headers.push(header("Authorization", format!("Basic {}", basic(&config.client_id, secret))));
        }
        (_, secret) => {
            form.append_pair("client_id", &config.client_id);
            if let Some(secret) = secret {
                form.append_pair("client_secret", secret);
            }
        }
    }
    let body = Some(form.finish());
    let request = Outgoing { method: "POST".to_owned(), url: url.clone(), headers, body };
    let why = match endpoint.exchange(request).await {
        Ok(answer) if (200..300).contains(&answer.status) => return Ok(()),
        Ok(answer) => format!("it answered {}", answer.status),
        Err(why) => why,
    };
    let message =
        format!("`{}` did not take back the tokens of `{}`: {why}", failure::place(&url), config.label());
    Err(AuthError::new(&codes::auth::token_refused, message)
        .help("they end by themselves, or take them back on the pages of the server"))
}
