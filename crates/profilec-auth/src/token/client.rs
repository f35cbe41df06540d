//! Token requests (RFC 6749, sections 4 to 6), and what comes of them.

use std::cell::RefCell;
use std::time::{Duration, SystemTime};

use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AccessToken, AuthType, Client, ClientId, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse,
    RefreshToken, ResourceOwnerUsername, Scope, StandardRevocableToken, TokenResponse, TokenUrl,
};
use profilec_engine::HeaderField;
use url::{Url, form_urlencoded};

use super::answer::TokenAnswer;
use super::failure::{self, Unanswered};
use super::life::Life;
use super::{ClientAuthentication, Grant, OAuthConfig, Parameters};
use crate::{Answer, AuthError, Endpoint, Outgoing};

type OAuthClient = Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// What a token endpoint gave.
#[derive(Clone, Debug)]
pub(crate) struct Gained {
    pub(crate) access_token: AccessToken,
    pub(crate) refresh_token: Option<RefreshToken>,
    pub(crate) life: Life,
    /// The granted scopes, separated by blanks, when the server tells them.
    pub(crate) scope: Option<String>,
}

/// Gets a first token.
pub(crate) async fn grant(config: &OAuthConfig, endpoint: &impl Endpoint) -> Result<Gained, AuthError> {
    let wire = Wire::new(endpoint, "OAuthAccessTokenURL", &config.token_url)?;
    let client = client(config, &wire.url);
    let mut parameters = config.parameters.clone();
    let start = SystemTime::now();
    let result = match &config.grant {
        Grant::Password(user, password) => {
            let user = ResourceOwnerUsername::new(user.clone());
            let request = client.exchange_password(&user, password).add_scopes(scopes(config));
            request.request_async(&|request| wire.send(request, &parameters)).await
        }
        Grant::JwtBearer(jwt) => {
            // The library does not know this grant; what differs is in its parameters.
            let assertion = jwt.assertion(&config.token_url, start)?;
            let own = [("grant_type", config.grant.name().to_owned()), ("assertion", assertion)];
            parameters.extra.splice(0..0, own.map(|(name, value)| (name.to_owned(), value)));
            let request = client.exchange_client_credentials().add_scopes(scopes(config));
            request.request_async(&|request| wire.send(request, &parameters)).await
        }
        Grant::ClientCredentials => {
            let request = client.exchange_client_credentials().add_scopes(scopes(config));
            request.request_async(&|request| wire.send(request, &parameters)).await
        }
        Grant::RefreshToken => return Err(failure::login_needed(config)),
    };
    gained(config, &wire, result.ok(), start)
}

/// Gets a new token for a refresh token.
pub(crate) async fn renew(
    config: &OAuthConfig,
    token: &RefreshToken,
    endpoint: &impl Endpoint,
) -> Result<Gained, AuthError> {
    let wire = match &config.refresh_url {
        Some(url) => Wire::new(endpoint, "OAuthRefreshTokenURL", url)?,
        None => Wire::new(endpoint, "OAuthAccessTokenURL", &config.token_url)?,
    };
    let client = client(config, &wire.url);
    let start = SystemTime::now();
    let request = client.exchange_refresh_token(token);
    let result = request.request_async(&|request| wire.send(request, &config.parameters)).await;
    gained(config, &wire, result.ok(), start)
}

/// The requested scopes.
pub(super) fn scopes(config: &OAuthConfig) -> impl Iterator<Item = Scope> {
    let scopes = config.scope.iter().flat_map(|scope| scope.split_whitespace());
    scopes.map(|scope| Scope::new(scope.to_owned()))
}

pub(super) fn client(config: &OAuthConfig, url: &Url) -> OAuthClient {
    let client = Client::new(ClientId::new(config.client_id.clone()));
    let client = client.set_auth_type(match config.authentication {
        ClientAuthentication::Body => AuthType::RequestBody,
        ClientAuthentication::Header => AuthType::BasicAuth,
    });
    let client = match &config.client_secret {
        Some(secret) => client.set_client_secret(secret.clone()),
        None => client,
    };
    client.set_token_uri(TokenUrl::from_url(url.clone()))
}

pub(super) fn gained(
    config: &OAuthConfig,
    wire: &Wire<'_, impl Endpoint>,
    answer: Option<TokenAnswer>,
    start: SystemTime,
) -> Result<Gained, AuthError> {
    // What the library says of a failure may quote the answer.
    let answer = answer.ok_or_else(|| wire.failure(config))?;
    if let BasicTokenType::Extension(other) = answer.token_type() {
        return Err(failure::wrong_type(config, &wire.url, other));
    }
    if *answer.token_type() == BasicTokenType::Mac {
        return Err(failure::wrong_type(config, &wire.url, "mac"));
    }
    let scope =
        answer.scopes().map(|scopes| scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" "));
    Ok(Gained {
        access_token: answer.access_token().clone(),
        refresh_token: answer.refresh_token().cloned(),
        life: Life::new(start, answer.expires_in().filter(|life| *life > Duration::ZERO)),
        scope,
    })
}

/// The way to a token endpoint, and what came back on it.
pub(super) struct Wire<'e, E> {
    endpoint: &'e E,
    url: Url,
    answered: RefCell<Option<Result<Answer, String>>>,
}

impl<'e, E: Endpoint> Wire<'e, E> {
    /// `option`: where the URL is written.
    pub(super) fn new(endpoint: &'e E, option: &str, url: &str) -> Result<Self, AuthError> {
        let url = failure::url(option, url)?;
        Ok(Self { endpoint, url, answered: RefCell::new(None) })
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) async fn send(
        &self,
        request: HttpRequest,
        parameters: &Parameters,
    ) -> Result<HttpResponse, Unanswered> {
        let (head, body) = request.into_parts();
        let defaults = form_urlencoded::parse(&body).into_owned();
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters.applied(defaults))
            .finish();
        let headers = head.headers.iter().map(|(name, value)| HeaderField {
            name: name.as_str().to_owned(),
            value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
        });
        let (method, url, headers) = (head.method.as_str().to_owned(), self.url.clone(), headers.collect());
        let answered = self.endpoint.exchange(Outgoing { method, url, headers, body: Some(form) }).await;
        *self.answered.borrow_mut() = Some(answered.clone());
        let answer = answered.map_err(|_| Unanswered)?;
        let mut response = HttpResponse::new(answer.body);
        // Any success will do; whether it is JSON, its text tells better than its type.
        *response.status_mut() = match answer.status {
            200..300 => http::StatusCode::OK,
            other => http::StatusCode::from_u16(other).unwrap_or(http::StatusCode::BAD_GATEWAY),
        };
        Ok(response)
    }

    /// What kept the token from coming.
    pub(super) fn failure(&self, config: &OAuthConfig) -> AuthError {
        match &*self.answered.borrow() {
            Some(Ok(answer)) => failure::of_answer(config, &self.url, answer),
            Some(Err(why)) => failure::unreachable(config, &self.url, why),
            None => failure::unreachable(config, &self.url, "the request could not be made"),
        }
    }
}
