//! The profile of a case: its fragment in the frame of a small one, or a whole one.

use std::ops::Range;

use profilec_check::{CheckOptions, blocking, check};
use profilec_diagnostics::{Diagnostic, Severity, Source};
use profilec_plan::{LowerOptions, Plan, lower};
use profilec_syntax::parse;

use crate::case::Case;
use crate::told::Told;

const OPEN: &str = r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" desc="Kilns" xmlns:other="http://apiscript.com/ns?v1">
"#;
const COLUMNS: &str = r#"    <attr name="id" xs:type="long" other:xPath="id"/>
    <attr name="name" xs:type="string" other:xPath="name"/>
    <attr name="note" xs:type="string"/>
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
    pub(crate) fn compile(&self, told: &mut Told) -> Option<Plan> {
        let parsed = parse(self.source.text());
        let mut findings = parsed.diagnostics;
        findings.extend(check(&parsed.document, &CheckOptions::default()));
        let lowered = lower(&parsed.document, &LowerOptions { table: "Kilns".to_owned() });
        let plan = match lowered {
            Ok(plan) => Some(plan),
            // What the checker refuses, lowering only says again.
            Err(_) if !blocking(&parsed.document).is_empty() => None,
            Err(refusals) => {
                findings.extend(refusals);
                None
            }
        };
        findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
        let lines: Vec<String> = findings.iter().map(|finding| self.line(finding)).collect();
        told.findings = (!lines.is_empty()).then(|| lines.join("\n"));
        plan
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
