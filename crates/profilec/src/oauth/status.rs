//! What tokens there are. No server is asked.

use std::{
    fmt::Write,
    time::{Duration, SystemTime},
};

use chrono::{DateTime, SecondsFormat, Utc};
use profilec_auth::{Store, Stored};
use serde_json::{Value, json};

use super::client::{Client, server, shown};
use crate::project::{EntryGrant, Found};

/// What there is of an entry.
#[derive(Debug)]
pub(crate) struct Status {
    name: String,
    grant: EntryGrant,
    server: String,
    file: String,
    store: Option<Store>,
    /// Why nothing is known of its tokens.
    pub(crate) fault: Option<String>,
    stored: Option<Stored>,
}

impl Status {
    /// That of an entry without faults.
    pub(crate) fn of(found: Found<'_>) -> Self {
        let entry = found.entry;
        let mut status = Self {
            name: entry.name.clone(),
            grant: entry.grant,
            server: server(entry.text("token_url").unwrap_or_default()),
            file: found.file_name().to_owned(),
            store: None,
            fault: None,
            stored: None,
        };
        match Client::store_of_entry(found) {
            Ok(store) => status.store = store,
            Err(failure) => status.fault = Some(failure.message),
        }
        match status.store.as_ref().map(Store::read) {
            Some(Ok(stored)) => status.stored = stored,
            Some(Err(error)) => status.fault = Some(error.message),
            None => {}
        }
        status
    }

    /// For people.
    pub(crate) fn text(&self, now: SystemTime) -> String {
        let mut out = format!("{}\n", self.name);
        let mut line = |name: &str, text: &str| {
            let _ = writeln!(out, "  {name:<8} {text}");
        };
        line("entry", &format!("{} in {}", self.grant.name(), self.file));
        line("server", &self.server);
        line("token", &self.token(now));
        if let Some(scope) = self.stored.as_ref().and_then(|stored| stored.scope.as_deref()) {
            line("scopes", scope);
        }
        line("renewal", if self.renews() { "by itself" } else { "by a login" });
        match &self.store {
            Some(store) => line("kept in", &shown(store)),
            None if self.fault.is_none() => line("kept in", "memory, for one run"),
            None => {}
        }
        match self.is_private() {
            Some(true) => line("", "which you alone can read"),
            Some(false) => line("", "which others can read: `chmod 600` it, and log in again"),
            None => {}
        }
        out
    }

    /// For programs.
    pub(crate) fn json(&self, now: SystemTime) -> Value {
        let token = self.stored.as_ref().map(|stored| {
            let expires = stored.expires();
            let left = expires.duration_since(now).map_or(0, |left| left.as_secs());
            json!({
                "expires_at": DateTime::<Utc>::from(expires).to_rfc3339_opts(SecondsFormat::Secs, true),
                "expires_in": left,
                "scope": stored.scope,
            })
        });
        json!({
            "name": self.name,
            "file": self.file,
            "grant": self.grant.name(),
            "server": self.server,
            "token": token,
            "renewable": self.renews(),
            "store": self.store.as_ref().map(shown),
            "private": self.is_private(),
            "fault": self.fault,
        })
    }

    /// What to say of a token that was just got.
    pub(crate) fn of_new(store: Option<&Store>, now: SystemTime) -> String {
        let stored = store.and_then(|store| store.read().ok().flatten());
        match (store, stored) {
            (Some(store), Some(stored)) => {
                format!("the token {}, and is kept in\n{}", life(&stored, now), shown(store))
            }
            _ => "the token is not kept: the next command needs another one".to_owned(),
        }
    }

    fn token(&self, now: SystemTime) -> String {
        match (&self.fault, &self.stored) {
            (Some(fault), _) => fault.clone(),
            (None, Some(stored)) => life(stored, now),
            (None, None) if self.grant.needs_login() => {
                format!("none: `profilec auth login {}` gets one", self.name)
            }
            (None, None) => "none: it is got when it is needed".to_owned(),
        }
    }

    /// Whether no person is needed for the next token.
    fn renews(&self) -> bool {
        !self.grant.needs_login() || self.stored.as_ref().is_some_and(Stored::is_renewable)
    }

    fn is_private(&self) -> Option<bool> {
        self.store.as_ref().and_then(Store::is_private)
    }
}

fn life(stored: &Stored, now: SystemTime) -> String {
    match stored.expires().duration_since(now) {
        Ok(left) if !left.is_zero() => format!("expires in {}", span(left)),
        Ok(_) => "has expired".to_owned(),
        Err(past) => format!("expired {} ago", span(past.duration())),
    }
}

/// A time as people say it.
pub(super) fn span(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} h", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}
