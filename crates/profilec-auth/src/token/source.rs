//! One access token, and its successors.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use oauth2::RefreshToken;

use super::client::{self, Gained};
use super::config::digest;
use super::life::Life;
use super::{
    BrowserLogin, DeviceLogin, FirstToken, Grant, LoginCode, OAuthConfig, Store, Stored, failure, revoke,
};
use crate::{AuthError, Endpoint, Masker, Token, looks_secret};

/// Where an access token comes from: it is got when it is first wanted, renewed before it ends or when it is refused,
/// and by one request at a time however many want it.
#[derive(Debug)]
pub struct TokenSource {
    masker: Masker,
    origin: Origin,
    /// Held while a token is got: the others wait for it.
    held: tokio::sync::Mutex<Option<Held>>,
    /// The last token that a server did not take.
    refused: Mutex<Option<Token>>,
}

#[derive(Debug)]
enum Origin {
    Fixed(Token),
    OAuth { config: Box<OAuthConfig>, store: Option<Store> },
}

#[derive(Clone, Debug)]
struct Held {
    token: Token,
    life: Life,
    refresh_token: Option<RefreshToken>,
}

impl TokenSource {
    /// A token that was got elsewhere, and that nothing renews.
    pub fn fixed(token: &str, masker: &Masker) -> Self {
        masker.learn(token);
        Self::new(Origin::Fixed(Token::new(token)), masker)
    }

    /// The tokens of an OAuth client. Without a store they end with the process.
    pub fn oauth(config: OAuthConfig, store: Option<Store>, masker: &Masker) -> Self {
        config.learn(masker);
        let held = config.first_token.as_ref().map(Held::from);
        let held = tokio::sync::Mutex::new(held);
        Self { held, ..Self::new(Origin::OAuth { config: Box::new(config), store }, masker) }
    }

    fn new(origin: Origin, masker: &Masker) -> Self {
        Self {
            masker: masker.clone(),
            origin,
            held: tokio::sync::Mutex::new(None),
            refused: Mutex::new(None),
        }
    }

    /// A token that is good for now.
    ///
    /// # Errors
    /// None can be had.
    pub async fn token(&self, endpoint: &impl Endpoint) -> Result<Token, AuthError> {
        self.good(|held| self.is_good(held), endpoint).await
    }

    /// A new token, however good the last one is.
    ///
    /// # Errors
    /// None can be had.
    pub async fn renewed(&self, endpoint: &impl Endpoint) -> Result<Token, AuthError> {
        self.good(|_| false, endpoint).await
    }

    /// The token that is held or kept, if it is good, else a new one.
    async fn good(
        &self,
        is_good: impl Fn(&Held) -> bool,
        endpoint: &impl Endpoint,
    ) -> Result<Token, AuthError> {
        let (config, store) = match &self.origin {
            Origin::Fixed(token) => return Ok(token.clone()),
            Origin::OAuth { config, store } => (config, store),
        };
        let mut held = self.held.lock().await;
        if let Some(good) = held.as_ref().filter(|held| is_good(held)) {
            return Ok(good.token.clone());
        }
        let next = match store {
            None => Held::after(&self.gain(config, held.as_ref(), endpoint).await?, held.as_ref()),
            Some(store) => self.next(config, store, is_good, endpoint).await?,
        };
        let token = next.token.clone();
        *held = Some(next);
        Ok(token)
    }

    /// Exchanges the code of a login, and keeps the tokens.
    ///
    /// # Errors
    /// The server does not take the code, or the tokens cannot be kept.
    pub async fn finish_in_browser(
        &self,
        login: BrowserLogin,
        code: LoginCode,
        endpoint: &impl Endpoint,
    ) -> Result<(), AuthError> {
        let Origin::OAuth { config, .. } = &self.origin else { return Ok(()) };
        self.keep(login.finish(code, config, endpoint).await?).await
    }

    /// Waits until access is granted on the other device, and keeps the tokens.
    ///
    /// # Errors
    /// It was not granted, or not in time, or the tokens cannot be kept.
    pub async fn finish_on_device(
        &self,
        login: DeviceLogin,
        endpoint: &impl Endpoint,
    ) -> Result<(), AuthError> {
        let Origin::OAuth { config, .. } = &self.origin else { return Ok(()) };
        self.keep(login.finish(config, endpoint).await?).await
    }

    /// Asks a server to take back what is kept (RFC 7009); tells whether there was anything.
    ///
    /// # Errors
    /// The server does not do it, or what is kept cannot be read.
    pub async fn revoke(&self, url: &str, endpoint: &impl Endpoint) -> Result<bool, AuthError> {
        let Origin::OAuth { config, store: Some(store) } = &self.origin else { return Ok(false) };
        let Some(stored) = store.read()? else { return Ok(false) };
        stored.learn(&self.masker);
        revoke::revoke(config, &stored, url, endpoint).await?;
        Ok(true)
    }

    /// Keeps the tokens of a login in the place of all that were before.
    async fn keep(&self, gained: Gained) -> Result<(), AuthError> {
        let Origin::OAuth { config, store } = &self.origin else { return Ok(()) };
        self.learn(&gained);
        let next = Held::after(&gained, None);
        let mut held = self.held.lock().await;
        if let Some(store) = store {
            let file = store.lock().await?;
            file.write(&next.stored(config, began_with(config), gained.scope))?;
        }
        *held = Some(next);
        Ok(())
    }

    fn learn(&self, gained: &Gained) {
        self.masker.learn(gained.access_token.secret());
        if let Some(token) = &gained.refresh_token {
            self.masker.learn(token.secret());
        }
    }

    /// Notes that a token was refused; tells whether there may be a better one.
    pub(crate) fn refuse(&self, token: &Token) -> bool {
        if matches!(self.origin, Origin::Fixed(_)) {
            return false;
        }
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        true
    }

    pub(crate) fn masker(&self) -> &Masker {
        &self.masker
    }

    fn is_good(&self, held: &Held) -> bool {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.as_ref() != Some(&held.token) && !held.life.is_over(SystemTime::now())
    }

    /// The token that another process left, or a new one, which is kept before it is used.
    async fn next(
        &self,
        config: &OAuthConfig,
        store: &Store,
        is_good: impl Fn(&Held) -> bool,
        endpoint: &impl Endpoint,
    ) -> Result<Held, AuthError> {
        let file = store.lock().await?;
        let stored = file.read()?.inspect(|stored| stored.learn(&self.masker));
        let began_with = began_with(config);
        // Another refresh token than that one is a new login.
        let stored = stored.filter(|stored| began_with.is_none() || stored.began_with == began_with);
        let kept = stored.as_ref().map(Held::from);
        if let Some(good) = kept.as_ref().filter(|kept| is_good(kept)) {
            return Ok(good.clone());
        }
        let gained = self.gain(config, kept.as_ref(), endpoint).await?;
        let next = Held::after(&gained, kept.as_ref());
        let scope = gained.scope.or(stored.and_then(|stored| stored.scope));
        file.write(&next.stored(config, began_with, scope))?;
        Ok(next)
    }

    /// A new token: for the refresh token that came last, else for the one that was given, else as the first one.
    async fn gain(
        &self,
        config: &OAuthConfig,
        held: Option<&Held>,
        endpoint: &impl Endpoint,
    ) -> Result<Gained, AuthError> {
        let last = held.and_then(|held| held.refresh_token.as_ref());
        let gained = match last.or(config.refresh_token.as_ref()) {
            Some(refresh_token) => match client::renew(config, refresh_token, endpoint).await {
                // It has ended; the grant may be repeated.
                Err(refused) if config.grant.is_repeatable() && failure::is_invalid_grant(&refused) => {
                    client::grant(config, endpoint).await?
                }
                renewed => renewed?,
            },
            None => client::grant(config, endpoint).await?,
        };
        self.learn(&gained);
        Ok(gained)
    }
}

impl Held {
    /// What is held after an answer. A server that gives no new refresh token lets the old one stand.
    fn after(gained: &Gained, before: Option<&Self>) -> Self {
        let old = before.and_then(|before| before.refresh_token.clone());
        Self {
            token: Token::new(gained.access_token.secret().clone()),
            life: gained.life,
            refresh_token: gained.refresh_token.clone().or(old),
        }
    }

    fn stored(&self, config: &OAuthConfig, began_with: Option<String>, scope: Option<String>) -> Stored {
        let mut stored = Stored::new(&config.token_url, &config.client_id, self.token.value(), self.life);
        stored.refresh_token = self.refresh_token.as_ref().map(|token| token.secret().clone());
        stored.scope = scope;
        stored.began_with = began_with;
        stored
    }
}

impl From<&FirstToken> for Held {
    fn from(first: &FirstToken) -> Self {
        Self { token: first.token.clone(), life: first.life, refresh_token: None }
    }
}

impl From<&Stored> for Held {
    fn from(stored: &Stored) -> Self {
        Self {
            token: Token::new(stored.access_token.clone()),
            life: stored.life(),
            refresh_token: stored.refresh_token.clone().map(RefreshToken::new),
        }
    }
}

impl Stored {
    fn learn(&self, masker: &Masker) {
        masker.learn(&self.access_token);
        if let Some(token) = &self.refresh_token {
            masker.learn(token);
        }
    }
}

impl OAuthConfig {
    fn learn(&self, masker: &Masker) {
        if let Some(secret) = &self.client_secret {
            masker.learn(secret.secret());
            masker.learn(&basic(&self.client_id, secret.secret()));
        }
        if let Some(token) = &self.refresh_token {
            masker.learn(token.secret());
        }
        if let Some(first) = &self.first_token {
            masker.learn(first.token.value());
        }
        if let Grant::Password(_, password) = &self.grant {
            masker.learn(password.secret());
        }
        let parameters = self.parameters.extra.iter().chain(&self.login.parameters.extra);
        for (_, value) in parameters.filter(|(name, _)| looks_secret(name)) {
            masker.learn(value);
        }
    }
}

/// The refresh token that was given, as far as it must be known again.
fn began_with(config: &OAuthConfig) -> Option<String> {
    config.refresh_token.as_ref().map(|token| digest(token.secret()))
}

/// What the header of Basic holds for a client (RFC 6749, section 2.3.1).
pub(super) fn basic(client_id: &str, secret: &str) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    let escaped = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    STANDARD.encode(format!("{}:{}", escaped(client_id), escaped(secret)))
}
