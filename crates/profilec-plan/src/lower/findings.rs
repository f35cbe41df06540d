//! The findings of one lowering.

use profilec_diagnostics::{Code, Diagnostic, Label, Severity, Span, codes};

/// Collected on the way; lowering goes on after each, so that one run tells them all.
#[derive(Debug)]
pub(crate) struct Findings {
    known: Vec<Diagnostic>,
    own: Vec<Diagnostic>,
}

impl Findings {
    /// Starts with what the checker found.
    pub(crate) const fn new(known: Vec<Diagnostic>) -> Self {
        Self { known, own: Vec::new() }
    }

    pub(crate) fn push(&mut self, finding: Diagnostic) {
        self.own.push(finding);
    }

    /// Whether lowering itself has reported this code.
    pub(crate) fn has(&self, code: &Code) -> bool {
        self.own.iter().any(|finding| finding.code == code)
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

    /// The plan, when nothing blocks it; else all errors by place. What the checker says already is not said
    /// again.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Vec<Diagnostic>> {
        let Self { known: mut all, own } = self;
        for finding in own {
            let said = all
                .iter()
                .any(|other| other.code == finding.code && touch(other.primary.span, finding.primary.span));
            if !said && finding.severity == Severity::Error {
                all.push(finding);
            }
        }
        if all.is_empty() {
            return Ok(value);
        }
        all.sort_by_key(|finding| (finding.primary.span, finding.code.id));
        Err(all)
    }
}

/// Whether two places share a byte, or stand at the same one.
fn touch(a: Span, b: Span) -> bool {
    a.start() <= b.end() && b.start() <= a.end()
}
