//! Names that take a value.

use crate::{Evidence, Kind, Support};

/// A name with a value: a keyword's attribute, a column's, an operation's input, a connection option.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The canonical spelling.
    pub name: &'static str,
    /// Other accepted spellings.
    pub synonyms: &'static [&'static str],
    /// What its value is.
    pub kind: Kind,
    /// Must be there.
    pub required: bool,
    /// What it is when it is not there.
    pub default: Option<&'static str>,
    /// Its value is masked in every output.
    pub secret: bool,
    /// What profilec does with it.
    pub support: Support,
    /// How it is known.
    pub evidence: Evidence,
    /// Since when, where, or what took its place; may be empty.
    pub note: &'static str,
    /// One line.
    pub doc: &'static str,
}

impl Parameter {
    /// Whether this is a spelling of it, ignoring case.
    pub fn is(&self, written: &str) -> bool {
        self.spellings().any(|spelling| spelling.eq_ignore_ascii_case(written))
    }

    /// The canonical spelling, then the others.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        std::iter::once(self.name).chain(self.synonyms.iter().copied())
    }

    /// An optional one that runs.
    pub(crate) const fn new(name: &'static str, kind: Kind, evidence: Evidence, doc: &'static str) -> Self {
        Self {
            name,
            synonyms: &[],
            kind,
            required: false,
            default: None,
            secret: false,
            support: Support::Runs,
            evidence,
            note: "",
            doc,
        }
    }

    pub(crate) const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.synonyms = synonyms;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    pub(crate) const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    pub(crate) const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    pub(crate) const fn but(mut self, support: Support) -> Self {
        self.support = support;
        self
    }
}
