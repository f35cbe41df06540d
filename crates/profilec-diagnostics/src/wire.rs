//! Findings for programs: `check --format json`. Within a version fields are added, never renamed.

use serde::Serialize;

use crate::{
    Applicability, Diagnostic, Edit, FileFindings, Fix, Label, Source, Span, Summary,
    findings::{ListedFile, listed},
};

/// One JSON document: files by path, findings by start, then code. An included file is a file of its own.
///
/// `fixed` is how many findings were fixed before.
pub fn render_json(files: &[FileFindings], fixed: usize) -> String {
    let document = WireDocument {
        format: "profilec-findings",
        version: 1,
        files: listed(files).into_iter().map(WireFile::new).collect(),
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
    fn new(file: ListedFile<'a>) -> Self {
        let findings =
            file.findings.into_iter().map(|listed| WireFinding::new(listed.finding, listed.source));
        Self { path: file.path, unreadable: file.unreadable, findings: findings.collect() }
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
