//! `profilec check`.

use std::collections::HashSet;

use profilec_diagnostics::{
    Applicability, Diagnostic, FileFindings, Summary, render_github, render_gitlab, render_json,
    render_junit, render_sarif, render_short,
};

use crate::{
    args::{CheckArgs, CheckFormat},
    exit::Exit,
    failure::Failure,
    fix::{FixOptions, mend},
    judge::Judge,
    profile::{self, File, Found, Profile, Unreadable},
    screen::{count, screen},
    terminal::{Terminal, product},
};

/// Prints the findings of all profiles, mended before when that is asked for.
pub(crate) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut judge = Judge::new(args)?;
    let mut found = profile::walk_but(&args.paths, &mut |path| judge.excludes(path))?;
    if args.force_exclude {
        found.retain(|found| !found.as_ref().is_ok_and(|file| judge.excludes(&file.place())));
    }
    let mending = if args.fix { mend_all(&found, args, &mut judge, terminal)? } else { Mending::default() };
    let mut files = if args.diff { mending.left } else { judged(&found, args.allow_files, &mut judge) };
    files.extend(judge.faults_of_projects());
    files.sort_by(|a, b| a.path().cmp(b.path()));
    let summary = Summary { fixed: mending.fixed, ..Summary::of(&files) };
    if args.diff {
        for file in &files {
            if let FileFindings::Unreadable { path, reason } = file {
                terminal.failure(&Failure::new(format!("`{path}` cannot be read: {reason}")));
            }
        }
    } else {
        product(&match args.format {
            CheckFormat::Json => render_json(&files, summary.fixed),
            CheckFormat::Short => render_short(&files),
            CheckFormat::Github => render_github(&files),
            CheckFormat::Gitlab => render_gitlab(&files),
            CheckFormat::Sarif => render_sarif(&files),
            CheckFormat::Junit => render_junit(&files),
            CheckFormat::Pretty => screen(&files, &summary, terminal),
        })?;
        if summary.allowed_errors > 0 && !matches!(args.format, CheckFormat::Pretty | CheckFormat::Json) {
            // A format that has no place for it must not make errors pass in silence.
            terminal.tell(&format!("note: {} allowed", count(summary.allowed_errors, "error")));
        }
    }
    Ok(if summary.unreadable > 0 || mending.is_incomplete {
        Exit::CannotStart
    } else if files.iter().any(FileFindings::fails) {
        Exit::ProfileErrors
    } else {
        Exit::Complete
    })
}

/// What became of fixes.
#[derive(Default)]
struct Mending {
    fixed: usize,
    left: Vec<FileFindings>,
    /// A file could not be written.
    is_incomplete: bool,
}

/// Mends all files on disk, each on its own: one that cannot be written does not keep the others from it.
fn mend_all(
    found: &[Found],
    args: &CheckArgs,
    judge: &mut Judge,
    terminal: &Terminal,
) -> Result<Mending, Failure> {
    let allowed = if args.allow_unsafe { Applicability::Unsafe } else { Applicability::Safe };
    let options = FixOptions { allowed, diff: args.diff, allow_files: args.allow_files };
    let mut mending = Mending::default();
    for found in found {
        let file = match found {
            Ok(file @ File::Disk(_)) => file,
            // What is in an archive is left alone.
            Ok(File::Member { .. }) => continue,
            Err(Unreadable { name, reason }) => {
                let (path, reason) = (name.clone(), reason.clone());
                mending.left.push(FileFindings::Unreadable { path, reason });
                continue;
            }
        };
        if file.is_stdin() && !args.diff {
            return Err(Failure::new("standard input cannot be mended in place")
                .help("`--diff` shows what would change"));
        }
        match mend(file, judge, options) {
            Ok(mended) => {
                mending.fixed += mended.fixed;
                mending.left.push(mended.left);
            }
            Err(failure) if failure.exit == Exit::CannotStart => {
                terminal.failure(&failure);
                mending.is_incomplete = true;
            }
            // Standard output is gone: nothing more can be told.
            Err(failure) => return Err(failure),
        }
    }
    Ok(mending)
}

/// What can be said about each file. What a table includes is judged with the table; of a finding about a file that
/// several include, one is enough.
fn judged(files: &[Found], allow_files: bool, judge: &mut Judge) -> Vec<FileFindings> {
    let mut all = Vec::new();
    let (mut outlines, mut checked) = (Vec::new(), Vec::new());
    for found in files {
        let read = match found {
            Ok(file) => Profile::read(file, allow_files)
                .map(|profile| (file, profile))
                .map_err(|reason| (file.name(), reason)),
            Err(Unreadable { name, reason }) => Err((name.clone(), reason.clone())),
        };
        match read {
            Ok((file, profile)) => {
                outlines.push(profile.outline());
                checked.push(judge.judge(file, profile));
            }
            Err((path, reason)) => all.push(FileFindings::Unreadable { path, reason }),
        }
    }
    let mut said = HashSet::new();
    let tables = checked.into_iter().zip(profile::tables(&outlines)).filter(|(_, is_table)| *is_table);
    all.extend(tables.map(|(mut file, _)| {
        if let FileFindings::Checked { source, findings, allowed, .. } = &mut file {
            let mut is_new = |finding: &Diagnostic| {
                let (start, end) = (finding.primary.span.start(), finding.primary.span.end());
                let place = (source.stored_offset(start), source.stored_offset(end));
                let path = source.file_at(start).name().to_owned();
                said.insert((path, place, finding.code.id, finding.message.clone()))
            };
            findings.retain(&mut is_new);
            allowed.retain(|allowed| is_new(&allowed.finding));
        }
        file
    }));
    all
}
