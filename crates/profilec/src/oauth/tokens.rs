//! The token sources of a run.

use std::{cell::RefCell, path::Path, rc::Rc, sync::Arc};

use profilec_auth::{Authenticator, Masker, Scheme, TokenSource};

use super::Client;
use crate::{
    failure::Failure,
    project::{Entries, Found},
    terminal::Terminal,
};

/// The tokens that entries of settings give, each entry with one source, whoever asks for it.
pub(crate) struct Tokens<'a> {
    terminal: &'a Terminal,
    entries: Entries,
    sources: RefCell<Vec<Rc<Named>>>,
    stand_ins: RefCell<Stands>,
}

/// What stands for tokens in scripts, by the name of the entry.
#[derive(Default)]
struct Stands {
    authenticator: Authenticator,
    texts: Vec<(String, String)>,
}

/// An entry's client and tokens.
pub(crate) struct Named {
    pub(crate) client: Client,
    pub(crate) source: Arc<TokenSource>,
}

impl Named {
    /// A client, with no token yet but those that are kept.
    pub(crate) fn new(client: Client, masker: &Masker) -> Self {
        let source = TokenSource::oauth(client.config.clone(), client.store.clone(), masker);
        Self { client, source: Arc::new(source) }
    }
}

impl<'a> Tokens<'a> {
    /// Those of the entries that there are for a file.
    pub(crate) fn near(path: &Path, terminal: &'a Terminal) -> Self {
        Self {
            terminal,
            entries: Entries::near(path),
            sources: RefCell::default(),
            stand_ins: RefCell::default(),
        }
    }

    /// The entries themselves.
    pub(crate) const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// The entry of this name, when nothing is wrong with it.
    ///
    /// # Errors
    /// There is none, or it has errors.
    pub(crate) fn entry(&self, name: &str) -> Result<Found<'_>, Failure> {
        let found = self.entries.named(name)?;
        if let Some((findings, source)) = found.findings() {
            if found.entry.is_broken() {
                return Err(Failure::of_findings(findings.to_vec(), source.clone()));
            }
            self.terminal.findings(findings, source);
        }
        Ok(found)
    }

    /// The client of an entry, and its tokens.
    ///
    /// # Errors
    /// There is no such entry, it has errors, or a secret is missing.
    pub(crate) fn named(&self, name: &str) -> Result<Rc<Named>, Failure> {
        let known = self.sources.borrow().iter().find(|known| known.client.config.label() == name).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let client = Client::of_entry(self.entry(name)?)?;
        let named = Rc::new(Named::new(client, &self.terminal.masker));
        self.sources.borrow_mut().push(Rc::clone(&named));
        Ok(named)
    }

    /// A text that stands for the token of an entry wherever a script puts it.
    ///
    /// # Errors
    /// See [`Self::named`].
    pub(crate) fn stand_in(&self, name: &str) -> Result<String, Failure> {
        let named = self.named(name)?;
        let mut stands = self.stand_ins.borrow_mut();
        if let Some((_, text)) = stands.texts.iter().find(|(known, _)| known == name) {
            return Ok(text.clone());
        }
        let text = stands.authenticator.stand_in(Arc::clone(&named.source));
        stands.texts.push((name.to_owned(), text.clone()));
        Ok(text)
    }

    /// The token of an entry in every request.
    ///
    /// # Errors
    /// See [`Self::named`].
    pub(crate) fn scheme(&self, name: &str) -> Result<Scheme, Failure> {
        let named = self.named(name)?;
        let (header, prefix) = named.client.header.clone();
        Ok(Scheme::Token { header, prefix, source: Arc::clone(&named.source) })
    }

    /// What puts tokens in the place of the texts that stand for them.
    pub(crate) fn authenticator(&self) -> Authenticator {
        self.stand_ins.borrow().authenticator.clone()
    }
}
