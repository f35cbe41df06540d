//! Findings as a JUnit report: `check --format junit`.
//!
//! A suite for each file and a case for each finding, since GitLab and Jenkins list cases and tell them apart by
//! class and name: the class is the file, and the name stays when lines move. A file without findings is one case
//! that passes, so that a list that shrinks is seen.

use std::{collections::HashMap, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use crate::{
    AllowedBy, FileFindings,
    findings::{ListedFile, ListedFinding, listed_with_allowed},
};

/// One document. Findings that fail the check are failures, files that cannot be read are errors, what is allowed is
/// skipped, and other findings are cases that pass, with the finding as their output.
pub fn render_junit(files: &[FileFindings]) -> String {
    let suites: Vec<Suite> = listed_with_allowed(files).iter().map(Suite::new).collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory fails only when memory does.
    let _ = write(&mut writer, &suites);
    let mut xml = String::from_utf8(writer.into_inner()).unwrap_or_default();
    xml.push('\n');
    xml
}

/// A file.
struct Suite {
    path: String,
    cases: Vec<Case>,
}

/// A finding.
struct Case {
    name: String,
    line: Option<u32>,
    outcome: Outcome,
}

enum Outcome {
    Passed { output: Option<String> },
    Failed { code: &'static str, message: String, text: String },
    Skipped { why: String },
    Error { message: String },
}

impl Suite {
    fn new(file: &ListedFile<'_>) -> Self {
        let path = file.path.strip_prefix("./").unwrap_or(file.path).to_owned();
        let mut cases: Vec<Case> = Vec::new();
        if let Some(reason) = file.unreadable {
            let message = format!("cannot be read: {reason}");
            cases.push(Case { name: "readable".to_owned(), line: None, outcome: Outcome::Error { message } });
        }
        cases.extend(file.findings.iter().map(|listed| Case::new(&path, *listed)));
        if cases.is_empty() {
            let outcome = Outcome::Passed { output: None };
            cases.push(Case { name: "no findings".to_owned(), line: None, outcome });
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for case in &mut cases {
            let count = seen.entry(case.name.clone()).or_default();
            *count += 1;
            if *count > 1 {
                case.name = format!("{} #{count}", case.name);
            }
        }
        Self { path, cases }
    }

    /// The file without its ending: a reader takes a `.` for the end of a package.
    fn class(&self) -> &str {
        let (folder, name) = self
            .path
            .rsplit_once('/')
            .map_or((0, self.path.as_str()), |(folder, name)| (folder.len() + 1, name));
        let stem = name.rfind('.').filter(|at| *at > 0).unwrap_or(name.len());
        &self.path[..folder + stem]
    }

    fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.cases.iter().filter(|case| is(&case.outcome)).count()
    }
}

impl Case {
    fn new(path: &str, listed: ListedFinding<'_>) -> Self {
        let ListedFinding { finding, source, fails, allowed } = listed;
        let at = source.position(finding.primary.span.start());
        let (level, code) = (finding.severity.as_str(), finding.code.id);
        let mut text = format!("{path}:{}:{}: {level}[{code}] {}", at.line, at.column, finding.message);
        if let Some(help) = &finding.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        let outcome = match allowed {
            Some(AllowedBy::Remark { reason: Some(reason) }) => {
                Outcome::Skipped { why: format!("allowed: {reason}") }
            }
            Some(AllowedBy::Remark { reason: None }) => {
                Outcome::Skipped { why: "allowed in the profile".to_owned() }
            }
            Some(AllowedBy::Settings) => Outcome::Skipped { why: "allowed by settings".to_owned() },
            None if fails => Outcome::Failed { code, message: finding.message.clone(), text },
            None => Outcome::Passed { output: Some(text) },
        };
        Self { name: format!("{}: {}", finding.code.bare(), finding.message), line: Some(at.line), outcome }
    }
}

fn write(writer: &mut Writer<Vec<u8>>, suites: &[Suite]) -> io::Result<()> {
    let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>().to_string();
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let element = writer.create_element("testsuites").with_attributes([
        ("name", "profilec check"),
        ("tests", &total(tests)),
        ("failures", &total(failures)),
        ("errors", &total(errors)),
        ("skipped", &total(skipped)),
    ]);
    element.write_inner_content(|writer| suites.iter().try_for_each(|suite| write_suite(writer, suite)))?;
    Ok(())
}

fn tests(suite: &Suite) -> usize {
    suite.cases.len()
}

fn failures(suite: &Suite) -> usize {
    suite.count(|outcome| matches!(outcome, Outcome::Failed { .. }))
}

fn errors(suite: &Suite) -> usize {
    suite.count(|outcome| matches!(outcome, Outcome::Error { .. }))
}

fn skipped(suite: &Suite) -> usize {
    suite.count(|outcome| matches!(outcome, Outcome::Skipped { .. }))
}

fn write_suite(writer: &mut Writer<Vec<u8>>, suite: &Suite) -> io::Result<()> {
    let element = writer.create_element("testsuite").with_attributes([
        ("name", written(&suite.path).as_str()),
        ("tests", &tests(suite).to_string()),
        ("failures", &failures(suite).to_string()),
        ("errors", &errors(suite).to_string()),
        ("skipped", &skipped(suite).to_string()),
    ]);
    element.write_inner_content(|writer| {
        suite.cases.iter().try_for_each(|case| write_case(writer, suite, case))
    })?;
    Ok(())
}

fn write_case(writer: &mut Writer<Vec<u8>>, suite: &Suite, case: &Case) -> io::Result<()> {
    let mut element = writer.create_element("testcase").with_attributes([
        ("classname", written(suite.class()).as_str()),
        ("name", &written(&case.name)),
        ("file", &written(&suite.path)),
    ]);
    if let Some(line) = case.line {
        element = element.with_attribute(("line", line.to_string().as_str()));
    }
    match &case.outcome {
        Outcome::Passed { output: None } => element.write_empty()?,
        Outcome::Passed { output: Some(text) } => element.write_inner_content(|writer| {
            writer.create_element("system-out").write_text_content(BytesText::new(&written(text)))?;
            Ok(())
        })?,
        Outcome::Failed { code, message, text } => element.write_inner_content(|writer| {
            let failure = writer.create_element("failure");
            let failure = failure.with_attributes([("type", *code), ("message", &written(message))]);
            failure.write_text_content(BytesText::new(&written(text)))?;
            Ok(())
        })?,
        Outcome::Skipped { why } => element.write_inner_content(|writer| {
            writer
                .create_element("skipped")
                .with_attribute(("message", written(why).as_str()))
                .write_empty()?;
            Ok(())
        })?,
        Outcome::Error { message } => element.write_inner_content(|writer| {
            let error = writer.create_element("error").with_attribute(("type", "unreadable"));
            error.with_attribute(("message", written(message).as_str())).write_empty()?;
            Ok(())
        })?,
    };
    Ok(())
}

/// Text without characters that XML cannot hold.
fn written(text: &str) -> String {
    let is_held = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if is_held(c) { c } else { '\u{FFFD}' }).collect()
}
