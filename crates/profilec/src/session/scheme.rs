//! How requests authenticate, as connection options say it.

use std::{cell::RefCell, collections::BTreeSet, sync::Arc};

use profilec_auth::{AwsSignature, Masker, OAuth1, Scheme, SignatureMethod};
use profilec_engine::Settings;
use profilec_plan::{CallSets, Plan, sets_at_calls};
use profilec_vocabulary::{AuthSchemeId, Support, auth_scheme, connection_option, instead};

use super::{aws_region::region, oauth, setup::setting};
use crate::{failure::Failure, terminal::Terminal};

/// The options of authentication: given by the user, else set by the script as they stand.
pub(super) struct AuthOptions<'s> {
    settings: &'s Settings,
    calls: Vec<CallSets<'s>>,
    /// Those that were asked for, with a value or without.
    read: RefCell<BTreeSet<&'static str>>,
}

impl<'s> AuthOptions<'s> {
    pub(super) fn new(settings: &'s Settings, plan: &'s Plan) -> Self {
        Self { settings, calls: sets_at_calls(plan), read: RefCell::default() }
    }

    /// Those that the user gives, where there is no profile.
    pub(super) fn of_client(settings: &'s Settings) -> Self {
        Self { settings, calls: Vec::new(), read: RefCell::default() }
    }

    /// The value of an option that is not empty.
    pub(super) fn text(&self, name: &'static str) -> Option<&'s str> {
        self.texts(name).next()
    }

    /// All values of an option that are not empty: what the user gives, then what the script sets.
    fn texts(&self, name: &'static str) -> impl Iterator<Item = &'s str> {
        self.read.borrow_mut().insert(name);
        let lower = name.to_lowercase();
        let sets = self.calls.iter().flat_map(|reached| &reached.names);
        let set = sets.filter(move |set| set.name == lower).filter_map(|set| set.text);
        setting(self.settings, name).into_iter().chain(set).filter(|text| !text.trim().is_empty())
    }

    /// The value under the first of these names that has one.
    fn any(&self, names: &[&'static str]) -> Option<&'s str> {
        // All are read: none of them is without effect.
        names.iter().map(|name| self.text(name)).fold(None, Option::or)
    }

    /// The value under the first of these names that has one.
    pub(super) fn needed(&self, names: &[&'static str], by: &str) -> Result<&'s str, Failure> {
        self.any(names).ok_or_else(|| {
            let name = names.first().copied().unwrap_or_default();
            let is_secret = connection_option(name).is_some_and(|option| option.secret);
            let value = if is_secret { "env:NAME" } else { "…" };
            Failure::new(format!("{by} needs the connection option `{name}`"))
                .help(format!("pass `-c {name}={value}`"))
        })
    }

    /// The option's word, as the vocabulary writes it.
    pub(super) fn word(&self, name: &'static str) -> Result<Option<&'static str>, Failure> {
        let Some(written) = self.text(name) else { return Ok(None) };
        let Some(kind) = connection_option(name).map(|option| option.kind) else { return Ok(None) };
        if let Some(word) = kind.word(written) {
            return Ok(Some(word));
        }
        let (written, words) = (written.trim(), kind.words().unwrap_or_default());
        Err(Failure::new(format!("`{name}` cannot be `{written}`")).help(instead(written, words)))
    }

    /// Says which options of authentication nothing reads.
    pub(super) fn warn_of_unread(&self, plan: &Plan, terminal: &Terminal) {
        for (name, value) in self.settings {
            let Some(option) = connection_option(name).filter(|option| option.support == Support::Auth)
            else {
                continue;
            };
            let is_default = option.default.is_some_and(|default| default.eq_ignore_ascii_case(value.trim()));
            let by_script = plan.connection_read.contains(&name.to_lowercase());
            if is_default || by_script || self.read.borrow().contains(option.name) {
                continue;
            }
            let scheme = self.text("AuthScheme").unwrap_or("None");
            let otherwise = match option.name {
                name if name.starts_with("SSLClientCert") => "without `SSLClientCert`".to_owned(),
                _ => format!("with `AuthScheme={scheme}`"),
            };
            terminal.warn(&format!("the connection option `{name}` has no effect {otherwise}"));
        }
    }
}

/// The authentication that every request of the run has, and what carries it out.
pub(super) fn scheme(
    options: &AuthOptions<'_>,
    masker: &Masker,
) -> Result<(Option<AuthSchemeId>, Scheme), Failure> {
    // What is no scheme, or never carried out, is refused by the engine: it knows the place.
    let asked = asked(options);
    let scheme = match asked {
        Some(AuthSchemeId::AwsSignature) => aws(options)?,
        Some(AuthSchemeId::OAuth) | None if is_first_version(options)? => oauth1(options)?,
        Some(
            AuthSchemeId::OAuth
            | AuthSchemeId::OAuthClient
            | AuthSchemeId::OAuthPassword
            | AuthSchemeId::OAuthPkce
            | AuthSchemeId::OAuthJwt,
        )
        | None => match oauth::source(options, asked, masker)? {
            Some(source) => {
                let (header, prefix) = oauth::header(options);
                Scheme::Token { header, prefix, source }
            }
            None => Scheme::None,
        },
        Some(AuthSchemeId::ClientCertificate) => {
            options.needed(&["SSLClientCert"], "`AuthScheme=SSL`")?;
            Scheme::None
        }
        // The others are carried out request by request.
        _ => Scheme::None,
    };
    Ok((asked, scheme))
}

/// What is asked for where an entry's token is in every request: a token, or nothing.
pub(super) fn left_to_entry(options: &AuthOptions<'_>) -> Result<Option<AuthSchemeId>, Failure> {
    let asked = asked(options);
    match asked {
        None
        | Some(
            AuthSchemeId::None
            | AuthSchemeId::OAuth
            | AuthSchemeId::OAuthClient
            | AuthSchemeId::OAuthPassword
            | AuthSchemeId::OAuthPkce
            | AuthSchemeId::OAuthJwt
            | AuthSchemeId::ClientCertificate,
        ) => Ok(asked),
        Some(_) => {
            let written = options.text("AuthScheme").unwrap_or_default();
            Err(Failure::new(format!("`--auth` and `AuthScheme={written}` are two ways to authenticate"))
                .help("leave out one of them"))
        }
    }
}

/// The scheme that options or the script ask for.
pub(crate) fn asked_scheme(settings: &Settings, plan: &Plan) -> Option<AuthSchemeId> {
    asked(&AuthOptions::new(settings, plan))
}

/// The scheme that every request has: where the script sets several, the one that is not carried out request by
/// request.
pub(super) fn asked(options: &AuthOptions<'_>) -> Option<AuthSchemeId> {
    let schemes: Vec<AuthSchemeId> =
        options.texts("AuthScheme").filter_map(auth_scheme).map(|scheme| scheme.id).collect();
    let of_requests = [AuthSchemeId::None, AuthSchemeId::Basic, AuthSchemeId::Digest];
    schemes.iter().find(|scheme| !of_requests.contains(scheme)).or(schemes.first()).copied()
}

/// Whether it is OAuth 1.0: signatures instead of tokens.
fn is_first_version(options: &AuthOptions<'_>) -> Result<bool, Failure> {
    Ok(options.word("OAuthVersion")? == Some("1.0"))
}

fn oauth1(options: &AuthOptions<'_>) -> Result<Scheme, Failure> {
    let by = "`OAuthVersion=1.0`";
    let owned = |text: &str| text.to_owned();
    let token = options.text("OAuthAccessToken").map(owned);
    let method = match options.word("Sign_Method")? {
        Some("HMAC-SHA256") => SignatureMethod::HmacSha256,
        Some("PLAINTEXT") => SignatureMethod::Plaintext,
        _ => SignatureMethod::HmacSha1,
    };
    let token_secret = match token {
        Some(_) => options.needed(&["OAuthAccessTokenSecret"], "`OAuthAccessToken` of OAuth 1.0")?,
        None => "",
    };
    Ok(Scheme::OAuth1(Arc::new(OAuth1 {
        client_id: options.needed(&["OAuthClientId"], by)?.to_owned(),
        client_secret: options.needed(&["OAuthClientSecret"], by)?.to_owned(),
        token,
        token_secret: token_secret.to_owned(),
        method,
        realm: options.text("OAuthRealm").map(owned),
    })))
}

fn aws(options: &AuthOptions<'_>) -> Result<Scheme, Failure> {
    let name = options.text("AuthScheme").and_then(auth_scheme).map_or("AwsRootKeys", |scheme| scheme.name);
    let by = format!("`AuthScheme={name}`");
    let access_key = options.needed(&["AWSAccessKey", "AccessKey"], &by)?;
    let secret_key = options.needed(&["AWSSecretKey", "SecretKey"], &by)?;
    let session_token = match name {
        "AwsTempCredentials" => Some(options.needed(&["AWSSessionToken"], &by)?),
        _ => options.text("AWSSessionToken"),
    };
    let region = options.any(&["AWSRegion", "Region"]).map(region).transpose()?;
    for (name, value) in [("AWSAccessKey", Some(access_key)), ("AWSSessionToken", session_token)] {
        if value.is_some_and(|value| !value.trim().bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(Failure::new(format!("`{name}` holds a character that no header can carry"))
                .help("it is one word of letters, digits and signs"));
        }
    }
    Ok(Scheme::Aws(Arc::new(AwsSignature {
        access_key: access_key.trim().to_owned(),
        secret_key: secret_key.trim().to_owned(),
        session_token: session_token.map(|token| token.trim().to_owned()),
        region,
        service: options.text("AWSService").map(|service| service.trim().to_lowercase()),
    })))
}
