//! `profilec plan`.

use crate::{
    args::PlanArgs,
    exit::Exit,
    failure::Failure,
    profile,
    terminal::{Terminal, product},
};

/// Prints what a run would do.
pub(crate) fn plan(args: &PlanArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let source = profile::open(&args.profile)?;
    let plan = match profile::compile(&source) {
        Ok(plan) => plan,
        Err(findings) => {
            terminal.findings(&findings, &source);
            return Ok(Exit::ProfileErrors);
        }
    };
    let mut text = if args.json { profilec_plan::to_json(&plan) } else { profilec_plan::describe(&plan) };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    product(&text)?;
    Ok(Exit::Complete)
}
