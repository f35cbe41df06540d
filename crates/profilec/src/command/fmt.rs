//! `profilec fmt`.

use profilec_diagnostics::Source;

use crate::{
    args::FmtArgs,
    exit::Exit,
    failure::Failure,
    profile::{self, File, Found, Unreadable},
    rewrite::{print_diff, replace},
    terminal::{Terminal, product},
};

/// Lays profiles out, each on its own: one that cannot be does not keep the others from it.
pub(crate) fn fmt(args: &FmtArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut files = profile::walk(&args.paths)?;
    files.retain(|found| !matches!(found, Ok(File::Member { .. })));
    if files.is_empty() {
        return Err(
            Failure::new("an archive is not laid out").help("unpack it, and pack it again afterwards")
        );
    }
    let mut exit = Exit::Complete;
    for found in &files {
        match one(found, args, terminal) {
            Ok(Exit::Complete) => {}
            Ok(other) if exit == Exit::Complete => exit = other,
            Ok(_) => {}
            Err(failure) if failure.exit == Exit::CannotStart => {
                terminal.failure(&failure);
                exit = Exit::CannotStart;
            }
            // Standard output is gone: nothing more can be told.
            Err(failure) => return Err(failure),
        }
    }
    Ok(exit)
}

fn one(found: &Found, args: &FmtArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let unreadable = |name: &str, reason: &str| Failure::new(format!("`{name}` cannot be read: {reason}"));
    let file = match found {
        Ok(file) => file,
        Err(Unreadable { name, reason }) => return Err(unreadable(name, reason)),
    };
    let name = file.name();
    let (before, encoding) = file.read().map_err(|reason| unreadable(&name, &reason))?;
    let after = match profilec_format::format(&before) {
        Ok(after) => after,
        Err(faults) => {
            terminal.findings(&faults, &Source::new(name.clone(), before));
            let failure = Failure::new(format!("`{name}` has to be mended before it is laid out"));
            terminal.failure(&failure.help("`profilec check --fix` mends what is certain"));
            return Ok(Exit::ProfileErrors);
        }
    };
    let is_changed = before != after;
    if args.diff && is_changed {
        print_diff(file, &before, &after)?;
    }
    if args.check && is_changed {
        if !args.diff {
            product(&format!("{name}\n"))?;
        }
        return Ok(Exit::ProfileErrors);
    }
    if !args.diff && !args.check && (is_changed || file.is_stdin()) {
        replace(file, &after, encoding)?;
        if !file.is_stdin() {
            terminal.tell(&format!("formatted {name}"));
        }
    }
    Ok(Exit::Complete)
}
