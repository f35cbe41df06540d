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
pub struct CheckOptions {}

/// All findings about a profile, by place, then code.
pub fn check(document: &Document, options: &CheckOptions) -> Vec<Diagnostic> {
    let CheckOptions {} = options;
    found(document).into_iter().map(|found| found.diagnostic).collect()
}

/// The errors that keep the GET path from running, by place. Faults that a run survives, as duplicate columns,
/// misspelt types or anything in a write block, are not among them.
pub fn blocking(document: &Document) -> Vec<Diagnostic> {
    let blocks = |found: &Found| found.blocks && found.diagnostic.severity == Severity::Error;
    found(document).into_iter().filter(blocks).map(|found| found.diagnostic).collect()
}

fn found(document: &Document) -> Vec<Found> {
    let names = Names::new(document);
    let values = Resolver::new(document);
    let mut cx = Cx::new(document, &names, &values);
    walk::walk(&mut cx);
    cx.into_found()
}
