//! The profile of a case: its fragment in the frame of a small one, or a whole one.

use std::ops::Range;

use profilec_check::{CheckOptions, blocking, check};
use profilec_diagnostics::{Diagnostic, Encoding, Severity, Source, Span};
use profilec_plan::{LowerOptions, Plan, lower};
use profilec_syntax::{Document, IncludedFile, link, parse_part};

use crate::case::Case;
use crate::told::Told;

const OPEN: &str = r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" desc="Kilns" xmlns:other="http://apiscript.com/ns?v1">
"#;
const COLUMNS: &str = r#"    <attr name="id" xs:type="long" other:xPath="id"/>
    <attr name="name" xs:type="string" other:xPath="name"/>
    <attr name="note" xs:type="string" other:xPath="note"/>
    <input name="rows@next"/>"#;
const URI: &str = r#"
  </api:info>
  <api:set attr="URI" value="https://kilns.example/kilns"/>
"#;
const GET: &str = "  <api:script method=\"GET\">\n";

/// A profile's text, and where in it the parts of the case are.
pub(crate) struct Profile {
    source: Source,
    /// What a place in the part is called, empty for the script itself.
    parts: Vec<(&'static str, Range<usize>)>,
}

impl Profile {
    /// The profile of a case.
    pub(crate) fn of(case: &Case) -> Result<Self, String> {
        let mut text = String::new();
        let mut parts = Vec::new();
        let mut part = |text: &mut String, name, content: &str| {
            let start = text.len();
            text.push_str(content);
            parts.push((name, start..text.len()));
        };
        if let Some(whole) = case.section("profile") {
            part(&mut text, "", whole);
        } else {
            text.push_str(OPEN);
            match case.section("columns") {
                Some(columns) => part(&mut text, "columns ", columns),
                None => text.push_str(COLUMNS),
            }
            text.push_str(URI);
            match (case.section("script"), case.section("root")) {
                (Some(script), None) => {
                    text.push_str(GET);
                    part(&mut text, "", script);
                    text.push_str("\n  </api:script>");
                }
                (None, Some(root)) => part(&mut text, "", root),
                _ => return Err("it needs one of `script`, `root` and `profile`".to_owned()),
            }
            text.push_str("\n</api:script>\n");
        }
        Ok(Self { source: Source::new("Kilns.rsd", text), parts })
    }

    /// Tells what is found in it; gives the plan, if nothing keeps it from running.
    pub(crate) fn compile(&mut self, case: &Case, told: &mut Told) -> Result<Option<Plan>, String> {
        let own = Span::from_range(0..self.source.text().len());
        let mut findings = Vec::new();
        let document = linked(&mut self.source, own, case, &mut Vec::new(), &mut findings)?;
        findings.extend(check(&document, &CheckOptions::default()));
        let lowered = lower(&document, &LowerOptions { table: "Kilns".to_owned() });
        let plan = match lowered {
            Ok(plan) => Some(plan),
            // What the checker refuses, lowering only says again.
            Err(_) if !blocking(&document).is_empty() => None,
            Err(refusals) => {
                findings.extend(refusals);
                None
            }
        };
        findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
        let lines: Vec<String> = findings.iter().map(|finding| self.line(finding)).collect();
        told.findings = (!lines.is_empty()).then(|| lines.join("\n"));
        Ok(plan)
    }

    fn line(&self, finding: &Diagnostic) -> String {
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        format!("{severity} {}", self.finding(finding))
    }

    /// Code, place and text of a finding's span; its message on a line of its own.
    pub(crate) fn finding(&self, finding: &Diagnostic) -> String {
        let code = finding.code.id.trim_start_matches("profilec::");
        let span = finding.primary.span;
        let start = self.source.position(span.start());
        let within =
            |(_, part): &&(_, Range<usize>)| part.start <= span.range().start && span.range().end <= part.end;
        let place = match self.parts.iter().find(within) {
            Some((name, part)) => {
                let part = u32::try_from(part.start).unwrap_or_default();
                format!("{name}{}:{}", start.line - self.source.position(part).line + 1, start.column)
            }
            None if self.source.file_at(span.start()).name() != self.source.name() => {
                format!("{} {}:{}", self.source.file_at(span.start()).name(), start.line, start.column)
            }
            None => "frame".to_owned(),
        };
        let text = self.source.slice(span);
        let text = match text.split_once('\n') {
            Some((first, _)) => format!("{first}…"),
            None => text.to_owned(),
        };
        format!("{code} {place} `{text}`\n  {}", finding.message)
    }
}

/// A document of the source, with the files of the case that it includes. `open` are those that are being read.
fn linked(
    source: &mut Source,
    part: Span,
    case: &Case,
    open: &mut Vec<String>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Document, String> {
    let parsed = parse_part(source.text(), part);
    findings.extend(parsed.diagnostics);
    let mut document = parsed.document;
    let mut failed = None;
    let linking = link(&mut document, &mut |name, _| {
        let included = include(source, name, case, open, findings);
        included.map_err(|reason| failed.get_or_insert(reason).clone()).ok()
    });
    findings.extend(linking);
    failed.map_or(Ok(document), Err)
}

fn include(
    source: &mut Source,
    name: &str,
    case: &Case,
    open: &mut Vec<String>,
    findings: &mut Vec<Diagnostic>,
) -> Result<IncludedFile, String> {
    if open.iter().any(|open| open == name) {
        return Err(format!("`{name}` includes itself"));
    }
    let file = case.all("file").find(|file| file.argument() == name);
    let file = file.ok_or_else(|| format!("the case has no file `{name}`"))?;
    let span = source.add(name, &file.content, Encoding::Utf8).ok_or("the files are too large")?;
    open.push(name.to_owned());
    let document = linked(source, span, case, open, findings)?;
    open.pop();
    Ok(IncludedFile { document, span })
}
