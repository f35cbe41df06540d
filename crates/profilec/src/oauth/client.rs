//! From an entry of settings to an OAuth client.

use std::{borrow::Cow, time::Duration};

use profilec_auth::{
    ClientAuthentication, ClientSecret, Grant, JwtConfig, JwtKey, Login, OAuthConfig, Parameters,
    RefreshToken, ResourceOwnerPassword, Store, looks_secret,
};

use crate::{
    failure::Failure,
    folders,
    place::Place,
    profile,
    project::{Entry, EntryGrant, Found},
};

/// How long a signed statement holds that does not say it.
const VALIDITY: Duration = Duration::from_mins(5);

/// An OAuth client.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) config: OAuthConfig,
    /// Where its tokens are kept; `None`: for one run.
    pub(crate) store: Option<Store>,
    /// The header of requests that carries its token, and what stands before that.
    pub(crate) header: (String, String),
}

impl Client {
    /// The client that an entry describes, with its secrets.
    ///
    /// # Errors
    /// A secret is not where the entry says.
    pub(crate) fn of_entry(found: Found<'_>) -> Result<Self, Failure> {
        let reader = Reader(found);
        let entry = found.entry;
        let owned = |key: &str| entry.text(key).map(str::to_owned);
        let config = OAuthConfig {
            name: Some(entry.name.clone()),
            grant: reader.grant()?,
            token_url: owned("token_url").unwrap_or_default(),
            refresh_url: owned("refresh_url"),
            client_id: reader.client_id()?,
            client_secret: reader.placed("client_secret")?.map(ClientSecret::new),
            authentication: match entry.text("credentials") {
                Some("header") => ClientAuthentication::Header,
                _ => ClientAuthentication::Body,
            },
            scope: owned("scope"),
            refresh_token: reader.placed("refresh_token")?.map(RefreshToken::new),
            first_token: None,
            parameters: reader.parameters("token_parameters", "token_exclude")?,
            login: Login {
                authorize_url: owned("authorize_url"),
                device_url: owned("device_url"),
                redirect_url: owned("redirect_url"),
                pkce: entry.truth("pkce").unwrap_or(true),
                parameters: reader.parameters("authorize_parameters", "authorize_exclude")?,
            },
        };
        Ok(Self {
            config,
            store: Self::store_of_entry(found)?,
            header: (
                owned("header").unwrap_or_else(|| "Authorization".to_owned()),
                owned("prefix").unwrap_or_else(|| "Bearer".to_owned()),
            ),
        })
    }

    /// Where the tokens of an entry are kept. No secret is needed for it.
    ///
    /// # Errors
    /// The client's name is not where the entry says.
    pub(crate) fn store_of_entry(found: Found<'_>) -> Result<Option<Store>, Failure> {
        let entry = found.entry;
        match entry.text("store") {
            Some("memory") => return Ok(None),
            Some(path) => return Ok(Some(Store::at(found.folder().join(path)))),
            None => {}
        }
        let Some(folder) = folders::tokens() else { return Ok(None) };
        let reader = Reader(found);
        let client_id = reader.client_id()?;
        let user = reader.placed("user")?.or(reader.placed("jwt_subject")?).unwrap_or_default();
        let mut parts = vec![entry.name.as_str(), entry.grant.name(), &client_id, &user];
        parts.extend(["token_url", "scope"].map(|key| entry.text(key).unwrap_or_default()));
        for (name, value) in entry.pairs("token_parameters") {
            parts.extend([name.as_str(), value]);
        }
        parts.extend(entry.texts("token_exclude").iter().map(String::as_str));
        let digest = Store::file_name(&parts);
        // People see this name.
        let short = digest.get(..12).unwrap_or_default();
        Ok(Some(Store::at(folder.join(format!("{}-{short}.json", entry.name)))))
    }
}

struct Reader<'e>(Found<'e>);

impl<'e> Reader<'e> {
    fn entry(&self) -> &'e Entry {
        self.0.entry
    }

    fn grant(&self) -> Result<Grant, Failure> {
        Ok(match self.entry().grant {
            EntryGrant::ClientCredentials => Grant::ClientCredentials,
            EntryGrant::Password => {
                let user = self.placed("user")?.unwrap_or_default();
                let password = self.placed("password")?.unwrap_or_default();
                Grant::Password(user, ResourceOwnerPassword::new(password))
            }
            EntryGrant::JwtBearer => Grant::JwtBearer(Box::new(self.jwt()?)),
            // What a person's login leaves is renewed.
            EntryGrant::AuthorizationCode | EntryGrant::DeviceCode | EntryGrant::RefreshToken => {
                Grant::RefreshToken
            }
        })
    }

    fn jwt(&self) -> Result<JwtConfig, Failure> {
        let pem = self.placed("jwt_key")?.unwrap_or_default().replace("\\n", "\n");
        let key = JwtKey::from_pem(&pem).map_err(|error| Failure {
            help: error.help,
            ..Failure::new(format!("`jwt_key` of `{}` cannot sign", self.entry().name))
        })?;
        let owned = |key: &str| self.entry().text(key).map(str::to_owned);
        Ok(JwtConfig {
            key,
            issuer: self.placed("jwt_issuer")?.unwrap_or_default(),
            subject: self.placed("jwt_subject")?,
            audience: owned("jwt_audience"),
            validity: self.entry().number("jwt_validity").map_or(VALIDITY, Duration::from_secs),
            scope: owned("scope"),
            key_id: owned("jwt_key_id"),
        })
    }

    fn client_id(&self) -> Result<String, Failure> {
        // A signed statement names the client itself.
        Ok(self.placed("client_id")?.or(self.placed("jwt_issuer")?).unwrap_or_default())
    }

    fn parameters(&self, extra: &str, excluded: &str) -> Result<Parameters, Failure> {
        let mut pairs = Vec::new();
        for (name, value) in self.entry().pairs(extra) {
            let value =
                if looks_secret(name) { self.fetched(name, value)? } else { Cow::Borrowed(value.as_str()) };
            pairs.push((name.clone(), value.into_owned()));
        }
        Ok(Parameters { extra: pairs, excluded: self.entry().texts(excluded).to_vec() })
    }

    /// The text of a key that may stand elsewhere.
    fn placed(&self, key: &str) -> Result<Option<String>, Failure> {
        let text = self.entry().text(key);
        text.map(|text| self.fetched(key, text).map(Cow::into_owned)).transpose()
    }

    fn fetched(&self, key: &str, text: &'e str) -> Result<Cow<'e, str>, Failure> {
        let Some(place) = Place::of(text) else { return Ok(Cow::Borrowed(text)) };
        let fetched = place.fetch(self.0.folder()).map_err(|failure| {
            let (name, file) = (&self.entry().name, self.0.file_name());
            Failure { message: format!("`{key}` of `{name}` in `{file}`: {}", failure.message), ..failure }
        })?;
        Ok(Cow::Owned(fetched))
    }
}

/// A server, as far as people tell it from others.
pub(super) fn server(url: &str) -> String {
    url::Url::parse(url).map_or_else(|_| url.to_owned(), |url| url.origin().ascii_serialization())
}

/// The path as messages show it.
pub(super) fn shown(store: &Store) -> String {
    profile::name(store.path())
}
