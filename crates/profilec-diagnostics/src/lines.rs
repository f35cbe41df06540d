//! A line for each finding: `check --format short` and `check --format github`.

use std::fmt::Write;

use crate::{
    Diagnostic, FileFindings, Severity, Source,
    findings::{ListedFinding, listed},
};

/// `file:line:column: level[code] message`, as editors and `grep` readers take it.
pub fn render_short(files: &[FileFindings]) -> String {
    let mut out = String::new();
    for file in listed(files) {
        if let Some(reason) = file.unreadable {
            let _ = writeln!(out, "{}", one_line(&format!("{}: error: cannot be read: {reason}", file.path)));
        }
        for ListedFinding { finding, source, .. } in file.findings {
            let at = source.position(finding.primary.span.start());
            let (level, code) = (finding.severity.as_str(), finding.code.id);
            let line =
                format!("{}:{}:{}: {level}[{code}] {}", file.path, at.line, at.column, finding.message);
            let _ = writeln!(out, "{}", one_line(&line));
        }
    }
    out
}

/// Names and messages may quote a line end or a terminal's escape: neither may start a line or reach a terminal.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// Workflow commands that GitHub Actions shows as annotations of a change.
pub fn render_github(files: &[FileFindings]) -> String {
    let mut out = String::new();
    for file in listed(files) {
        // GitHub knows files by their path from the top of the repository.
        let path = property(file.path.strip_prefix("./").unwrap_or(file.path));
        if let Some(reason) = file.unreadable {
            let reason = data(reason);
            let _ = writeln!(out, "::error file={path},title=profilec::cannot be read: {reason}");
        }
        for ListedFinding { finding, source, .. } in file.findings {
            let _ = writeln!(out, "{}", annotation(finding, source, &path));
        }
    }
    out
}

fn annotation(finding: &Diagnostic, source: &Source, path: &str) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let span = finding.primary.span;
    let (start, end) = (source.position(span.start()), source.position(span.end()));
    // GitHub takes columns only of places within one line.
    let place = if start.line == end.line {
        format!("line={},col={},endLine={},endColumn={}", start.line, start.column, end.line, end.column)
    } else {
        format!("line={},endLine={}", start.line, end.line)
    };
    let message = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    format!("::{command} file={path},{place},title={}::{}", property(finding.code.id), data(&message))
}

/// The message of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
