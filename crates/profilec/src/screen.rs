//! Findings of all files for people, and the line that counts them.

use std::fmt::Write;

use profilec_diagnostics::{FileFindings, Summary, render_pretty};

use crate::terminal::Terminal;

/// What `check` prints on a screen.
pub(crate) fn screen(files: &[FileFindings], summary: &Summary, terminal: &Terminal) -> String {
    let options = terminal.stdout_options();
    let mut out = String::new();
    for file in files {
        match file {
            FileFindings::Unreadable { path, reason } => {
                let error = terminal.styled("error", RED);
                let _ = write!(out, "{error}: `{path}` cannot be read: {reason}\n\n");
            }
            FileFindings::Checked { findings, source, .. } if !findings.is_empty() => {
                out.push_str(&render_pretty(findings, source, &options));
                out.push('\n');
            }
            FileFindings::Checked { .. } => {}
        }
    }
    out.push_str(&counted(summary, terminal));
    out.push('\n');
    out
}

const RED: &str = "31";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// `2 errors, 1 warning in 3 files, 1 fixable with `--fix``.
fn counted(summary: &Summary, terminal: &Terminal) -> String {
    let found = [
        (summary.errors, "error", RED),
        (summary.warnings, "warning", YELLOW),
        (summary.infos, "info", CYAN),
    ];
    let found = found.into_iter().filter(|(number, ..)| *number > 0);
    let found = found.map(|(number, what, style)| terminal.styled(&count(number, what), style));
    let found = found.collect::<Vec<_>>().join(", ");
    let found = if found.is_empty() { "no findings".to_owned() } else { found };
    let mut line = format!("{found} in {}", count(summary.files, "file"));
    if summary.unreadable > 0 {
        let _ = write!(line, ", {} not readable", count(summary.unreadable, "file"));
    }
    if summary.fixed > 0 {
        let _ = write!(line, ", {} fixed", summary.fixed);
    }
    if summary.fixable > 0 {
        let _ = write!(line, ", {} fixable with `--fix`", summary.fixable);
    }
    if summary.allowed > 0 {
        let _ = write!(line, ", {} allowed", summary.allowed);
    }
    if summary.allowed_errors > 0 {
        let _ = write!(line, " ({})", count(summary.allowed_errors, "error"));
    }
    line
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
