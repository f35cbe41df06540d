//! The pages of the codes keep their word: what fails gives exactly that code, what passes gives none of it.

use std::path::Path;

use profilec_check::{CheckOptions, check};
use profilec_diagnostics::{Code, Diagnostic, Severity, codes};
use profilec_syntax::parse;

const HEADINGS: [&str; 4] = ["## What it means", "## Why it matters", "## Fails", "## Passes"];

/// All profiles here are of kilns. Only the rule about titles is told so: other examples stand in no file.
fn options(code: &str) -> CheckOptions {
    if code.ends_with("::title_differs") { CheckOptions::for_file("Kilns") } else { CheckOptions::default() }
}

fn findings(profile: &str, options: &CheckOptions) -> Vec<Diagnostic> {
    let parsed = parse(profile);
    let mut findings = parsed.diagnostics;
    findings.extend(check(&parsed.document, options));
    findings
}

/// The fenced blocks after this word: `xml fails`.
fn blocks<'a>(page: &'a str, info: &str) -> Vec<&'a str> {
    let open = format!("```{info}\n");
    page.split(open.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

/// The case that raises a code which only a run can raise.
fn fixture(code: &Code) -> Option<&'static str> {
    code.page.lines().find_map(|line| line.strip_prefix("Fixture: `")?.strip_suffix('`'))
}

fn shown(findings: &[Diagnostic]) -> String {
    let lines = findings.iter().map(|finding| format!("{}: {}", finding.code.id, finding.message));
    lines.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_example_does_what_its_page_says() {
    let mut faults = Vec::new();
    for code in codes::ALL {
        for block in blocks(code.page, "xml fails") {
            let findings = findings(block, &options(code.id));
            if findings.iter().map(|finding| finding.code).ne([*code]) {
                faults.push(format!("{} fails with [{}]", code.id, shown(&findings)));
            }
        }
        for block in blocks(code.page, "xml passes") {
            let mut findings = findings(block, &options(code.id));
            findings.retain(|finding| finding.code == *code || finding.severity == Severity::Error);
            if !findings.is_empty() {
                faults.push(format!("{} passes with [{}]", code.id, shown(&findings)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_page_says_what_why_and_shows_it() {
    let mut faults = Vec::new();
    for code in codes::ALL {
        if code.page.lines().next() != Some(&format!("# `{}`", code.id)) {
            faults.push(format!("{}: the title is not the code", code.id));
        }
        let shows = blocks(code.page, "xml fails").len().min(blocks(code.page, "xml passes").len()) > 0;
        if shows == fixture(code).is_some() {
            faults.push(format!("{}: needs examples that fail and pass, or a fixture", code.id));
        }
        let headings = if shows { &HEADINGS[..] } else { &HEADINGS[..3] };
        let found = code.page.lines().filter(|line| line.starts_with("## "));
        if found.ne(headings.iter().copied()) {
            faults.push(format!("{}: headings", code.id));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_code_of_the_checker_has_profiles_that_fail_and_pass() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/check");
    let mut missing = Vec::new();
    for code in codes::ALL.iter().filter(|code| fixture(code).is_none()) {
        let path = code.id.trim_start_matches("profilec::").replace("::", "/");
        // Untidy XML has its own fixtures.
        if path.starts_with("xml/") {
            continue;
        }
        let names: Vec<String> = std::fs::read_dir(root.join(&path))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        for start in ["fails_", "passes_"] {
            if !names.iter().any(|name| name.starts_with(start)) {
                missing.push(format!("{path}/{start}"));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
#[test]
fn every_named_fixture_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let missing: Vec<&str> =
        codes::ALL.iter().filter_map(|code| fixture(code)).filter(|case| !root.join(case).is_dir()).collect();
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
