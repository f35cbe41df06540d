//! Whole screens: all that a person reads on a terminal of 80 columns when the input is bad.

use crate::{Answer, Bench, Server, three_pages};

/// Exit code and standard error of `profilec run kilns.rsd`, the server's port and the time blanked out.
fn screen(server: &Server, from: &str, to: &str, args: &[&str]) -> String {
    let bench = Bench::new(&server.url);
    let profile = bench.read("kilns.rsd");
    assert!(profile.contains(from));
    bench.write("kilns.rsd", &profile.replace(from, to));
    let ran = bench.profilec(&[&["run", "kilns.rsd"], args].concat());
    assert!(ran.exit == Some(3) || ran.stdout.is_empty(), "{}", ran.stdout);
    assert!(ran.exit == Some(3) || server.asked().is_empty(), "a request was sent");
    let port = server.url.rsplit(':').next().unwrap();
    let text = ran.stderr.replace(port, &"_".repeat(port.len()));
    // `0.1 s` of `failed: 4 rows, 3 pages, 0.1 s; kept in …`.
    let timed = |line: &str| match line
        .split_once(" s;")
        .or_else(|| line.split_once(" s").filter(|(_, rest)| rest.is_empty()))
    {
        Some((before, after)) if line.starts_with("failed:") => {
            let before = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before}_ s{}{after}", if after.is_empty() { "" } else { ";" })
        }
        _ => line.to_owned(),
    };
    let text: Vec<String> = text.lines().map(timed).collect();
    format!("exit {}\n{}", ran.exit.unwrap(), text.join("\n"))
}

fn silent() -> Server {
    Server::start(|_| Answer::Body(200, "{}".to_owned()))
}

fn answering(status: u16, body: &'static str) -> Server {
    Server::start(move |_| Answer::Body(status, body.to_owned()))
}

#[test]
fn names_that_nothing_has() {
    insta::assert_snapshot!("unknown_column", screen(&silent(), "", "", &["--select", "Id,Nmae"]));
    insta::assert_snapshot!("no_column", screen(&silent(), "", "", &["--select", ","]));
    insta::assert_snapshot!("unknown_input", screen(&silent(), "", "", &["-i", "Nmae=1"]));
    insta::assert_snapshot!("unknown_option", screen(&silent(), "", "", &["-c", "Pasword=secret"]));
    insta::assert_snapshot!("unknown_argument", screen(&silent(), "", "", &["--limt", "1"]));
    insta::assert_snapshot!("unknown_format", screen(&silent(), "", "", &["-f", "cvs"]));
}

#[test]
fn inputs_that_are_missing() {
    let input = "<attr name=\"Name\"";
    let declared = format!("<input name=\"Site\" required=\"true\"/>{input}");
    insta::assert_snapshot!("required_input", screen(&silent(), input, &declared, &[]));
    let reference = "/sites/[_input.Site | urlencode]/kilns\"";
    insta::assert_snapshot!("read_input", screen(&silent(), "/kilns\"", reference, &[]));
    insta::assert_snapshot!("placeholder", screen(&silent(), "/kilns\"", "/sites/{site}/kilns\"", &[]));
}

#[test]
fn answers_without_rows() {
    let misnamed = || answering(200, "{\"page\":1,\"dta\":[{\"id\":1}],\"next\":null}");
    insta::assert_snapshot!("row_path_misspelt", screen(&misnamed(), "", "", &[]));
    insta::assert_snapshot!("row_path_elsewhere", screen(&misnamed(), "$.data", "$.result.items", &[]));
    insta::assert_snapshot!(
        "html",
        screen(&answering(200, "<!DOCTYPE html><title>Sign in</title>"), "", "", &[])
    );
    insta::assert_snapshot!("xml", screen(&answering(200, "<?xml version=\"1.0\"?><kilns/>"), "", "", &[]));
    insta::assert_snapshot!("plain_text", screen(&answering(200, "try again later"), "", "", &[]));
    insta::assert_snapshot!("cut_json", screen(&answering(200, "{\"data\":[{\"id\":1},{\"id"), "", "", &[]));
    insta::assert_snapshot!("binary", screen(&answering(200, "\u{1}\0\u{2}\u{3}"), "", "", &[]));
    insta::assert_snapshot!(
        "wrong_type",
        screen(&answering(200, "{\"data\":[{\"id\":\"K-1\"}]}"), "", "", &[])
    );
}

#[test]
fn servers_that_refuse_or_go_away() {
    let refusing = || answering(403, "{\"message\": \"no access to this kiln\"}");
    insta::assert_snapshot!("http_error", screen(&refusing(), "", "", &[]));
    let args = ["-c", "CustomUrlParams=api_key=s3cret", "--trace"];
    insta::assert_snapshot!("http_error_masked", screen(&refusing(), "", "", &args));
    let mid_walk = || three_pages(|| Answer::Body(500, String::new()));
    insta::assert_snapshot!(
        "http_error_mid_walk",
        screen(&mid_walk(), "", "", &["--retries", "0", "-o", "k.csv"])
    );
    let cut = || three_pages(|| Answer::CutShort);
    insta::assert_snapshot!("cut_short", screen(&cut(), "", "", &["--retries", "0", "-o", "k.csv"]));
    let gone = Server::start(|_| Answer::CutShort);
    insta::assert_snapshot!("foreign_scheme", screen(&gone, "http://127", "ftp://127", &[]));
}
