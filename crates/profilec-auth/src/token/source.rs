//! One access token, and its successors.

use crate::{AuthError, Endpoint, Masker, Token};

/// Where an access token comes from.
#[derive(Debug)]
pub struct TokenSource {
    masker: Masker,
    fixed: Token,
}

impl TokenSource {
    /// A token that was got elsewhere, and that nothing renews.
    pub fn fixed(token: &str, masker: &Masker) -> Self {
        masker.learn(token);
        Self { masker: masker.clone(), fixed: Token::new(token) }
    }

    /// A token that is good for now.
    ///
    /// # Errors
    /// None can be had.
    pub async fn token(&self, _endpoint: &impl Endpoint) -> Result<Token, AuthError> {
        Ok(self.fixed.clone())
    }

    /// Notes that a token was refused; tells whether there may be a better one.
    pub(crate) fn refuse(&self, _token: &Token) -> bool {
        false
    }

    pub(crate) fn masker(&self) -> &Masker {
        &self.masker
    }
}
