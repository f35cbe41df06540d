//! The formats of `check`, against `fixtures/check-formats`.

use std::{fs, path::Path};

use crate::{Bench, Ran, command};

#[test]
fn every_format_prints_what_stands_beside_its_input() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/check-formats");
    let mut seen = 0;
    for entry in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for format in ["short", "github", "gitlab"] {
            let args = ["check", "--format", format, "."];
            let ran = Ran::from(command(&entry.join("input"), &args).output().unwrap());
            let expected = entry.join(format!("expected.{format}"));
            if std::env::var_os("PROFILEC_BLESS").is_some() {
                fs::write(&expected, &ran.stdout).unwrap();
            }
            assert_eq!(ran.stdout, fs::read_to_string(&expected).unwrap(), "{}", expected.display());
            assert_eq!((ran.exit, ran.stderr.as_str()), (Some(1), ""), "{}", expected.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
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
    for format in ["short", "json", "github", "gitlab"] {
        let ran = bench.profilec(&["check", "--format", format, "kilns.rsd"]);
        assert!(ran.stdout.contains("urlencod"), "{}", ran.stdout);
        assert!(!ran.stdout.contains("c4n4ry") && !ran.stderr.contains("c4n4ry"), "{}", ran.stdout);
    }
}
