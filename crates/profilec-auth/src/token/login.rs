//! Logins of people: in a browser (RFC 6749, section 4.1, with RFC 7636), or with a code on another device (RFC 8628).

use std::time::{Duration, SystemTime};

use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, DeviceAuthorizationUrl, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, StandardDeviceAuthorizationResponse,
};
use profilec_diagnostics::codes;
use url::{Url, form_urlencoded};

use super::client::{Gained, Wire, client, gained, scopes};
use super::{OAuthConfig, failure};
use crate::{AuthError, Endpoint};

/// A login in a browser that was begun: a page to show, and what is needed when the browser comes back from it.
#[derive(Debug)]
pub struct BrowserLogin {
    url: Url,
    state: CsrfToken,
    verifier: Option<PkceCodeVerifier>,
    redirect: Option<RedirectUrl>,
}

/// A login on another device that was begun.
#[derive(Debug)]
pub struct DeviceLogin {
    answer: StandardDeviceAuthorizationResponse,
}

impl BrowserLogin {
    /// Begins one. `redirect`: where the browser comes back to.
    ///
    /// # Errors
    /// The client has no page for logins, or an address is no URL.
    pub fn new(config: &OAuthConfig, redirect: Option<&str>) -> Result<Self, AuthError> {
        let written = config.login.authorize_url.as_deref().ok_or_else(|| {
            AuthError::new(
                &codes::auth::login_needed,
                format!("`{}` has no page where people log in", config.label()),
            )
            .help("`OAuthAuthorizationURL` is its address")
        })?;
        let page = failure::url("OAuthAuthorizationURL", written)?;
        let redirect =
            redirect.map(|written| RedirectUrl::new(written.to_owned())).transpose().map_err(|_| {
                AuthError::new(&codes::auth::token_unreachable, "`CallbackURL` is no URL")
                    .help("write it as it is registered for the client, `http://localhost:8080/`")
            })?;
        let client = oauth2::basic::BasicClient::new(ClientId::new(config.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(page.clone()));
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client.authorize_url(CsrfToken::new_random).add_scopes(scopes(config));
        if let Some(redirect) = &redirect {
            request = request.set_redirect_uri(std::borrow::Cow::Borrowed(redirect));
        }
        if config.login.pkce {
            request = request.set_pkce_challenge(challenge);
        }
        let (mut url, state) = request.url();
        let own = url.query_pairs().into_owned().skip(page.query_pairs().count());
        let parameters = config.login.parameters.applied(own);
        url.set_query(page.query());
        url.query_pairs_mut().extend_pairs(parameters);
        let verifier = config.login.pkce.then_some(verifier);
        Ok(Self { url, state, verifier, redirect })
    }

    /// The page to show.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The code in what the browser came back with: an address, its query, or the code alone.
    ///
    /// # Errors
    /// It has no code, belongs to another login, or says that access was not granted.
    pub fn code(&self, came_back: &str) -> Result<LoginCode, AuthError> {
        let came_back = came_back.trim();
        let query = came_back.split_once('?').map_or(came_back, |(_, query)| query);
        let query = query.split('#').next().unwrap_or(query);
        let parameters: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |wanted: &str| {
            parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let refused = |message: String| AuthError::new(&codes::auth::token_refused, message);
        if let Some(error) = value("error") {
            let described = value("error_description").map(|text| format!(": {}", failure::told(text)));
            let message = format!(
                "access was not granted: `{}`{}",
                failure::told(error),
                described.unwrap_or_default()
            );
            return Err(AuthError { oauth_error: Some(error.to_owned()), ..refused(message) }
                .help("log in again and agree, or ask for other scopes"));
        }
        let is_bare = !came_back.contains(['?', '&', '=']) && !came_back.is_empty();
        let code = match value("code") {
            Some(code) => code,
            None if is_bare => return Ok(LoginCode(AuthorizationCode::new(came_back.to_owned()))),
            None => {
                return Err(refused("what the browser came back with has no code".to_owned())
                    .help("copy the whole address that the browser shows after the login"));
            }
        };
        if value("state") != Some(self.state.secret()) {
            return Err(refused("the code belongs to another login".to_owned())
                .help("log in again, with the address that was shown last"));
        }
        Ok(LoginCode(AuthorizationCode::new(code.to_owned())))
    }

    /// The tokens for a code.
    pub(super) async fn finish(
        self,
        code: LoginCode,
        config: &OAuthConfig,
        endpoint: &impl Endpoint,
    ) -> Result<Gained, AuthError> {
        let wire = Wire::new(endpoint, "OAuthAccessTokenURL", &config.token_url)?;
        let client = client(config, wire.url());
        let start = SystemTime::now();
        let mut request = client.exchange_code(code.0);
        if let Some(redirect) = &self.redirect {
            request = request.set_redirect_uri(std::borrow::Cow::Borrowed(redirect));
        }
        if let Some(verifier) = self.verifier {
            request = request.set_pkce_verifier(verifier);
        }
        let result = request.request_async(&|request| wire.send(request, &config.parameters)).await;
        gained(config, &wire, result.ok(), start)
    }
}

/// A code that is good for one exchange.
#[derive(Debug)]
pub struct LoginCode(AuthorizationCode);

impl DeviceLogin {
    /// Begins one.
    ///
    /// # Errors
    /// The client has no address for it, or the server does not begin it.
    pub async fn begin(config: &OAuthConfig, endpoint: &impl Endpoint) -> Result<Self, AuthError> {
        let written = config.login.device_url.as_deref().unwrap_or_default();
        let wire = Wire::new(endpoint, "OAuthDeviceAuthorizationURL", written)?;
        let client = client(config, wire.url())
            .set_device_authorization_url(DeviceAuthorizationUrl::from_url(wire.url().clone()));
        let request = client.exchange_device_code().add_scopes(scopes(config));
        let result = request.request_async(&|request| wire.send(request, &config.login.parameters)).await;
        match result {
            Ok(answer) => Ok(Self { answer }),
            Err(_) => Err(wire.failure(config)),
        }
    }

    /// Where to go with the code.
    pub fn url(&self) -> &str {
        self.answer.verification_uri().as_str()
    }

    /// Where to go without typing the code, when the server says so.
    pub fn whole_url(&self) -> Option<&str> {
        self.answer.verification_uri_complete().map(|url| url.secret().as_str())
    }

    /// What to type there.
    pub fn user_code(&self) -> &str {
        self.answer.user_code().secret()
    }

    /// How long it can be typed.
    pub fn lasts(&self) -> Duration {
        self.answer.expires_in()
    }

    /// The tokens, as soon as access is granted.
    pub(super) async fn finish(
        self,
        config: &OAuthConfig,
        endpoint: &impl Endpoint,
    ) -> Result<Gained, AuthError> {
        let wire = Wire::new(endpoint, "OAuthAccessTokenURL", &config.token_url)?;
        let client = client(config, wire.url());
        let request = client.exchange_device_access_token(&self.answer);
        let send = |request| wire.send(request, &config.parameters);
        let result = request.request_async(&send, tokio::time::sleep, None).await;
        // The token was got with the last of many requests.
        gained(config, &wire, result.ok(), SystemTime::now())
    }
}
