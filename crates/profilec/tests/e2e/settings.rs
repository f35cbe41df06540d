//! What settings make of findings, against `fixtures/check-settings`.

use std::{fmt::Write, fs, path::Path};

use crate::{Bench, Ran, command};

#[test]
fn settings_do_what_stands_beside_them() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/check-settings");
    let mut seen = 0;
    for case in fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let mut told = String::new();
        for line in fs::read_to_string(case.join("commands")).unwrap().lines() {
            let args: Vec<&str> = std::iter::once("check").chain(line.split(' ')).collect();
            let ran = Ran::from(command(&case.join("input"), &args).output().unwrap());
            let _ = writeln!(told, "$ profilec check {line}\n{}", ran.stdout);
            if !ran.stderr.is_empty() {
                let _ = writeln!(told, "stderr:\n{}", ran.stderr);
            }
            let _ = writeln!(told, "exit {}\n", ran.exit.unwrap_or(-1));
        }
        let expected = case.join("expected.txt");
        if std::env::var_os("PROFILEC_BLESS").is_some() {
            fs::write(&expected, &told).unwrap();
        }
        assert_eq!(told, fs::read_to_string(&expected).unwrap(), "{}", expected.display());
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn settings_of_standard_input_are_those_of_the_current_folder() {
    let bench = Bench::new("https://api.example.com");
    bench.write("profilec.toml", "[check]\nallow = ['column']\n");
    let faulty = bench.read("kilns.rsd").replace("xs:type=\"long\"", "xs:type=\"lng\"");
    let mut child = bench
        .command(&["check", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), faulty.as_bytes()).unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "no findings in 1 file, 1 allowed\n"));
}

#[test]
fn settings_that_cannot_be_read_are_exit_2_and_the_profiles_are_checked() {
    let bench = Bench::new("https://api.example.com");
    fs::write(bench.path("profilec.toml"), b"[check] # \xE9\n").unwrap();
    let ran = bench.profilec(&["check", "--format", "short", "kilns.rsd"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stdout.starts_with("profilec.toml: error: cannot be read: "), "{}", ran.stdout);
}

#[test]
fn the_settings_that_the_guide_shows_are_settings() {
    let guide = include_str!("../../../../docs/check.md");
    let block = |language: &str| {
        let start = guide.split_once(&format!("```{language}\n")).unwrap().1;
        start.split_once("```").unwrap().0.to_owned()
    };
    let bench = Bench::new("https://api.example.com");
    bench.write("profilec.toml", &block("toml"));
    let remark = block("xml").lines().next().unwrap().to_owned();
    bench.write("kilns.rsd", &format!("{remark}\n{}", bench.read("kilns.rsd")));
    let ran = bench.profilec(&[
        "check",
        "--format",
        "short",
        "--min-level",
        "info",
        "--allow",
        "allow_unused",
        ".",
    ]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""));
}
