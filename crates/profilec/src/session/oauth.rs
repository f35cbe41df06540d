//! OAuth 2.0, as connection options say it.

use std::{path::PathBuf, sync::Arc, time::Duration};

use profilec_auth::{
    ClientAuthentication, ClientSecret, FirstToken, Grant, JwtConfig, JwtKey, Login, Masker, OAuthConfig,
    Parameters, RefreshToken, ResourceOwnerPassword, Store, TokenSource,
};
use profilec_engine::Settings;
use profilec_vocabulary::{AuthSchemeId, boolean_word};
use url::form_urlencoded;

use super::{
    scheme::{AuthOptions, asked},
    values::{pairs, read_text},
};
use crate::{failure::Failure, folders, oauth::Client, profile};

/// How long a signed statement holds that does not say it.
const VALIDITY: Duration = Duration::from_hours(1);

/// Where the token of each request comes from; `None`: no option asks for one.
pub(super) fn source(
    options: &AuthOptions<'_>,
    asked: Option<AuthSchemeId>,
    masker: &Masker,
) -> Result<Option<Arc<TokenSource>>, Failure> {
    let token = options.text("OAuthAccessToken");
    let initiate = options.word("InitiateOAuth")?;
    let is_renewed = match initiate {
        Some("OFF") => false,
        Some(_) => true,
        // Who gives a refresh token, or names a grant and no token, wants tokens got.
        None => options.text("OAuthRefreshToken").is_some() || (asked.is_some() && token.is_none()),
    };
    match token {
        Some(token) if !is_renewed => Ok(Some(Arc::new(TokenSource::fixed(token, masker)))),
        None if !is_renewed && asked.is_none() => Ok(None),
        None if !is_renewed => {
            Err(Failure::new("`InitiateOAuth=OFF` needs the connection option `OAuthAccessToken`")
                .help("pass the token, or leave `InitiateOAuth` out to have one got"))
        }
        _ => {
            let config = config(options, asked)?;
            let store = store(options, &config);
            Ok(Some(Arc::new(TokenSource::oauth(config, store, masker))))
        }
    }
}

/// The client that options describe without a profile; `None`: they describe none.
pub(crate) fn client(settings: &Settings) -> Result<Option<Client>, Failure> {
    let options = AuthOptions::of_client(settings);
    let asked = asked(&options);
    if asked.is_none() && options.text("OAuthClientId").is_none() {
        return Ok(None);
    }
    let config = config(&options, asked)?;
    Ok(Some(Client { store: store(&options, &config), header: header(&options), config }))
}

/// The header that carries the token, and what stands before the token.
pub(super) fn header(options: &AuthOptions<'_>) -> (String, String) {
    let prefix = options.text("AuthorizationHeaderPrefix").unwrap_or("Bearer");
    ("Authorization".to_owned(), prefix.trim().to_owned())
}

/// The client that the options describe.
fn config(options: &AuthOptions<'_>, asked: Option<AuthSchemeId>) -> Result<OAuthConfig, Failure> {
    let owned = |text: &str| text.trim().to_owned();
    let grant = grant(options, asked)?;
    let by = match grant {
        Grant::RefreshToken => "OAuth".to_owned(),
        _ => format!("the OAuth grant `{}`", grant.name()),
    };
    let refresh_url = options.text("OAuthRefreshTokenURL").map(owned);
    let token_url = match (options.text("OAuthAccessTokenURL"), &refresh_url) {
        (Some(url), _) => owned(url),
        (None, Some(url)) if matches!(grant, Grant::RefreshToken) => url.clone(),
        _ => owned(options.needed(&["OAuthAccessTokenURL"], &by)?),
    };
    let client_id = match (&grant, options.text("OAuthClientId")) {
        (_, Some(id)) => owned(id),
        // A signed statement names the client itself.
        (Grant::JwtBearer(jwt), None) => jwt.issuer.clone(),
        _ => owned(options.needed(&["OAuthClientId"], &by)?),
    };
    let includes_callback = match options.text("OAuthIncludeCallbackURL") {
        Some(written) => boolean_word(written).ok_or_else(|| {
            Failure::new(format!(
                "the connection option `OAuthIncludeCallbackURL` is no boolean word: `{written}`"
            ))
        })?,
        None => true,
    };
    let extra = options.text("OAuthParams").map(parameters).transpose()?.unwrap_or_default();
    let excluded = if includes_callback { Vec::new() } else { vec!["redirect_uri".to_owned()] };
    Ok(OAuthConfig {
        name: None,
        grant,
        token_url,
        refresh_url,
        client_id,
        client_secret: options.text("OAuthClientSecret").map(|secret| ClientSecret::new(secret.to_owned())),
        authentication: match options.word("OAuthPasswordGrantMode")? {
            Some("BASIC") => ClientAuthentication::Header,
            _ => ClientAuthentication::Body,
        },
        scope: options.text("Scope").map(owned),
        refresh_token: options.text("OAuthRefreshToken").map(|token| RefreshToken::new(owned(token))),
        first_token: first_token(options)?,
        parameters: Parameters { extra, excluded },
        login: Login {
            authorize_url: options.text("OAuthAuthorizationURL").map(owned),
            device_url: None,
            redirect_url: options.text("CallbackURL").map(owned),
            pkce: asked == Some(AuthSchemeId::OAuthPkce),
            parameters: Parameters::default(),
        },
    })
}

fn grant(options: &AuthOptions<'_>, asked: Option<AuthSchemeId>) -> Result<Grant, Failure> {
    let word = options.word("OAuthGrantType")?;
    match (asked, word) {
        (Some(AuthSchemeId::OAuthClient), _) | (_, Some("CLIENT")) => {
            options.needed(&["OAuthClientSecret"], "the OAuth grant `client_credentials`")?;
            Ok(Grant::ClientCredentials)
        }
        (Some(AuthSchemeId::OAuthPassword), _) | (_, Some("PASSWORD")) => {
            let by = "the OAuth grant `password`";
            let user = options.needed(&["User"], by)?.to_owned();
            let password = options.needed(&["Password"], by)?.to_owned();
            Ok(Grant::Password(user, ResourceOwnerPassword::new(password)))
        }
        (Some(AuthSchemeId::OAuthJwt), _) => Ok(Grant::JwtBearer(Box::new(jwt(options)?))),
        (_, Some("REFRESH")) => {
            options.needed(&["OAuthRefreshToken"], "`OAuthGrantType=REFRESH`")?;
            Ok(Grant::RefreshToken)
        }
        // A person grants the first one.
        _ => Ok(Grant::RefreshToken),
    }
}

fn jwt(options: &AuthOptions<'_>) -> Result<JwtConfig, Failure> {
    let by = "`AuthScheme=OAuthJWT`";
    let owned = |text: &str| text.trim().to_owned();
    let written = options.needed(&["OAuthJWTCert"], by)?.trim();
    let pem = if written.contains("-----BEGIN ") {
        written.replace("\\n", "\n")
    } else {
        read_text(written).map_err(|error| {
            Failure::new(format!("the key `{written}` cannot be read: {}", profile::plain(&error)))
                .help("`OAuthJWTCert` is the path of a PEM file, or its text")
        })?
    };
    let key = JwtKey::from_pem(&pem)
        .map_err(|error| Failure { help: error.help, ..Failure::new(error.message) })?;
    let validity = match options.text("OAuthJWTValidityTime") {
        Some(written) => Duration::from_secs(number("OAuthJWTValidityTime", written)?),
        None => VALIDITY,
    };
    Ok(JwtConfig {
        key,
        issuer: owned(options.needed(&["OAuthJWTIssuer", "OAuthClientId"], by)?),
        subject: options.text("OAuthJWTSubject").map(owned),
        audience: options.text("OAuthJWTAudience").map(owned),
        validity,
        scope: options.text("Scope").map(owned),
        key_id: None,
    })
}

/// A token that was got elsewhere and is renewed here.
fn first_token(options: &AuthOptions<'_>) -> Result<Option<FirstToken>, Failure> {
    let Some(token) = options.text("OAuthAccessToken") else { return Ok(None) };
    let lifetime = options.text("OAuthExpiresIn").map(|text| number("OAuthExpiresIn", text)).transpose()?;
    let stamp =
        options.text("OAuthTokenTimestamp").map(|text| number("OAuthTokenTimestamp", text)).transpose()?;
    Ok(Some(FirstToken::new(
        token.trim(),
        stamp.map(Duration::from_millis),
        lifetime.map(Duration::from_secs),
    )))
}

fn number(name: &str, written: &str) -> Result<u64, Failure> {
    let parsed = written.trim().parse();
    parsed.map_err(|_| {
        Failure::new(format!("the connection option `{name}` is no whole number: `{}`", written.trim()))
    })
}

/// Further parameters of token requests: `a=b&c=d` is escaped as in a URL, `a=b;c=d` and `a=b,c=d` are as they stand.
fn parameters(written: &str) -> Result<Vec<(String, String)>, Failure> {
    if written.contains('&') {
        return Ok(form_urlencoded::parse(written.trim().as_bytes()).into_owned().collect());
    }
    let is_list = written.contains(',') && !written.contains(';') && !written.contains(['"', '\'']);
    let parts: Vec<&str> = written.split(',').collect();
    if is_list && parts.iter().all(|part| part.contains('=')) {
        return pairs("`OAuthParams`", &parts.join(";"));
    }
    pairs("`OAuthParams`", written)
}

/// Where the tokens outlive the run.
fn store(options: &AuthOptions<'_>, config: &OAuthConfig) -> Option<Store> {
    match options.text("OAuthSettingsLocation").map(str::trim) {
        Some(written) if written.starts_with("memory:") => None,
        Some(path) => Some(Store::at(PathBuf::from(path))),
        None => folders::tokens().map(|folder| Store::at(folder.join(config.file_name()))),
    }
}
