//! `[auth.NAME]`: an OAuth client, as a file of settings describes it.

use std::collections::BTreeMap;

use profilec_diagnostics::{Diagnostic, Severity};

/// An OAuth client: what its keys say.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What commands call it.
    pub(crate) name: String,
    /// How its first token is got; that of a machine when the file does not say it well.
    pub(crate) grant: EntryGrant,
    /// What is wrong with it.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) settings: BTreeMap<&'static str, Setting>,
}

/// How a first token is got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryGrant {
    /// By the client for itself.
    ClientCredentials,
    /// A person logs in with a browser.
    AuthorizationCode,
    /// A person logs in on another device.
    DeviceCode,
    /// For a refresh token that was got elsewhere.
    RefreshToken,
    /// With a user's name and password.
    Password,
    /// With a signed statement.
    JwtBearer,
}

use EntryGrant::{AuthorizationCode, ClientCredentials, DeviceCode, JwtBearer, Password, RefreshToken};

impl EntryGrant {
    pub(super) const ALL: [Self; 6] =
        [AuthorizationCode, ClientCredentials, DeviceCode, JwtBearer, Password, RefreshToken];

    /// As files write it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            ClientCredentials => "client_credentials",
            AuthorizationCode => "authorization_code",
            DeviceCode => "device_code",
            RefreshToken => "refresh_token",
            Password => "password",
            JwtBearer => "jwt_bearer",
        }
    }

    /// Whether a person has to log in for the first token.
    pub(crate) const fn needs_login(self) -> bool {
        matches!(self, AuthorizationCode | DeviceCode)
    }

    /// The keys that it cannot do without.
    pub(super) const fn needs(self) -> &'static [&'static str] {
        match self {
            ClientCredentials => &["token_url", "client_id", "client_secret"],
            AuthorizationCode => &["token_url", "authorize_url", "client_id"],
            DeviceCode => &["token_url", "device_url", "client_id"],
            RefreshToken => &["token_url", "client_id", "refresh_token"],
            Password => &["token_url", "client_id", "user", "password"],
            JwtBearer => &["token_url", "jwt_issuer", "jwt_key"],
        }
    }
}

/// What a key holds.
#[derive(Debug)]
pub(super) enum Setting {
    Text(String),
    Truth(bool),
    Number(u64),
    Texts(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    Text,
    /// A text, or the place of one.
    Placed,
    /// The place of a text.
    Secret,
    Url,
    Truth,
    Seconds,
    Texts,
    Pairs,
    Word(&'static [&'static str]),
}

/// A key.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    /// The grants that read it; none: all.
    pub(super) grants: &'static [EntryGrant],
}

const fn key(name: &'static str, holds: Holds, grants: &'static [EntryGrant]) -> Key {
    Key { name, holds, grants }
}

const LOGIN: &[EntryGrant] = &[AuthorizationCode, DeviceCode];
const BROWSER: &[EntryGrant] = &[AuthorizationCode];
const JWT: &[EntryGrant] = &[JwtBearer];

/// The keys, in the order of the guide.
pub(super) const KEYS: [Key; 28] = [
    key("grant", Holds::Text, &[]),
    key("token_url", Holds::Url, &[]),
    key("refresh_url", Holds::Url, &[]),
    key("revoke_url", Holds::Url, &[]),
    key("client_id", Holds::Placed, &[]),
    key("client_secret", Holds::Secret, &[]),
    key("credentials", Holds::Word(&["body", "header"]), &[]),
    key("scope", Holds::Text, &[]),
    key("refresh_token", Holds::Secret, &[]),
    key("token_parameters", Holds::Pairs, &[]),
    key("token_exclude", Holds::Texts, &[]),
    key("header", Holds::Text, &[]),
    key("prefix", Holds::Text, &[]),
    key("store", Holds::Text, &[]),
    key("authorize_url", Holds::Url, BROWSER),
    key("redirect_url", Holds::Text, BROWSER),
    key("pkce", Holds::Truth, BROWSER),
    key("device_url", Holds::Url, &[DeviceCode]),
    key("authorize_parameters", Holds::Pairs, LOGIN),
    key("authorize_exclude", Holds::Texts, LOGIN),
    key("user", Holds::Placed, &[Password]),
    key("password", Holds::Secret, &[Password]),
    key("jwt_key", Holds::Secret, JWT),
    key("jwt_key_id", Holds::Text, JWT),
    key("jwt_issuer", Holds::Placed, JWT),
    key("jwt_subject", Holds::Placed, JWT),
    key("jwt_audience", Holds::Text, JWT),
    key("jwt_validity", Holds::Seconds, JWT),
];

/// Their names.
pub(super) const ENTRY_KEYS: [&str; KEYS.len()] = {
    let mut names = [""; KEYS.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = KEYS[at].name;
        at += 1;
    }
    names
};

impl Entry {
    /// A text, maybe the place of one.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        match self.settings.get(key) {
            Some(Setting::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether a switch is on; `None`: it is not written.
    pub(crate) fn truth(&self, key: &str) -> Option<bool> {
        match self.settings.get(key) {
            Some(Setting::Truth(truth)) => Some(*truth),
            _ => None,
        }
    }

    /// A number.
    pub(crate) fn number(&self, key: &str) -> Option<u64> {
        match self.settings.get(key) {
            Some(Setting::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A list.
    pub(crate) fn texts(&self, key: &str) -> &[String] {
        match self.settings.get(key) {
            Some(Setting::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Names with values.
    pub(crate) fn pairs(&self, key: &str) -> &[(String, String)] {
        match self.settings.get(key) {
            Some(Setting::Pairs(pairs)) => pairs,
            _ => &[],
        }
    }

    /// Whether something keeps it from being used.
    pub(crate) fn is_broken(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_tells_of_every_key_and_grant() {
        let guide = include_str!("../../../../docs/auth.md");
        for key in &ENTRY_KEYS {
            assert!(guide.contains(&format!("`{key}`")), "{key}");
        }
        for grant in EntryGrant::ALL {
            let needs = format!("| `{}` | `{}` |", grant.name(), grant.needs().join("`, `"));
            assert!(guide.contains(&needs), "{needs}");
        }
    }

    #[test]
    fn what_a_grant_needs_it_reads() {
        for grant in EntryGrant::ALL {
            for needed in grant.needs() {
                let key = KEYS.iter().find(|key| key.name == *needed).expect("a key");
                assert!(key.grants.is_empty() || key.grants.contains(&grant), "{needed}");
            }
        }
    }
}
