//! The keywords: elements with the prefix `api:`, `rsb:` or `arc:`.

use std::sync::LazyLock;

use crate::index::Index;
use crate::{Evidence, KEYWORDS, Parameter, Support};

/// A keyword's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the keyword of its name; the table documents it")]
pub enum KeywordId {
    Break,
    Call,
    Case,
    Catch,
    Check,
    Continue,
    Default,
    Else,
    Enum,
    Equals,
    Exists,
    First,
    Finally,
    If,
    Include,
    Info,
    Last,
    Map,
    Match,
    NotEquals,
    Null,
    NotNull,
    Push,
    Script,
    Select,
    Set,
    SetC,
    SetM,
    Throw,
    Try,
    Unset,
    Validate,
}

impl KeywordId {
    /// Whether the text in it is read: as a value, or as the description that `push` takes.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::Set | Self::SetC | Self::SetM | Self::Push)
    }

    /// Whether it runs one of two branches, so that an `else` may stand in it.
    pub const fn is_conditional(self) -> bool {
        matches!(
            self,
            Self::If
                | Self::Check
                | Self::Exists
                | Self::NotNull
                | Self::Null
                | Self::Equals
                | Self::NotEquals
                | Self::Match
        )
    }
}

/// One keyword.
#[derive(Debug)]
pub struct Keyword {
    /// Which.
    pub id: KeywordId,
    /// As written, lower case, without prefix.
    pub name: &'static str,
    /// Its attributes.
    pub parameters: &'static [Parameter],
    /// Whether it runs.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

impl Keyword {
    /// The parameter with this spelling, ignoring case.
    pub fn parameter(&self, written: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| parameter.is(written))
    }
}

/// The keyword of this name (without prefix), ignoring case.
pub fn keyword(name: &str) -> Option<&'static Keyword> {
    static NAMES: LazyLock<Index<Keyword>> = LazyLock::new(|| Index::new(KEYWORDS, |keyword| [keyword.name]));
    NAMES.get(name)
}
