//! Bad input ends before any request, and says what to do.

use crate::{Answer, Bench, Server};

/// Exit code and standard error of commands that must not ask the server anything.
fn refused(args: &[&str]) -> (i32, String) {
    let server = Server::start(|_| Answer::Body(200, "{}".to_owned()));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(args);
    assert_eq!(ran.stdout, "");
    assert!(server.asked().is_empty(), "a request was sent");
    (ran.exit.unwrap(), ran.stderr)
}

#[test]
fn an_unknown_column_input_or_option_has_a_did_you_mean() {
    let cases = [
        (["--select", "Nmae"], "error: unknown column `Nmae`\n  help: did you mean `Name`?\n"),
        (["-i", "Nmae=1"], "error: unknown input `Nmae`\n  help: did you mean `Name`?\n"),
        (
            ["-c", "CustomHeader=1"],
            "error: unknown connection option `CustomHeader`\n  help: did you mean `CustomHeaders`?\n",
        ),
        (
            ["--select", "Temperature"],
            "error: unknown column `Temperature`\n  help: the profile has `Id`, `Name`\n",
        ),
    ];
    for (args, stderr) in cases {
        assert_eq!(refused(&[&["run", "kilns.rsd"], args.as_slice()].concat()), (2, stderr.to_owned()));
    }
}

#[test]
fn an_unknown_format_has_a_did_you_mean() {
    let (exit, stderr) = refused(&["run", "kilns.rsd", "-f", "cvs"]);
    assert_eq!(exit, 2);
    assert!(stderr.contains("did you mean `csv`?"), "{stderr}");
    let (exit, stderr) = refused(&["check", "kilns.rsd", "--format", "jsno"]);
    assert_eq!(exit, 2);
    assert!(stderr.contains("did you mean `json`?"), "{stderr}");
    let (exit, stderr) = refused(&["run", "kilns.rsd", "-o", "kilns.parquet"]);
    assert_eq!((exit, stderr.contains("comes later")), (2, true), "{stderr}");
}

#[test]
fn values_that_cannot_be_had_are_named() {
    let cases = [
        ("Name=env:KILN_NAME", "error: the environment has no variable `KILN_NAME`\n"),
        ("Name=file:none.txt", "error: `none.txt` cannot be read: no such file or directory\n"),
        (
            "Name=${KILN}",
            "error: unknown variable `KILN`\n  help: give it with `--var KILN=VALUE` or in the environment\n",
        ),
        ("Name=keyring:a", "error: `keyring:a` names no password\n  help: write `keyring:SERVICE/USER`\n"),
        ("s3cr3t", "error: `-i` needs `NAME=VALUE`\n"),
    ];
    for (value, stderr) in cases {
        assert_eq!(refused(&["run", "kilns.rsd", "-i", value]), (2, stderr.to_owned()));
    }
}

#[test]
fn a_file_that_cannot_be_read_or_created_is_named() {
    assert_eq!(
        refused(&["run", "kiln.rsd"]),
        (2, "error: `kiln.rsd` cannot be read: no such file or directory\n".to_owned())
    );
    assert_eq!(
        refused(&["run", "kilns.rsd", "-o", "none/kilns.csv"]),
        (2, "error: `none/kilns.csv` cannot be created: no such file or directory\n".to_owned())
    );
    let (exit, stderr) = refused(&["run", "kilns.rsd", "--replay", "none"]);
    assert_eq!((exit, stderr.contains("none")), (2, true), "{stderr}");
}

#[test]
fn a_missing_input_names_the_reference_that_needs_it() {
    let server = Server::start(|_| Answer::Body(200, "{}".to_owned()));
    let bench = Bench::new(&server.url);
    let profile = bench.read("kilns.rsd").replace("/kilns\"", "/kilns?site=[_input.Site | urlencode]\"");
    bench.write("kilns.rsd", &profile);
    let ran = bench.profilec(&["run", "kilns.rsd", "--report", "report.json"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("_input.Site"), "{}", ran.stderr);
    assert_eq!(ran.stdout, "");
    assert!(server.asked().is_empty() && !bench.path("report.json").exists());
}

#[test]
fn errors_of_the_profile_are_shown_and_reported() {
    let bench = Bench::new("https://api.example.com");
    bench.write("kilns.rsd", &bench.read("kilns.rsd").replace("<api:push/>", "<api:pusch/>"));
    let ran = bench.profilec(&["run", "kilns.rsd", "--report", "report.json"]);
    assert_eq!(ran.exit, Some(1), "{}", ran.stderr);
    assert!(ran.stderr.contains("profilec::structure::unknown_keyword"), "{}", ran.stderr);
    assert!(bench.read("report.json").contains("\"verdict\":\"failed\""));
}

#[test]
fn check_reports_what_it_can_read_and_says_what_it_cannot() {
    let bench = Bench::new("https://api.example.com");
    std::fs::write(bench.path("latin.rsd"), b"<a>\xE9</a>").unwrap();
    bench.write("broken.rsd", "<api:script");
    let ran = bench.profilec(&["check", ".", "--format", "json"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["summary"]["files"], 3);
    assert_eq!(json["summary"]["unreadable"], 1);
    assert_eq!(json["files"][0]["findings"][0]["code"], "profilec::xml::truncated");
    let ran = bench.profilec(&["check", "broken.rsd"]);
    assert_eq!(ran.exit, Some(1));
    assert!(ran.stdout.ends_with("1 error in 1 file\n"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn utf16_profiles_are_read() {
    let bench = Bench::new("https://api.example.com");
    let text = bench.read("kilns.rsd");
    let bytes: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(bench.path("wide.rsd"), bytes).unwrap();
    let ran = bench.profilec(&["plan", "wide.rsd"]);
    assert_eq!((ran.exit, ran.stdout.starts_with("table Kilns")), (Some(0), true), "{}", ran.stderr);
}

#[test]
fn a_folder_needs_a_table_when_it_holds_several() {
    let bench = Bench::new("https://api.example.com");
    bench.write("glazes.rsd", &bench.read("kilns.rsd").replace("Kilns", "Glazes"));
    let ran = bench.profilec(&["plan", "."]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("`Glazes`, `Kilns`"), "{}", ran.stderr);
    let ran = bench.profilec(&["plan", ".", "--table", "glazes"]);
    assert_eq!((ran.exit, ran.stdout.starts_with("table Glazes")), (Some(0), true), "{}", ran.stderr);
    let ran = bench.profilec(&["plan", ".", "--table", "Glases"]);
    assert_eq!(ran.stderr, "error: unknown table `Glases`\n  help: did you mean `Glazes`?\n");
}

#[test]
fn explain_knows_every_code_and_suggests() {
    let bench = Bench::new("https://api.example.com");
    for code in ["profilec::paging::marker_absent", "paging::marker_absent", "marker_absent"] {
        let ran = bench.profilec(&["explain", code]);
        assert_eq!((ran.exit, ran.stdout.contains("profilec::paging::marker_absent")), (Some(0), true));
    }
    let ran = bench.profilec(&["explain", "marker_absnt"]);
    assert_eq!(ran.stderr, "error: unknown code `marker_absnt`\n  help: did you mean `marker_absent`?\n");
    assert_eq!(ran.exit, Some(2));
}
