//! From AST to plan.
//!
//! Lowering is a row of passes over plain data: statements first, then columns and inputs (which ask what
//! the script sets and reads), then the classification of call bodies.

mod calls;
mod columns;
mod conditionals;
mod dependence;
mod findings;
mod inputs;
mod origins;
mod paths;
mod sets;
mod statements;
mod templates;

use profilec_diagnostics::Diagnostic;
use profilec_syntax::Document;

use crate::Plan;
use findings::Findings;
pub(crate) use paths::ROW_PATHS;

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
    lower_beside(profilec_check::blocking(document), document, options)
}

/// Lowers a profile in which [`profilec_check::Checked::is_blocked`] was not found, without looking again.
///
/// # Errors
/// What lowering alone finds, sorted by place.
pub fn lower_checked(document: &Document, options: &LowerOptions) -> Result<Plan, Vec<Diagnostic>> {
    lower_beside(Vec::new(), document, options)
}

fn lower_beside(
    blocking: Vec<Diagnostic>,
    document: &Document,
    options: &LowerOptions,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut findings = Findings::new(blocking);
    let body = statements::program(document, &mut findings);
    let columns = columns::columns(document, &body, &mut findings);
    let mut plan = Plan {
        table: table(document, options),
        inputs: inputs::inputs(document, &body),
        inputs_read: inputs::names_read(&body, "_input"),
        connection_read: inputs::names_read(&body, "_connection"),
        literal_origins: origins::literal_origins(document, &body),
        origin: document.script.as_ref().map(|script| script.name.span).unwrap_or_default(),
        output: (0..columns.len()).collect(),
        relation: None,
        columns,
        body,
    };
    dependence::classify(&mut plan);
    findings.finish(plan)
}

fn table(document: &Document, options: &LowerOptions) -> String {
    let title = document.info.as_ref().and_then(|info| info.title()).map(|title| title.as_str().trim());
    title.filter(|title| !title.is_empty()).unwrap_or(&options.table).to_owned()
}
