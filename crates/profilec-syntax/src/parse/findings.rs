//! The findings of one parse, bounded in number.

use profilec_diagnostics::{Diagnostic, Tally};

#[derive(Debug, Default)]
pub(super) struct Findings {
    kept: Vec<Diagnostic>,
    tally: Tally,
}

impl Findings {
    pub(super) fn push(&mut self, finding: Diagnostic) {
        if self.tally.admits(&finding) {
            self.kept.push(finding);
        }
    }

    /// The findings that a test lets through, by place, then by code.
    pub(super) fn sorted(mut self, keep: impl Fn(&Diagnostic) -> bool) -> Vec<Diagnostic> {
        self.kept.retain(keep);
        self.kept.sort_by_key(|finding| (finding.primary.span.start(), finding.code.id));
        self.tally.tell(self.kept.iter_mut());
        self.kept
    }
}

impl Extend<Diagnostic> for Findings {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, findings: T) {
        for finding in findings {
            self.push(finding);
        }
    }
}
