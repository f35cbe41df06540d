//! `check --sample`: what it takes, and that its findings are findings like any others. What it finds is in
//! `fixtures/check-sample`.

use std::fs;

use super::Bench;

const ORIGIN: &str = "https://kilns.example";

fn bench() -> Bench {
    let bench = Bench::new(ORIGIN);
    bench.write("page.json", r#"{"data": [{"id": "1", "Name": "Alba"}], "next": null}"#);
    bench
}

#[test]
fn samples_answer_one_profile() {
    let bench = bench();
    bench.write("other.rsd", &bench.read("kilns.rsd"));
    let ran = bench.profilec(&["check", ".", "--sample", "page.json"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
    assert!(ran.stderr.contains("samples answer one profile, but there are 2"), "{}", ran.stderr);
    assert!(ran.stderr.contains("name the file of the profile that they are for"), "{}", ran.stderr);
    assert_eq!(bench.profilec(&["check", "kilns.rsd", "--sample", "page.json"]).exit, Some(0));
}

#[test]
fn values_without_a_sample_are_refused() {
    let ran = bench().profilec(&["check", "kilns.rsd", "-i", "Id=1"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("inputs and connection options are for `--sample`"), "{}", ran.stderr);
}

#[test]
fn a_sample_must_not_be_huge() {
    let bench = bench();
    fs::File::create(bench.path("huge.json")).unwrap().set_len(65 << 20).unwrap();
    let ran = bench.profilec(&["check", "kilns.rsd", "--sample", "huge.json"]);
    assert_eq!(ran.exit, Some(2));
    assert!(
        ran.stderr.contains("the sample `huge.json` cannot be read: it is larger than 64 MiB"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_folder_must_hold_a_recorded_run_of_the_profile() {
    let bench = bench();
    fs::create_dir(bench.path("folder")).unwrap();
    let ran = bench.profilec(&["check", "kilns.rsd", "--sample", "folder"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("no recorded exchange"), "{}", ran.stderr);
    bench.write(
        "folder/0001.http",
        "profilec-exchange 1\n--- request\nGET https://elsewhere.example/\n--- response\nHTTP/1.1 200 OK\n\n{}\n",
    );
    let ran = bench.profilec(&["check", "kilns.rsd", "--sample", "folder"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("the script cannot run over the sample `folder`"), "{}", ran.stderr);
    let ran = bench.profilec(&["check", "kilns.rsd", "--sample", "folder/0001.http"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("give the folder that it is in"), "{}", ran.stderr);
}

#[test]
fn settings_speak_of_what_samples_show() {
    let bench = bench();
    let check = |more: &[&str]| {
        let args = ["check", "kilns.rsd", "--sample", "page.json", "--format", "json"];
        bench.profilec(&[&args[..], more].concat())
    };
    let ran = check(&[]);
    assert_eq!(ran.exit, Some(0));
    let findings: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let finding = &findings["files"][0]["findings"][0];
    assert_eq!(finding["code"], "profilec::sample::column_no_match");
    assert_eq!(finding["severity"], "warning");
    assert_eq!(finding["span"]["start"]["line"], 4);
    assert_eq!(check(&["--deny", "sample"]).exit, Some(1));
    assert_eq!(check(&["--deny-warnings"]).exit, Some(1));
    assert_eq!(check(&["--deny-warnings", "--allow", "sample::column_no_match"]).exit, Some(0));
}

#[test]
fn a_profile_with_errors_is_told_without_its_samples() {
    let bench = bench();
    bench.write("kilns.rsd", &bench.read("kilns.rsd").replace("jsonproviderGet", "jsonproviderGte"));
    let ran = bench.profilec(&["check", "kilns.rsd", "--sample", "page.json"]);
    assert_eq!(ran.exit, Some(1));
    assert!(ran.stderr.contains("the samples were not looked at"), "{}", ran.stderr);
}
