//! `profilec check --fix`: what it mends, what it leaves, and what it says.

use std::fs;

use crate::Bench;

/// Faults of all kinds: two with safe fixes, one with an unsafe one, one with none.
const FAULTY: &str =
    "<api:script xmlns:api=\"http://apiscript.com/ns?v1\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\r
  <api:info title=\"Kilns\"   xmlns:other='http://apiscript.com/ns?v1'>\r
    <attr  name=\"Id\" xs:type=\"interger\"   other:xPath=\"id\"/>  <!-- a  comment -->\r
  </api:info>\r
  <api:set attr=\"URI\"  value=\"https://kilns.example/v1?a=1&b=2\"/>\r
  <api:script method=\"GET\">\r
    <api:call op=\"jsonproviderGet\">\r
      <api:push/>\r
    </api:call>\r
  </api:script>\r
</api:script>\r
";

fn mended() -> String {
    FAULTY.replace("interger", "integer").replace("&b", "&amp;b")
}

fn bench() -> Bench {
    let bench = Bench::new("https://api.example.com");
    fs::remove_file(bench.path("kilns.rsd")).unwrap();
    bench
}

#[test]
fn fixes_are_applied_and_every_other_byte_stays() {
    let bench = bench();
    bench.write("a.rsd", FAULTY);
    let ran = bench.profilec(&["check", "--deny-warnings", "a.rsd"]);
    assert_eq!(ran.exit, Some(1), "{}", ran.stdout);
    let ran = bench.profilec(&["check", "--fix", "--deny-warnings", "a.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "no findings in 1 file, 2 fixed\n"));
    assert_eq!(bench.read("a.rsd"), mended());
    let ran = bench.profilec(&["check", "--fix", "--format", "json", "a.rsd"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((&json["summary"]["fixed"], &json["summary"]["fixable"]), (&0.into(), &0.into()));
    assert_eq!(bench.read("a.rsd"), mended());
}

#[test]
fn what_is_left_is_reported_and_decides_the_exit_code() {
    let bench = bench();
    let faulty = FAULTY.replace("op=\"jsonproviderGet\"", "op=\"[unset]\"").replace("/v1", "/[Urii]/v1");
    bench.write("a.rsd", &faulty);
    let ran = bench.profilec(&["check", "--fix", "--format", "json", "a.rsd"]);
    assert_eq!(ran.exit, Some(1));
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["summary"]["fixed"], 2);
    assert!(json["summary"]["errors"].as_u64().unwrap() > 0, "{}", ran.stdout);
    assert!(!ran.stdout.contains("bare_ampersand"), "{}", ran.stdout);
}

#[test]
fn unsafe_fixes_need_to_be_asked_for() {
    let bench = bench();
    let unclosed = FAULTY.replace("</api:call>\r\n", "\r\n");
    bench.write("a.rsd", &unclosed);
    let ran = bench.profilec(&["check", "--fix", "a.rsd"]);
    assert_eq!(ran.exit, Some(1));
    assert!(!bench.read("a.rsd").contains("</api:call>"));
    let ran = bench.profilec(&["check", "--fix", "--unsafe", "a.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "no findings in 1 file, 1 fixed\n"));
    assert!(bench.read("a.rsd").contains("<api:push/></api:call>"));
    let ran = bench.profilec(&["check", "--unsafe", "a.rsd"]);
    assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let bench = bench();
    bench.write("a.rsd", FAULTY);
    let ran = bench.profilec(&["check", "--fix", "--diff", "a.rsd"]);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.starts_with("--- a.rsd\n+++ a.rsd\n@@ "), "{}", ran.stdout);
    let changed = |sign: char| ran.stdout.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((changed('-'), changed('+')), (3, 3));
    assert_eq!(bench.read("a.rsd"), FAULTY);
}

#[test]
fn what_cannot_be_read_or_written_is_said_and_the_rest_is_mended() {
    let bench = bench();
    bench.write("a.rsd", FAULTY);
    bench.write("b.rsd", FAULTY);
    let mut permissions = fs::metadata(bench.path("a.rsd")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(bench.path("a.rsd"), permissions).unwrap();
    let ran = bench.profilec(&["check", "--fix", "a.rsd", "b.rsd", "none.rsd"]);
    assert_eq!(ran.exit, Some(2));
    let told = "error: `a.rsd` cannot be written: it is read-only; it is as it was\n";
    assert_eq!(ran.stderr, told);
    assert!(ran.stdout.contains("`none.rsd` cannot be read"), "{}", ran.stdout);
    assert_eq!((bench.read("a.rsd"), bench.read("b.rsd")), (FAULTY.to_owned(), mended()));
    let ran = bench.profilec(&["check", "--fix", "-"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("standard input cannot be mended in place"), "{}", ran.stderr);
}
