//! `profilec plan`.

use crate::{
    args::PlanArgs,
    exit::Exit,
    failure::Failure,
    profile::{self, Listing},
    terminal::{Terminal, product},
};

/// Prints what a run would do.
pub(crate) fn plan(args: &PlanArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let profile = profile::open(&args.profile, &Listing::default())?;
    let plan = match profile.compile() {
        Ok(plan) => plan,
        Err(findings) => {
            terminal.findings(&findings, &profile.source);
            return Ok(Exit::ProfileErrors);
        }
    };
    let mut text = if args.json {
        profilec_plan::to_json(&plan, &profile.source)
    } else {
        profilec_plan::describe(&plan)
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    product(&text)?;
    Ok(Exit::Complete)
}
