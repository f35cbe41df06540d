//! `profilec auth status`.

use std::{path::Path, time::SystemTime};

use serde_json::json;

use super::HERE;
use crate::{
    args::StatusArgs,
    exit::Exit,
    failure::Failure,
    oauth::{Status, Tokens},
    project::Entries,
    terminal::{Terminal, product},
};

/// Says what tokens there are.
pub(super) fn status(args: &StatusArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let tokens = Tokens::near(Path::new(HERE), terminal);
    let all = tokens.entries().all()?;
    let names: Vec<&str> = match &args.names[..] {
        [] => all.iter().map(|found| found.entry.name.as_str()).collect(),
        named => named.iter().map(String::as_str).collect(),
    };
    let (mut statuses, mut exit) = (Vec::new(), Exit::Complete);
    for name in &names {
        match tokens.entry(name) {
            Ok(found) => statuses.push(Status::of(found)),
            // The others are told all the same.
            Err(failure) if failure.findings.is_some() => {
                terminal.failure(&failure);
                exit = failure.exit;
            }
            Err(failure) => return Err(failure),
        }
    }
    let now = SystemTime::now();
    if args.json {
        let entries: Vec<_> = statuses.iter().map(|status| status.json(now)).collect();
        let document = json!({ "format": "profilec-auth-status", "version": 1, "entries": entries });
        product(&format!("{document:#}\n"))?;
    } else if names.is_empty() {
        terminal.tell(&format!("there are no entries: {}", Entries::listed(&names)));
    } else {
        let texts: Vec<String> = statuses.iter().map(|status| status.text(now)).collect();
        product(&texts.join("\n"))?;
    }
    let is_faulty = statuses.iter().any(|status| status.fault.is_some());
    Ok(if exit == Exit::Complete && is_faulty { Exit::Failed } else { exit })
}
