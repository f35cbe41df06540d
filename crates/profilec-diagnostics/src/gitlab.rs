//! Findings as a GitLab code quality report: `check --format gitlab`.

use std::{collections::HashMap, fmt::Write};

use serde::Serialize;

use crate::{
    FileFindings, Severity,
    findings::{ListedFinding, listed},
};

/// One JSON list, for `artifacts:reports:codequality`.
pub fn render_gitlab(files: &[FileFindings]) -> String {
    let mut issues = Vec::new();
    for file in listed(files) {
        // GitLab knows files by their path from the top of the repository.
        let path = file.path.strip_prefix("./").unwrap_or(file.path);
        if let Some(reason) = file.unreadable {
            issues.push(Issue::new(path, "profilec", "blocker", 1, format!("cannot be read: {reason}")));
        }
        for ListedFinding { finding, source, .. } in file.findings {
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            };
            let line = source.position(finding.primary.span.start()).line;
            issues.push(Issue::new(path, finding.code.id, severity, line, finding.message.clone()));
        }
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    for issue in &mut issues {
        let count = seen.entry(issue.fingerprint.clone()).or_default();
        *count += 1;
        let _ = write!(issue.fingerprint, " #{count}");
    }
    // Serialising fails only for maps with keys that are not text; there is none.
    let mut json = serde_json::to_string_pretty(&issues).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    /// What tells a finding from all others and stays when lines move: so no place is in it.
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl<'a> Issue<'a> {
    fn new(
        path: &'a str,
        check_name: &'static str,
        severity: &'static str,
        line: u32,
        description: String,
    ) -> Self {
        let fingerprint = format!("{path} {check_name} {description}");
        let location = Location { path, lines: Lines { begin: line } };
        Self { description, check_name, fingerprint, severity, location }
    }
}
