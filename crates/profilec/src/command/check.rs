//! `profilec check`.

use std::{collections::HashSet, fmt::Write};

use profilec_diagnostics::{
    Applicability, FileFindings, Summary, render_github, render_gitlab, render_json, render_pretty,
    render_short,
};

use crate::{
    args::{CheckArgs, CheckFormat},
    exit::Exit,
    failure::Failure,
    fix::{FixOptions, mend},
    profile::{self, File, Found, Profile, Unreadable},
    terminal::{Terminal, product},
};

/// Prints the findings of all profiles, mended before when that is asked for.
pub(crate) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let found = profile::walk(&args.paths)?;
    let mending = if args.fix { mend_all(&found, args, terminal)? } else { Mending::default() };
    let files = if args.diff { mending.left } else { judged(&found, args.allow_files) };
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
            CheckFormat::Pretty => pretty(&files, &summary, terminal),
        })?;
    }
    Ok(if summary.unreadable > 0 || mending.is_incomplete {
        Exit::CannotStart
    } else if summary.errors > 0 || (args.deny_warnings && summary.warnings > 0) {
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
fn mend_all(found: &[Found], args: &CheckArgs, terminal: &Terminal) -> Result<Mending, Failure> {
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
        match mend(file, options) {
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
fn judged(files: &[Found], allow_files: bool) -> Vec<FileFindings> {
    let mut unreadable = Vec::new();
    let (mut outlines, mut checked) = (Vec::new(), Vec::new());
    for found in files {
        let read = match found {
            Ok(file) => Profile::read(file, allow_files).map_err(|reason| (file.name(), reason)),
            Err(Unreadable { name, reason }) => Err((name.clone(), reason.clone())),
        };
        match read {
            Ok(profile) => {
                outlines.push(profile.outline());
                checked.push((profile.findings(), profile.source));
            }
            Err((path, reason)) => unreadable.push(FileFindings::Unreadable { path, reason }),
        }
    }
    let mut said = HashSet::new();
    let tables = checked.into_iter().zip(profile::tables(&outlines)).filter(|(_, is_table)| *is_table);
    let checked = tables.map(|((mut findings, source), _)| {
        findings.retain(|finding| {
            let (start, end) = (finding.primary.span.start(), finding.primary.span.end());
            let place = (source.stored_offset(start), source.stored_offset(end));
            let path = source.file_at(start).name().to_owned();
            said.insert((path, place, finding.code.id, finding.message.clone()))
        });
        FileFindings::Checked { source, findings }
    });
    let mut all: Vec<FileFindings> = checked.collect();
    all.append(&mut unreadable);
    all.sort_by(|a, b| a.path().cmp(b.path()));
    all
}

fn pretty(files: &[FileFindings], summary: &Summary, terminal: &Terminal) -> String {
    let options = terminal.stdout_options();
    let mut out = String::new();
    for file in files {
        match file {
            FileFindings::Unreadable { path, reason } => {
                let _ = write!(out, "error: `{path}` cannot be read: {reason}\n\n");
            }
            FileFindings::Checked { findings, source } if !findings.is_empty() => {
                out.push_str(&render_pretty(findings, source, &options));
                out.push('\n');
            }
            FileFindings::Checked { .. } => {}
        }
    }
    out.push_str(&counted(summary));
    out.push('\n');
    out
}

/// `2 errors, 1 warning in 3 files`.
fn counted(summary: &Summary) -> String {
    let count = |number: usize, what: &str| {
        (number > 0).then(|| format!("{number} {what}{}", if number == 1 { "" } else { "s" }))
    };
    let parts: Vec<String> =
        [count(summary.errors, "error"), count(summary.warnings, "warning"), count(summary.infos, "info")]
            .into_iter()
            .flatten()
            .collect();
    let found = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let files = count(summary.files, "file").unwrap_or_default();
    let unreadable =
        count(summary.unreadable, "file").map_or(String::new(), |files| format!(", {files} not readable"));
    let fixed = if summary.fixed > 0 { format!(", {} fixed", summary.fixed) } else { String::new() };
    format!("{found} in {files}{unreadable}{fixed}")
}
