//! `profilec check`.

use std::{collections::HashSet, fmt::Write};

use profilec_diagnostics::{FileFindings, Summary, render_json, render_pretty};

use crate::{
    args::{CheckArgs, CheckFormat},
    exit::Exit,
    failure::Failure,
    profile::{self, Found, Profile, Unreadable},
    terminal::{Terminal, product},
};

/// Prints the findings of all profiles.
pub(crate) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let files = judged(&profile::walk(&args.paths)?, args.allow_files);
    let summary = Summary::of(&files);
    product(&match args.format {
        CheckFormat::Json => render_json(&files),
        CheckFormat::Pretty => pretty(&files, &summary, terminal),
    })?;
    Ok(if summary.unreadable > 0 {
        Exit::CannotStart
    } else if summary.errors > 0 || (args.deny_warnings && summary.warnings > 0) {
        Exit::ProfileErrors
    } else {
        Exit::Complete
    })
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
    match count(summary.unreadable, "file") {
        Some(unreadable) => format!("{found} in {files}, {unreadable} not readable"),
        None => format!("{found} in {files}"),
    }
}
