//! Marks on the entries of the tables.

/// What profilec does with a part of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// It runs.
    Runs,
    /// Taken without a word: what it asks for is always so here, or nothing here depends on it.
    Ignored,
    /// Taken with a warning that it has no effect.
    NoEffect,
    /// A part of authentication: it is read where `AuthScheme` asks for it; else a warning says that it has no
    /// effect.
    Auth,
    /// Known and never run, for this reason: a phrase that follows "because it".
    Refused(&'static str),
}

impl Support {
    /// Whether a run may meet it: what it asks for happens, or need not.
    pub const fn is_runnable(self) -> bool {
        matches!(self, Self::Runs | Self::Ignored | Self::NoEffect)
    }
}

/// Where the knowledge of a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A vendor's reference page states it.
    Documented,
    /// Seen in published profiles.
    Wild,
    /// Commonly held, no page known.
    Unconfirmed,
    /// The reading that makes the documented parts consistent.
    Inferred,
}
