//! The two questions: what is wrong, and what keeps the GET path from running.

use profilec_diagnostics::{Diagnostic, Severity};
use profilec_syntax::Document;

use crate::cx::{Cx, Found};
use crate::flow::Resolver;
use crate::names::Names;
use crate::walk;

/// What to look at.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CheckOptions {
    /// The name of the profile's file without folder and ending. `None`: it has none, as the standard input.
    pub file_stem: Option<String>,
}

impl CheckOptions {
    /// For a profile in a file of this name, without folder and ending.
    pub fn for_file(stem: impl Into<String>) -> Self {
        Self { file_stem: Some(stem.into()) }
    }
}

/// A profile that was looked at once, for both questions.
#[derive(Debug)]
pub struct Checked {
    found: Vec<Found>,
}

impl Checked {
    /// Looks at a profile.
    #[must_use]
    pub fn new(document: &Document, options: &CheckOptions) -> Self {
        let names = Names::new(document);
        let values = Resolver::new(document);
        let mut cx = Cx::new(document, options.file_stem.as_deref(), &names, &values);
        walk::walk(&mut cx);
        Self { found: cx.into_found() }
    }

    /// Whether something keeps the GET path from running: [`blocking`] is not empty.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.found.iter().any(blocks)
    }

    /// All findings about it, by place, then code.
    #[must_use]
    pub fn into_findings(self) -> Vec<Diagnostic> {
        self.found.into_iter().map(|found| found.diagnostic).collect()
    }
}

/// All findings about a profile, by place, then code.
pub fn check(document: &Document, options: &CheckOptions) -> Vec<Diagnostic> {
    Checked::new(document, options).into_findings()
}

/// The errors that keep the GET path from running, by place. Faults that a run survives, as duplicate columns,
/// misspelt types or anything in a write block, are not among them.
pub fn blocking(document: &Document) -> Vec<Diagnostic> {
    let Checked { found } = Checked::new(document, &CheckOptions::default());
    found.into_iter().filter(blocks).map(|found| found.diagnostic).collect()
}

fn blocks(found: &Found) -> bool {
    found.blocks && found.diagnostic.severity == Severity::Error
}
