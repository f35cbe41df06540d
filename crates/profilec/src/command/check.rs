//! `profilec check`.

use profilec_diagnostics::{
    Applicability, FileFindings, Summary, render_github, render_gitlab, render_json, render_junit,
    render_sarif, render_short,
};

use crate::{
    args::{CheckArgs, CheckFormat},
    exit::Exit,
    failure::Failure,
    fix::{FixOptions, mend},
    judge::Judge,
    profile::{self, File, Found, Unreadable},
    sample::{Proven, Samples},
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
    let mut samples = Samples::read(&found, args, terminal)?;
    let mut proven = prove(&found, samples.as_mut())?;
    let mending = if args.fix {
        mend_all(&found, args, &mut judge, samples.as_mut(), terminal)?
    } else {
        Mending::default()
    };
    if mending.fixed > 0 && !args.diff {
        proven = prove(&found, samples.as_mut())?;
    }
    if !args.diff {
        proven.notes.iter().for_each(|note| terminal.tell(note));
    }
    let mut files =
        if args.diff { mending.left } else { judge.judge_all(found, proven.findings, args.allow_files) };
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

/// What samples say of the one profile that they are for.
fn prove(found: &[Found], samples: Option<&mut Samples<'_>>) -> Result<Proven, Failure> {
    match (found, samples) {
        ([Ok(file)], Some(samples)) => samples.judge_file(file),
        _ => Ok(Proven::default()),
    }
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
    mut samples: Option<&mut Samples<'_>>,
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
        match mend(file, judge, samples.as_deref_mut(), options) {
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
