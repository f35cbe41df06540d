//! Findings as SARIF 2.1.0: `check --format sarif`.
//!
//! Columns are counted in UTF-16 code units, which all readers of SARIF understand. No line of a profile is copied
//! into the report: it could hold a credential.

mod wire;

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use wire::{
    Artifact, ArtifactChange, Configuration, Content, Driver, Fix, Invocation, Location, Log, Message,
    Notification, PhysicalLocation, Region, Replacement, Result, Rule, RuleProperties, Run, Suppression,
    Tool,
};

use crate::{
    AllowedBy, Applicability, Code, FileFindings, Label, Severity, Source, Span,
    findings::{ListedFinding, listed_with_allowed},
};

/// What may not stand in the path of a URI as it is; a `:` could end a scheme.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

/// One log with one run. What is allowed is in it as suppressed.
pub fn render_sarif(files: &[FileFindings]) -> String {
    let files = listed_with_allowed(files);
    let findings = || files.iter().flat_map(|file| &file.findings);
    let codes: BTreeMap<&str, &Code> =
        findings().map(|listed| (listed.finding.code.id, listed.finding.code)).collect();
    let index_of = |code: &Code| codes.keys().position(|id| *id == code.id).unwrap_or_default();
    let unreadable = files.iter().filter_map(|file| Some(notification(file.path, file.unreadable?)));
    let unreadable: Vec<Notification> = unreadable.collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "profilec",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: codes.values().map(|code| rule(code)).collect(),
                },
            },
            column_kind: "utf16CodeUnits",
            invocations: [Invocation {
                execution_successful: unreadable.is_empty(),
                tool_execution_notifications: unreadable,
            }],
            results: findings().map(|listed| result(*listed, index_of(listed.finding.code))).collect(),
        }],
    };
    // Serialising fails only for maps with keys that are not text; there is none.
    let mut json = serde_json::to_string_pretty(&log).unwrap_or_default();
    json.push('\n');
    json
}

fn rule(code: &'static Code) -> Rule {
    let meaning = section(code.page, "## What it means");
    let why = section(code.page, "## Why it matters");
    // The title only repeats the id.
    let page = code.page.split_once("\n\n").map_or(code.page, |(_, page)| page);
    Rule {
        id: code.id,
        name: code.name(),
        short_description: Message::new(first_line(meaning)),
        full_description: Message::new(meaning),
        help: Message { text: format!("{meaning}\n\n{why}"), markdown: Some(page.to_owned()) },
        default_configuration: Configuration { level: level(code.severity) },
        properties: RuleProperties { tags: [code.area()] },
    }
}

/// The text below a heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let below = page.split_once(heading).map_or(page, |(_, below)| below);
    below.split_once("\n## ").map_or(below, |(text, _)| text).trim()
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn result(listed: ListedFinding<'_>, rule_index: usize) -> Result<'_> {
    let ListedFinding { finding, source, allowed, .. } = listed;
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    let file = source.file_at(finding.primary.span.start()).span();
    let fixes = finding.fixes.iter().filter(|fix| fix.edits.iter().all(|edit| file.contains(edit.span)));
    Result {
        rule_id: finding.code.id,
        rule_index,
        level: level(finding.severity),
        message: Message::new(&text),
        locations: [location(&finding.primary, source, None)],
        related_locations: (1..)
            .zip(&finding.others)
            .map(|(id, label)| location(label, source, Some(id)))
            .collect(),
        fixes: fixes.map(|fix| changed(fix, finding.primary.span, source)).collect(),
        suppressions: allowed.map(suppression).into_iter().collect(),
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn suppression(by: &AllowedBy) -> Suppression<'_> {
    match by {
        AllowedBy::Remark { reason } => Suppression { kind: "inSource", justification: reason.as_deref() },
        AllowedBy::Settings => Suppression { kind: "external", justification: None },
    }
}

fn location(label: &Label, source: &Source, id: Option<u32>) -> Location {
    Location {
        id,
        place: PhysicalLocation {
            artifact_location: artifact(source.file_at(label.span.start()).name()),
            region: Some(region(label.span, source)),
        },
        message: (!label.text.is_empty()).then(|| Message::new(&label.text)),
    }
}

fn region(span: Span, source: &Source) -> Region {
    let (start, end) = (source.utf16_position(span.start()), source.utf16_position(span.end()));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// The edits of a fix, which are in one file.
fn changed(fix: &crate::Fix, place: Span, source: &Source) -> Fix {
    let caution = match fix.applicability {
        Applicability::Safe => "",
        Applicability::Unsafe => " (may change what the profile does)",
    };
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(edit.span, source),
        inserted_content: (!edit.text.is_empty()).then(|| Content { text: edit.text.clone() }),
    });
    Fix {
        description: Message::new(&format!("{}{caution}", fix.title)),
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(source.file_at(place.start()).name()),
            replacements: replacements.collect(),
        }],
    }
}

fn notification(path: &str, reason: &str) -> Notification {
    let place = PhysicalLocation { artifact_location: artifact(path), region: None };
    Notification {
        level: "error",
        message: Message::new(&format!("`{path}` cannot be read: {reason}")),
        locations: [Location { id: None, place, message: None }],
    }
}

/// A path as a URI: readers know files by their path from the top of the repository.
fn artifact(path: &str) -> Artifact {
    let path = path.strip_prefix("./").unwrap_or(path);
    let uri = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
    Artifact { uri: if uri.starts_with('/') { format!("file://{uri}") } else { uri } }
}
