//! The findings of one lowering.

use profilec_diagnostics::{Code, Diagnostic, Label, Severity, Span, codes};

/// Collected on the way; lowering goes on after each, so that one run tells them all.
#[derive(Debug)]
pub(crate) struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Starts with what the checker found.
    pub(crate) const fn new(known: Vec<Diagnostic>) -> Self {
        Self(known)
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        self.0.push(finding);
    }

    /// A part of the language that does not run yet.
    pub(crate) fn not_yet(&mut self, span: Span, what: &str) {
        self.report(
            &codes::structure::not_supported_yet,
            span,
            format!("{what} is not supported yet"),
            "profilec does not run this",
            None,
        );
    }

    pub(crate) fn report(
        &mut self,
        code: &'static Code,
        span: Span,
        message: String,
        label: &str,
        help: Option<String>,
    ) {
        let finding = Diagnostic::new(code, message, Label::new(span, label));
        self.push(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// The plan, when nothing blocks it; else all errors by place, one for each code and place: the checker
    /// and lowering may both have seen the same.
    pub(crate) fn finish<T>(mut self, value: T) -> Result<T, Vec<Diagnostic>> {
        self.0.retain(|finding| finding.severity == Severity::Error);
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0.sort_by_key(|finding| (finding.primary.span, finding.code.id));
        self.0.dedup_by(|a, b| a.code == b.code && a.primary.span == b.primary.span);
        Err(self.0)
    }
}
