//! How a run ended.

use profilec_diagnostics::Diagnostic;

/// Whether the rows are all the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A documented stop rule fired and nothing seen speaks against it.
    Complete,
    /// Stopped early: a page cap, an interrupt.
    Truncated,
    /// It ended, but something seen says there may be more.
    Unproven,
    /// An error ended it.
    Failed,
}

impl Verdict {
    /// The bare word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Truncated => "truncated",
            Self::Unproven => "unproven",
            Self::Failed => "failed",
        }
    }
}

/// Verdict, reason and evidence.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whether the rows are all the rows.
    pub verdict: Verdict,
    /// Why it ended, with the place in the profile.
    pub reason: Diagnostic,
    /// What was seen that bears on the verdict.
    pub evidence: Vec<Evidence>,
}

/// Something seen on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The code of the doubt, or of the proof.
    pub code: &'static str,
    /// Page, from 1.
    pub page: u64,
    /// JSON pointer or header name.
    pub field: String,
    /// Its value, shortened.
    pub value: String,
}
