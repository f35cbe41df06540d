//! Logins of people: the test is the browser.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Stdio},
};

use super::{Manner, Place, holds_no_canary};

const OF_PERSON: &str = "grant = 'authorization_code'\ntoken_url = 'ORIGIN/token'\nauthorize_url = \
                         'ORIGIN/authorize?tenant=a'\nclient_id = 'kiln-id'\nscope = 'read'\n";

/// A login that waits.
struct Login {
    child: Child,
    url: url::Url,
    told: BufReader<std::process::ChildStderr>,
}

impl Login {
    fn begin(place: &Place, more: &[&str]) -> Self {
        let mut args = vec!["auth", "login", "kilns", "--no-browser"];
        args.extend(more);
        let mut command = place.command(&args);
        let mut child =
            command.stdin(Stdio::piped()).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.trim().starts_with("http") {
            line.clear();
            assert!(told.read_line(&mut line).unwrap() > 0, "no page was shown");
        }
        let url = line.trim().parse().unwrap();
        Self { child, url, told }
    }

    fn parameter(&self, name: &str) -> String {
        self.url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
    }

    /// The browser asks for a page below the redirect URL's origin.
    fn visit(&self, query: &str) -> String {
        let redirect: url::Url = self.parameter("redirect_uri").parse().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", redirect.port().unwrap())).unwrap();
        write!(stream, "GET {}{query} HTTP/1.1\r\nHost: localhost\r\n\r\n", redirect.path()).unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        page
    }

    fn end(mut self) -> (Option<i32>, String) {
        let mut told = String::new();
        self.told.read_to_string(&mut told).unwrap();
        holds_no_canary(&told);
        (self.child.wait().unwrap().code(), told)
    }
}

#[test]
fn a_browser_that_comes_back_with_a_code_logs_in() {
    let place = Place::with_entry(Manner::Plain, OF_PERSON);
    let login = Login::begin(&place, &[]);
    assert_eq!((login.url.path(), login.parameter("tenant").as_str()), ("/authorize", "a"));
    assert_eq!(login.parameter("code_challenge_method"), "S256");
    let state = login.parameter("state");
    let redirect = login.parameter("redirect_uri");
    // What is no end of the login is none.
    assert!(login.visit("favicon").starts_with("HTTP/1.1 404 "));
    let forged = login.visit("?code=c4n4ry-code&state=forged");
    assert!(forged.starts_with("HTTP/1.1 400 ") && forged.contains("belongs to another login"), "{forged}");
    assert!(place.token_requests().is_empty());
    let page = login.visit(&format!("?code=c4n4ry-code&state={state}"));
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("You are logged in"), "{page}");
    holds_no_canary(&page);
    let (exit, told) = login.end();
    assert_eq!(exit, Some(0), "{told}");
    assert!(told.contains("logged in as `kilns`\nthe token expires in 59 min, and is kept in\n"), "{told}");
    let asked = place.token_requests().remove(0);
    let form: Vec<(String, String)> =
        url::form_urlencoded::parse(asked.split("\r\n\r\n").nth(1).unwrap().as_bytes())
            .into_owned()
            .collect();
    let value = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!((value("code"), value("redirect_uri")), (Some("c4n4ry-code"), Some(redirect.as_str())));
    assert!(value("code_verifier").is_some_and(|verifier| verifier.len() >= 43));
    let ran = place.profilec(&["auth", "token", "kilns"]);
    assert_eq!(ran.stdout, "c4n4ry-access-1\n");
}

#[test]
fn a_pasted_address_or_code_will_do() {
    for (redirect, pasted) in [
        ("", "http://127.0.0.1/callback?code=c4n4ry-code&state=STATE\n"),
        ("redirect_url = 'https://app.example.com/callback'\n", "\nc4n4ry-code\n"),
        ("redirect_url = 'urn:ietf:wg:oauth:2.0:oob'\npkce = false\n", "c4n4ry-code"),
    ] {
        let place = Place::with_entry(Manner::Plain, &format!("{OF_PERSON}{redirect}"));
        let mut login = Login::begin(&place, &[]);
        let pasted = pasted.replace("STATE", &login.parameter("state"));
        login.child.stdin.take().unwrap().write_all(pasted.as_bytes()).unwrap();
        let (exit, told) = login.end();
        assert_eq!(exit, Some(0), "{told}");
        let asked = place.token_requests().remove(0);
        assert!(asked.contains("code=c4n4ry-code"), "{asked}");
        assert_eq!(asked.contains("code_verifier="), !redirect.contains("pkce"));
    }
}

#[test]
fn what_is_pasted_and_no_code_ends_the_login() {
    let place = Place::with_entry(Manner::Plain, OF_PERSON);
    for (pasted, message) in [
        ("http://127.0.0.1/callback?code=c4n4ry-code&state=forged\n", "the code belongs to another login"),
        ("http://127.0.0.1/callback?a=b\n", "what the browser came back with has no code"),
    ] {
        let mut login = Login::begin(&place, &[]);
        login.child.stdin.take().unwrap().write_all(pasted.as_bytes()).unwrap();
        let (exit, told) = login.end();
        assert_eq!(exit, Some(3));
        assert!(told.contains(message), "{told}");
    }
    let place =
        Place::with_entry(Manner::Plain, &format!("{OF_PERSON}redirect_url = 'https://app.example.com/'\n"));
    let mut login = Login::begin(&place, &[]);
    drop(login.child.stdin.take());
    let (exit, told) = login.end();
    assert_eq!(
        (exit, told.contains("standard input ended, and no code was pasted")),
        (Some(3), true),
        "{told}"
    );
}

#[test]
fn access_that_is_not_granted_is_told_in_the_browser_and_on_the_terminal() {
    let place = Place::with_entry(Manner::Plain, OF_PERSON);
    let login = Login::begin(&place, &[]);
    let page = login.visit("?error=access_denied&error_description=%3Cb%3Enot+today%3C%2Fb%3E&state=x");
    assert!(page.starts_with("HTTP/1.1 400 ") && page.contains("&lt;b&gt;not today"), "{page}");
    let (exit, told) = login.end();
    assert_eq!(exit, Some(3));
    assert!(told.contains("access was not granted: `access_denied`: <b>not today</b>"), "{told}");
}

#[test]
fn a_refused_code_is_told_in_the_browser_and_leaves_the_last_tokens() {
    let place =
        Place::with_entry(Manner::Refusing, &format!("{OF_PERSON}client_secret = 'env:KILN_SECRET'\n"));
    let login = Login::begin(&place, &[]);
    let page = login.visit(&format!("?code=c4n4ry-code&state={}", login.parameter("state")));
    assert!(page.starts_with("HTTP/1.1 400 ") && page.contains("invalid_client"), "{page}");
    let (exit, told) = login.end();
    assert_eq!(exit, Some(3), "{told}");
    assert!(place.files().is_empty());
}

#[test]
fn a_login_that_nobody_ends_is_given_up() {
    let place = Place::with_entry(Manner::Plain, OF_PERSON);
    let (exit, told) = Login::begin(&place, &["--timeout", "1"]).end();
    assert_eq!(exit, Some(3));
    assert!(told.contains("no login within 1 s"), "{told}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_login_and_changes_nothing() {
    let place = Place::with_entry(Manner::Plain, OF_PERSON);
    let login = Login::begin(&place, &[]);
    let id = login.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let (exit, _) = login.end();
    assert_eq!(exit, Some(130));
    assert!(!place.bench.path("data").exists());
}

#[test]
fn a_login_on_another_device_shows_its_code_and_waits() {
    let place = Place::with_entry(
        Manner::Plain,
        "grant = 'device_code'\ntoken_url = 'ORIGIN/token'\ndevice_url = 'ORIGIN/device'\nclient_id = 'kiln-id'\n",
    );
    let ran = place.quietly(&["auth", "token", "kilns"]);
    assert_eq!(ran.exit, Some(3));
    assert!(ran.stderr.contains("log in with `profilec auth login kilns`"), "{}", ran.stderr);
    let ran = place.quietly(&["auth", "login", "kilns"]);
    assert_eq!(ran.exit, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("  https://login.example.com/device\n\nand enter the code\n\n  WDJB-MJHT\n"));
    assert_eq!(place.profilec(&["auth", "token", "kilns"]).stdout, "c4n4ry-access-1\n");
}
