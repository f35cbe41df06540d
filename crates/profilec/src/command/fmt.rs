//! `profilec fmt`.

use std::path::Path;

use profilec_diagnostics::{Severity, Source};

use crate::{
    args::FmtArgs,
    exit::Exit,
    failure::Failure,
    profile::{self, File, Found, Unreadable},
    project::Projects,
    rewrite::{print_diff, replace},
    terminal::{Terminal, product},
};

/// Lays profiles out, each on its own: one that cannot be does not keep the others from it.
pub(crate) fn fmt(args: &FmtArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut projects = Projects::new(args.config.as_deref())?;
    let mut leave_out = |path: &Path| projects.exclude(path, |project| &project.fmt.exclude);
    let mut files = profile::walk_but(&args.paths, &mut leave_out)?;
    let only_archives = files.iter().all(|found| matches!(found, Ok(File::Member { .. })));
    if only_archives && !files.is_empty() {
        return Err(
            Failure::new("an archive is not laid out").help("unpack it, and pack it again afterwards")
        );
    }
    files.retain(|found| match found {
        Ok(File::Member { .. }) => false,
        Ok(file) => {
            // Asked also where the answer does not count: the faults of the settings are told then.
            let is_left_out = leave_out(&file.place());
            !(args.force_exclude && is_left_out)
        }
        Err(_) => true,
    });
    let mut exit = tell_faults(&projects, terminal);
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

/// Says what is wrong with the settings of the projects that were met.
fn tell_faults(projects: &Projects, terminal: &Terminal) -> Exit {
    let mut exit = Exit::Complete;
    for project in projects.met() {
        match &project.file {
            Ok((_, faults)) if faults.is_empty() => {}
            Ok((source, faults)) => {
                terminal.findings(faults, source);
                if exit == Exit::Complete && faults.iter().any(|fault| fault.severity == Severity::Error) {
                    exit = Exit::ProfileErrors;
                }
            }
            Err((name, reason)) => {
                terminal.failure(&unreadable(name, reason));
                exit = Exit::CannotStart;
            }
        }
    }
    exit
}

fn unreadable(name: &str, reason: &str) -> Failure {
    Failure::new(format!("`{name}` cannot be read: {reason}"))
}

fn one(found: &Found, args: &FmtArgs, terminal: &Terminal) -> Result<Exit, Failure> {
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
