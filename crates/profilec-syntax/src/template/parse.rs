//! A text with references to its parts.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Severity, Span, Tally, codes};

use super::{Fault, Literal, Scanner, Template};
use crate::Text;

/// Parses a template. Findings: `template::unclosed_bracket`, `template::syntax`.
///
/// `\[`, `\]` and `\\` stand for the character itself; a backslash before anything else is a backslash.
/// Brackets whose content is no reference stay literal, nested references in them are still read:
///
/// - content that never was one (`[1,2]`, `["a"]`, `[]`, `[0-9]+`) gives one warning for the whole text, with
///   a fix that escapes these brackets;
/// - content that was meant as one (`[x | ]`) and brackets that are not closed are errors;
/// - a lone `]` is ordinary text.
pub fn parse_template(text: Text) -> (Template, Vec<Diagnostic>) {
    let mut parts = Literal::default();
    let mut brackets = Brackets::default();
    let mut scanner = Scanner::new(&text);
    while let Some(next) = scanner.peek() {
        let at = scanner.at();
        if next == '[' {
            match scanner.reference() {
                Ok(reference) => {
                    parts.push_reference(reference);
                    continue;
                }
                Err(fault) => {
                    brackets.open.push((at, fault));
                    scanner.jump(at);
                }
            }
        }
        let Some((c, escaped)) = scanner.literal_char() else { break };
        parts.push(c);
        if c == ']' && !escaped {
            brackets.close(at);
        }
    }
    let parts = parts.finish();
    let findings = brackets.findings(&text);
    (Template { text, parts }, findings)
}

/// Escapes text so that it parses back to itself.
///
/// ```
/// # use profilec_diagnostics::Span;
/// # use profilec_syntax::{Text, escape_template, parse_template};
/// let escaped = escape_template(r#"{"ids": [1]}"#);
/// assert_eq!(escaped, r#"{"ids": \[1\]}"#);
/// let (template, _) = parse_template(Text::verbatim(escaped, Span::at(0)));
/// assert_eq!(template.as_literal(), Some(r#"{"ids": [1]}"#));
/// ```
pub fn escape_template(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The brackets that are not references.
#[derive(Default)]
struct Brackets {
    /// Not closed yet: offset, and why it is no reference.
    open: Vec<(usize, Fault)>,
    /// Pairs.
    paired: Vec<(usize, usize, Fault)>,
}

impl Brackets {
    fn close(&mut self, end: usize) {
        if let Some((start, fault)) = self.open.pop() {
            self.paired.push((start, end, fault));
        }
    }

    /// One finding for all brackets that are not closed: the last may be the only one that is meant.
    fn unclosed(&self, text: &Text) -> Option<Diagnostic> {
        let (first, _) = *self.open.first()?;
        let message = match self.open.len() {
            1 => "the bracket `[` is not closed".to_owned(),
            count => format!("{count} brackets `[` are not closed"),
        };
        let label = Label::new(text.span_of(first..first + 1), "no `]` for this bracket follows");
        let finding = Diagnostic::new(&codes::template::unclosed_bracket, message, label);
        Some(finding.help("close the reference with `]`, or write `\\[` for a bracket that is text"))
    }

    fn findings(self, text: &Text) -> Vec<Diagnostic> {
        let mut findings: Vec<Diagnostic> = self.unclosed(text).into_iter().collect();
        let mut tally = Tally::default();
        let mut faults = HashSet::new();
        let mut literal = Vec::new();
        let mut keep = |findings: &mut Vec<Diagnostic>, finding: Diagnostic| {
            if tally.admits(&finding) {
                findings.push(finding);
            }
        };
        for (start, end, fault) in self.paired {
            match fault {
                // A nested fault is also met by the attempts around it.
                Fault::Broken { at, .. } if !faults.insert(at) => {}
                Fault::Broken { at, what } => {
                    keep(&mut findings, broken(text.span_of(text.char_at(at)), what));
                }
                Fault::TooDeep => keep(&mut findings, too_deep(text.span_of(start..start + 1))),
                Fault::NotAReference | Fault::Unclosed => {
                    literal.push(start);
                    literal.push(end);
                }
            }
        }
        findings.extend(not_references(text, literal));
        findings.sort_by_key(|finding| finding.primary.span);
        findings
    }
}

fn broken(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::template::syntax,
        "the reference between these brackets cannot be read",
        Label::new(span, what),
    )
    .help("write a reference as `[name | formatter('argument')]`, or `\\[` and `\\]` for brackets that are text")
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::template::syntax,
        "references are nested too deeply",
        Label::new(span, "more than 32 references inside this one"),
    )
    .help("set an attribute to the inner part first and refer to it")
}

/// One finding for all brackets that are ordinary text.
fn not_references(text: &Text, mut brackets: Vec<usize>) -> Option<Diagnostic> {
    brackets.sort_unstable();
    let first = *brackets.first()?;
    let edits = brackets
        .iter()
        .map(|at| Edit { span: Span::at(text.span_of(*at..at + 1).start()), text: "\\".to_owned() })
        .collect();
    let mut finding = Diagnostic::new(
        &codes::template::syntax,
        "brackets that hold no reference are taken as text",
        Label::new(text.span_of(first..first + 1), "no reference starts here"),
    )
    .help("write `\\[` and `\\]` for brackets that are text")
    .fix(Fix::safe("escape the brackets", edits));
    finding.severity = Severity::Warning;
    Some(finding)
}
