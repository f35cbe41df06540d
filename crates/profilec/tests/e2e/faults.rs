//! Servers, outputs and people that stop in the middle.

use std::{
    io::Read,
    process::{Command, Stdio},
};

use crate::{Answer, Bench, Ran, Server, page_of, three_pages};

#[test]
fn all_pages_of_a_real_server_arrive() {
    let server = three_pages(|| page_of(3, "null"));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd", "-o", "kilns.csv", "--report", "report.json"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    assert_eq!(bench.read("kilns.csv"), "Id,Name\n1,a\n2,\n3,a\n4,\n5,a\n6,\n");
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    assert_eq!((&report["rows"], &report["pages"]), (&6.into(), &3.into()));
    assert_eq!(report["partial"], serde_json::Value::Null);
    assert_eq!(report["columns"][1]["nulls"], 3);
    let quiet = bench.profilec(&["run", "kilns.rsd", "-q", "--select", "name"]);
    assert_eq!(quiet.stderr, "");
    assert_eq!(quiet.stdout, "Name\na\n\"\"\na\n\"\"\na\n\"\"\n");
}

#[test]
fn an_http_error_names_verb_url_status_page_and_body() {
    let server = three_pages(|| Answer::Body(403, "{\"error\": \"no\n entry\"}".to_owned()));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd", "--report", "report.json"]);
    assert_eq!(ran.exit, Some(3));
    assert_eq!(ran.stdout, "Id,Name\n1,a\n2,\n3,a\n4,\n");
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    assert_eq!(report["reason"]["code"], "profilec::http::status");
    let message = format!("`GET {}/kilns?page=3` answered 403 Forbidden on page 3", server.url);
    assert_eq!(report["reason"]["message"], message);
    assert!(ran.stderr.contains("the answer begins `{\"error\": \"no entry\"}`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("failed: 4 rows, 3 pages"), "{}", ran.stderr);
}

#[test]
fn a_body_that_is_not_json_is_named() {
    let server = Server::start(|_| Answer::Body(200, "<html><body>Sign in</body></html>".to_owned()));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("is not JSON but an HTML page"), "{}", ran.stderr);
}

#[test]
fn a_server_that_goes_away_leaves_whole_pages_in_a_partial_file() {
    let server = three_pages(|| Answer::CutShort);
    let bench = Bench::new(&server.url);
    let args = ["run", "kilns.rsd", "-o", "kilns.csv", "--retries", "0", "--report", "report.json"];
    let ran = bench.profilec(&args);
    assert_eq!(ran.exit, Some(3), "{}", ran.stderr);
    assert!(!bench.path("kilns.csv").exists());
    assert_eq!(bench.read("kilns.csv.partial"), "Id,Name\n1,a\n2,\n3,a\n4,\n");
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    assert_eq!(report["partial"]["path"], "kilns.csv.partial");
    assert_eq!(report["partial"]["rows"], 4);
    assert_eq!(report["reason"]["code"], "profilec::http::request_failed");
}

#[test]
fn a_partial_arrow_file_is_readable() {
    let server = three_pages(|| Answer::Body(500, String::new()));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd", "-o", "kilns.arrow", "--retries", "0"]);
    assert_eq!(ran.exit, Some(3), "{}", ran.stderr);
    let file = std::fs::File::open(bench.path("kilns.arrow.partial")).unwrap();
    let reader = arrow_ipc::reader::FileReader::try_new(file, None).unwrap();
    assert_eq!(reader.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 4);
}

#[test]
fn a_page_cap_is_truncated_and_a_limit_is_complete() {
    let server = three_pages(|| page_of(3, "null"));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd", "--max-pages", "2"]);
    assert_eq!((ran.exit, ran.stdout.lines().count()), (Some(4), 5), "{}", ran.stderr);
    let ran = bench.profilec(&["run", "kilns.rsd", "-n", "3"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "Id,Name\n1,a\n2,\n3,a\n"), "{}", ran.stderr);
}

#[test]
fn a_full_disk_fails_the_run() {
    let server = three_pages(|| page_of(3, "null"));
    let bench = Bench::new(&server.url);
    let ran = bench.profilec(&["run", "kilns.rsd", "-o", "/dev/full"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("profilec::output::write_failed"), "{}", ran.stderr);
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let server = three_pages(|| page_of(3, "null"));
    let bench = Bench::new(&server.url);
    let mut command = bench.command(&["run", "kilns.rsd", "--report", "report.json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(141), ""));
    let report: serde_json::Value = serde_json::from_str(&bench.read("report.json")).unwrap();
    assert_eq!(report["verdict"], "truncated");
    assert_eq!(report["reason"]["code"], "profilec::paging::reader_gone");
}

#[cfg(unix)]
#[test]
fn signals_end_the_run_with_whole_pages() {
    for (signal, exit) in [("-INT", 130), ("-TERM", 143)] {
        let server = three_pages(|| Answer::Silence);
        let bench = Bench::new(&server.url);
        let mut command = bench.command(&["run", "kilns.rsd", "-o", "kilns.csv", "--report", "report.json"]);
        let child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        (0..3).for_each(|_| server.wait());
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.exit, Some(exit), "{}", ran.stderr);
        assert_eq!(bench.read("kilns.csv.partial"), "Id,Name\n1,a\n2,\n3,a\n4,\n");
        assert!(bench.read("report.json").contains("profilec::paging::interrupted"));
    }
}
