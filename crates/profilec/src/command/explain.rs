//! `profilec explain`.

use profilec_diagnostics::{Code, Status, codes};

use crate::{args::ExplainArgs, exit::Exit, failure::Failure, terminal::product};

/// Prints a code's page, or all codes.
pub(crate) fn explain(args: &ExplainArgs) -> Result<Exit, Failure> {
    if let (true, None) = (args.list, &args.code) {
        let line = |code: &&&Code| format!("{:<8} {}\n", code.severity.as_str(), code.id);
        let active = codes::ALL.iter().filter(|code| code.status == Status::Active);
        product(&active.map(|code| line(&code)).collect::<String>())?;
        return Ok(Exit::Complete);
    }
    let name = args.code.as_deref().unwrap_or_default();
    let code = codes::named(name).ok_or_else(|| {
        let candidates = codes::ALL.iter().flat_map(|code| [code.id, code.bare(), code.name()]);
        Failure::unknown("code", name, candidates, "`profilec explain --list` shows all codes")
    })?;
    product(code.page)?;
    Ok(Exit::Complete)
}
