//! `profilec check`.

use std::fmt::Write;

use profilec_diagnostics::{FileFindings, Summary, render_json, render_pretty};

use crate::{
    args::{CheckArgs, CheckFormat},
    exit::Exit,
    failure::Failure,
    profile,
    terminal::{Terminal, product},
};

/// Prints the findings of all profiles.
pub(crate) fn check(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let paths = profile::walk(&args.paths)?;
    let files: Vec<FileFindings> = paths
        .iter()
        .map(|path| match profile::read(path) {
            Ok(source) => FileFindings::Checked { findings: profile::findings(&source), source },
            Err(reason) => FileFindings::Unreadable { path: profile::name(path), reason },
        })
        .collect();
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
