//! From AST to plan.

use profilec_diagnostics::Diagnostic;
use profilec_syntax::Document;

use crate::Plan;

/// What lowering must know besides the document.
#[derive(Clone, Debug, Default)]
pub struct LowerOptions {
    /// The table's name when the profile gives none: the file's stem.
    pub table: String,
}

/// Lowers the GET path of a profile. Write blocks are not looked at.
///
/// # Errors
/// Everything that keeps the GET path from running, sorted by place.
pub fn lower(document: &Document, options: &LowerOptions) -> Result<Plan, Vec<Diagnostic>> {
    let _ = (document, options);
    Err(Vec::new())
}
