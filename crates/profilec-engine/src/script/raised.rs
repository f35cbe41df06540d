//! Errors as the script sees them.

use profilec_diagnostics::{Diagnostic, Span, codes};

use super::{Item, Value};

/// An error on its way through the script.
#[derive(Clone, Debug)]
pub(crate) struct Raised {
    /// What `_code` reads.
    pub(crate) code: String,
    /// What `_desc` and `_description` read.
    pub(crate) description: String,
    /// What `_details` reads.
    pub(crate) details: String,
    /// What is told when nothing catches it.
    pub(crate) finding: Diagnostic,
}

impl Raised {
    /// An error of a request or its answer: the code is the status, when there was one.
    pub(crate) fn by_answer(finding: Diagnostic, status: u16) -> Self {
        let mut raised = Self::from(finding);
        if status >= 400 {
            raised.code = status.to_string();
        }
        raised
    }

    /// Whether a handler for this code takes it. What keeps a script from ending is never caught.
    pub(crate) fn is_for(&self, code: &str) -> bool {
        let code = code.trim();
        self.is_catchable() && (code.is_empty() || code == "*" || code.eq_ignore_ascii_case(&self.code))
    }

    /// Whether handlers see it at all.
    pub(crate) fn is_catchable(&self) -> bool {
        self.finding.code != &codes::structure::too_many_steps
    }

    /// The control attributes of a handler.
    pub(crate) fn controls(&self) -> Item {
        let mut item = Item::default();
        for (name, text) in [
            ("_code", &self.code),
            ("_desc", &self.description),
            ("_description", &self.description),
            ("_details", &self.details),
            ("api:ecode", &self.code),
            ("api:emessage", &self.description),
        ] {
            // An answer may have had a part in the text.
            item.bind(name, Some(Value::response(text.clone(), Span::default())));
        }
        item
    }
}

impl From<Diagnostic> for Raised {
    fn from(finding: Diagnostic) -> Self {
        Self {
            code: finding.code.id.trim_start_matches("profilec::").to_owned(),
            description: finding.message.clone(),
            details: finding.help.clone().unwrap_or_default(),
            finding,
        }
    }
}

impl From<Diagnostic> for Box<Raised> {
    fn from(finding: Diagnostic) -> Self {
        Self::new(finding.into())
    }
}
