//! `profilec plan`.

use profilec_engine::Settings;

use crate::{
    args::PlanArgs,
    exit::Exit,
    failure::Failure,
    profile,
    terminal::{Terminal, product},
};

/// Prints what a run would do.
pub(crate) fn plan(args: &PlanArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let options = Settings::new();
    let table = profile::open(&args.profile, &options)?;
    let source = &table.profile.source;
    let plan = match table.compile(&options) {
        Ok(plan) => plan,
        Err(findings) => {
            terminal.findings(&findings, source);
            return Ok(Exit::ProfileErrors);
        }
    };
    let mut text =
        if args.json { profilec_plan::to_json(&plan, source) } else { profilec_plan::describe(&plan) };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    product(&text)?;
    Ok(Exit::Complete)
}
