//! Tokens and where they come from.

mod source;

pub use source::TokenSource;

/// An access token. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    value: String,
}

impl Token {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }

    /// The token itself: for the request that carries it.
    pub fn value(&self) -> &str {
        &self.value
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("***")
    }
}
