//! The formats of `check`, against `fixtures/check-formats`.

use std::{fs, path::Path};

use crate::{Bench, Ran, command};

#[test]
fn every_format_prints_what_stands_beside_its_input() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/check-formats");
    let mut seen = 0;
    for entry in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for format in ["short", "github", "gitlab", "sarif", "junit"] {
            let args = ["check", "--format", format, "."];
            let ran = Ran::from(command(&entry.join("input"), &args).output().unwrap());
            let expected = entry.join(format!("expected.{format}"));
            let printed = if format == "sarif" { without_pages(&ran.stdout) } else { ran.stdout };
            if std::env::var_os("PROFILEC_BLESS").is_some() {
                fs::write(&expected, &printed).unwrap();
            }
            assert_eq!(printed, fs::read_to_string(&expected).unwrap(), "{}", expected.display());
            assert_eq!((ran.exit, ran.stderr.as_str()), (Some(1), ""), "{}", expected.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// A log without what the pages of the codes say: they may change without a word here.
fn without_pages(log: &str) -> String {
    let mut log: serde_json::Value = serde_json::from_str(log).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        let page = rule["help"]["markdown"].as_str().unwrap();
        assert!(page.starts_with("## What it means\n") && page.contains("\n## Why it matters\n"), "{page}");
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[text]["text"].as_str().unwrap().is_empty(), "{rule}");
            rule[text] = serde_json::json!({ "text": "…" });
        }
    }
    serde_json::to_string_pretty(&log).unwrap() + "\n"
}

#[test]
fn line_formats_name_what_cannot_be_read_and_are_silent_when_nothing_is_found() {
    for (format, said) in [
        ("short", "./a%2C,b.rsd: error: cannot be read: "),
        ("github", "::error file=a%252C%2Cb.rsd,title=profilec::cannot be read: "),
    ] {
        let bench = Bench::new("https://api.example.com");
        let ran = bench.profilec(&["check", "--format", format, "kilns.rsd"]);
        assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
        fs::write(bench.path("a%2C,b.rsd"), b"<a>\xE9</a>").unwrap();
        let ran = bench.profilec(&["check", "--format", format, "."]);
        assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
        assert!(ran.stdout.starts_with(said) && ran.stdout.lines().count() == 1, "{}", ran.stdout);
    }
}

#[test]
fn no_program_format_repeats_a_literal_credential() {
    let bench = Bench::new("https://api.example.com");
    let literal = r#"<api:set attr="Header:Name#1" value="Authorization"/><api:set attr="Header:Value#1" value="Bearer c4n4ry [_input.Nmae | urlencod]"/><api:script method="GET">"#;
    bench.write("kilns.rsd", &bench.read("kilns.rsd").replace("<api:script method=\"GET\">", literal));
    for format in ["short", "json", "github", "gitlab", "sarif", "junit"] {
        let ran = bench.profilec(&["check", "--format", format, "kilns.rsd"]);
        assert!(ran.stdout.contains("urlencod"), "{}", ran.stdout);
        assert!(!ran.stdout.contains("c4n4ry") && !ran.stderr.contains("c4n4ry"), "{}", ran.stdout);
    }
}

#[test]
fn a_reason_that_repeats_a_credential_is_masked() {
    let bench = Bench::new("https://api.example.com");
    let literal = r#"<!-- profilec: allow(auth) c4n4ry-k3y-0815 is for tests -->
<api:set attr="Header:Name#1" value="Authorization"/><!-- profilec: allow(auth::literal_credential) it is c4n4ry-k3y-0815 -->
<!-- profilec: allow(auth::literal_credential) c4n4ry-k3y-0815 -->
<api:set attr="Header:Value#1" value="Bearer c4n4ry-k3y-0815"/><api:script method="GET">"#;
    bench.write("kilns.rsd", &bench.read("kilns.rsd").replace("<api:script method=\"GET\">", literal));
    for format in ["pretty", "short", "json", "github", "gitlab", "sarif", "junit"] {
        let ran = bench.profilec(&["check", "--format", format, "kilns.rsd"]);
        assert_eq!(ran.exit, Some(0), "{}", ran.stdout);
        assert!(!ran.stdout.contains("c4n4ry") && !ran.stderr.contains("c4n4ry"), "{}", ran.stdout);
        if ["pretty", "sarif", "junit"].contains(&format) {
            assert!(ran.stdout.contains("***"), "{}", ran.stdout);
        }
    }
}

#[test]
fn reports_name_what_cannot_be_read_and_hold_when_nothing_is_found() {
    let bench = Bench::new("https://api.example.com");
    let ran = bench.profilec(&["check", "--format", "sarif", "kilns.rsd"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&json["runs"][0]["results"], ran.exit), (&serde_json::json!([]), Some(0)));
    let ran = bench.profilec(&["check", "--format", "junit", "kilns.rsd"]);
    assert!(ran.stdout.contains("<testcase classname=\"kilns\" name=\"no findings\""), "{}", ran.stdout);
    fs::write(bench.path("a b.rsd"), b"<a>\xE9</a>").unwrap();
    let ran = bench.profilec(&["check", "--format", "sarif", "."]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let invocation = &json["runs"][0]["invocations"][0];
    let told = &invocation["toolExecutionNotifications"][0];
    assert_eq!((&invocation["executionSuccessful"], ran.exit), (&false.into(), Some(2)));
    assert_eq!(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.rsd");
    let ran = bench.profilec(&["check", "--format", "junit", "."]);
    assert!(ran.stdout.contains("<error type=\"unreadable\" message=\"cannot be read: "), "{}", ran.stdout);
    assert!(ran.stdout.contains("errors=\"1\""), "{}", ran.stdout);
}
