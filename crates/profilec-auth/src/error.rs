//! Why a request gets no credentials.

use profilec_diagnostics::{Code, Diagnostic, Label};

/// Why no credentials could be had. Holds no secret.
#[derive(Clone, Debug)]
pub struct AuthError {
    /// What kind of failure.
    pub code: &'static Code,
    /// What happened.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The `error` of an OAuth server (RFC 6749, section 5.2).
    pub oauth_error: Option<String>,
}

impl AuthError {
    /// A failure with its story, for people.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None, oauth_error: None }
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The failure at a place of the profile.
    pub fn at(&self, label: Label) -> Diagnostic {
        let finding = Diagnostic::new(self.code, self.message.clone(), label);
        match &self.help {
            Some(help) => finding.help(help.clone()),
            None => finding,
        }
    }
}

impl std::fmt::Display for AuthError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for AuthError {}
