//! Findings for programs: `check --format json`. Within a version fields are added, never renamed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Applicability, Diagnostic, Edit, Fix, Label, Severity, Source, SourceFile, Span};

/// What was found in one profile, or why it could not be read.
#[derive(Clone, Debug)]
pub enum FileFindings {
    /// It was read and checked.
    Checked {
        /// Its file, and those that it includes.
        source: Source,
        /// What is wrong with them, in any order.
        findings: Vec<Diagnostic>,
    },
    /// It was not read: missing, not UTF-8, too large.
    Unreadable {
        /// Its name, with `/`.
        path: String,
        /// Why not.
        reason: String,
    },
}

impl FileFindings {
    /// The name that messages show.
    pub fn path(&self) -> &str {
        match self {
            Self::Checked { source, .. } => source.name(),
            Self::Unreadable { path, .. } => path,
        }
    }

    /// The names of all its files.
    fn paths(&self) -> Vec<&str> {
        match self {
            Self::Checked { source, .. } => source.files().iter().map(SourceFile::name).collect(),
            Self::Unreadable { path, .. } => vec![path],
        }
    }

    /// Its findings; none when it was not read.
    pub fn findings(&self) -> &[Diagnostic] {
        match self {
            Self::Checked { findings, .. } => findings,
            Self::Unreadable { .. } => &[],
        }
    }
}

/// Counts over all files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files, those that were not read included.
    pub files: usize,
    /// Files that were not read.
    pub unreadable: usize,
    /// Findings of this severity.
    pub errors: usize,
    /// Findings of this severity.
    pub warnings: usize,
    /// Findings of this severity.
    pub infos: usize,
    /// Findings that were turned off.
    pub allowed: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that were fixed.
    pub fixed: usize,
}

impl Summary {
    /// Counts what is there. What was turned off or fixed is not: the caller knows.
    pub fn of(files: &[FileFindings]) -> Self {
        let names: BTreeSet<&str> = files.iter().flat_map(FileFindings::paths).collect();
        let mut summary = Self { files: names.len(), ..Self::default() };
        for file in files {
            summary.unreadable += usize::from(matches!(file, FileFindings::Unreadable { .. }));
            for finding in file.findings() {
                match finding.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Info => summary.infos += 1,
                }
                let safe = |fix: &Fix| fix.applicability == Applicability::Safe;
                summary.fixable += usize::from(finding.fixes.iter().any(safe));
            }
        }
        summary
    }
}

/// One JSON document: files by path, findings by start, then code. An included file is a file of its own.
///
/// `fixed` is how many findings were fixed before.
pub fn render_json(files: &[FileFindings], fixed: usize) -> String {
    let mut by_path: BTreeMap<&str, WireFile<'_>> = BTreeMap::new();
    for file in files {
        match file {
            FileFindings::Checked { source, findings } => {
                for file in source.files() {
                    by_path.entry(file.name()).or_insert_with(|| WireFile::new(file.name()));
                }
                for finding in findings {
                    let path = source.file_at(finding.primary.span.start()).name();
                    let file = by_path.entry(path).or_insert_with(|| WireFile::new(path));
                    file.findings.push(WireFinding::new(finding, source));
                }
            }
            FileFindings::Unreadable { path, reason } => {
                by_path.entry(path).or_insert_with(|| WireFile::new(path)).unreadable = Some(reason);
            }
        }
    }
    let mut files_by_path: Vec<WireFile<'_>> = by_path.into_values().collect();
    for file in &mut files_by_path {
        file.findings.sort_by_key(|finding| (finding.span.start.byte, finding.code));
    }
    let document = WireDocument {
        format: "profilec-findings",
        version: 1,
        files: files_by_path,
        summary: Summary { fixed, ..Summary::of(files) },
    };
    // Serialising fails only for maps with keys that are not text; there is none.
    let mut json = serde_json::to_string_pretty(&document).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct WireDocument<'a> {
    format: &'static str,
    version: u32,
    files: Vec<WireFile<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct WireFile<'a> {
    path: &'a str,
    unreadable: Option<&'a str>,
    findings: Vec<WireFinding<'a>>,
}

impl<'a> WireFile<'a> {
    const fn new(path: &'a str) -> Self {
        Self { path, unreadable: None, findings: Vec::new() }
    }
}

#[derive(Serialize)]
struct WireFinding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    label: Option<&'a str>,
    help: Option<&'a str>,
    url: Option<&'a str>,
    span: WireSpan,
    related: Vec<WireRelated<'a>>,
    fixes: Vec<WireFix<'a>>,
}

impl<'a> WireFinding<'a> {
    fn new(finding: &'a Diagnostic, source: &'a Source) -> Self {
        // Edits name bytes of the finding's own file.
        let file = source.file_at(finding.primary.span.start()).span();
        let fixes = finding.fixes.iter().filter(|fix| fix.edits.iter().all(|edit| file.contains(edit.span)));
        Self {
            code: finding.code.id,
            severity: finding.severity.as_str(),
            message: &finding.message,
            label: Some(finding.primary.text.as_str()).filter(|text| !text.is_empty()),
            help: finding.help.as_deref(),
            url: None,
            span: WireSpan::new(finding.primary.span, source),
            related: finding.others.iter().map(|label| WireRelated::new(label, source)).collect(),
            fixes: fixes.map(|fix| WireFix::new(fix, source)).collect(),
        }
    }
}

#[derive(Serialize)]
struct WireSpan {
    start: WirePosition,
    end: WirePosition,
}

impl WireSpan {
    fn new(span: Span, source: &Source) -> Self {
        let at = |offset: u32| {
            let position = source.position(offset);
            WirePosition { byte: source.stored_offset(offset), line: position.line, column: position.column }
        };
        Self { start: at(span.start()), end: at(span.end()) }
    }
}

#[derive(Serialize)]
struct WirePosition {
    byte: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct WireRelated<'a> {
    path: &'a str,
    label: Option<&'a str>,
    span: WireSpan,
}

impl<'a> WireRelated<'a> {
    fn new(label: &'a Label, source: &'a Source) -> Self {
        Self {
            path: source.file_at(label.span.start()).name(),
            label: Some(label.text.as_str()).filter(|text| !text.is_empty()),
            span: WireSpan::new(label.span, source),
        }
    }
}

#[derive(Serialize)]
struct WireFix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<WireEdit<'a>>,
}

impl<'a> WireFix<'a> {
    fn new(fix: &'a Fix, source: &Source) -> Self {
        Self {
            title: &fix.title,
            safe: fix.applicability == Applicability::Safe,
            edits: fix.edits.iter().map(|edit| WireEdit::new(edit, source)).collect(),
        }
    }
}

#[derive(Serialize)]
struct WireEdit<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

impl<'a> WireEdit<'a> {
    fn new(edit: &'a Edit, source: &Source) -> Self {
        Self {
            start: source.stored_offset(edit.span.start()),
            end: source.stored_offset(edit.span.end()),
            text: &edit.text,
        }
    }
}
