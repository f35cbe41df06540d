#![expect(clippy::disallowed_methods, reason = "the tests look at recordings, which are files")]

use std::fs;
use std::path::Path;

use chrono::DateTime;
use profilec_auth::Masker;
use profilec_engine::Request;
use profilec_http::{
    Began, Client, HttpTransport, RecordingTransport, ReplayTransport, Reply, Transport, TransportErrorKind,
};
use tempfile::TempDir;

use crate::server::{Answer, Server};
use crate::{get, header, options, post, run, story};

const CANARY: &str = "c4n4ry/1 &";

fn knowing() -> Masker {
    let masker = Masker::default();
    masker.learn(CANARY);
    masker
}

/// Sends the requests in order and tells the notes.
fn record(folder: &Path, masker: &Masker, requests: &[Request]) -> (Vec<Reply>, Vec<String>) {
    run(async {
        let http = HttpTransport::new(options(), masker.clone()).expect("it is set up");
        let recording =
            RecordingTransport::create(http, folder, masker.clone(), began()).expect("the folder is empty");
        let client = Client::Recording(recording);
        let mut replies = Vec::new();
        for request in requests {
            replies.push(client.send(request).await.expect("it is answered"));
        }
        (replies, client.notes())
    })
}

fn began() -> Began {
    let now = DateTime::parse_from_rfc3339("2031-01-02T03:04:05+01:00").expect("it is a time");
    Began { now, seed: 7 }
}

fn text(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("the file was written")
}

fn folder_with(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, file) in files {
        fs::write(folder.path().join(name), file).expect("there is room for a file");
    }
    folder
}

fn exchange(url: &str, body: &str) -> String {
    format!("profilec-exchange 1\n--- request\nGET {url}\n\n--- response\nHTTP/1.1 200 OK\n\n{body}\n")
}

#[test]
fn a_recording_is_replayed_to_the_byte() {
    let page = b"{\"rows\": [1.10, \"\xc3\xa9\"]}\n\n";
    let server = Server::start(vec![
        Answer::redirect(302, "/moved"),
        Answer::new(200, &["Link: </b>; rel=\"next\""], page),
        Answer::new(404, &[], b"\xff\x00"),
        Answer::new(204, &[], b""),
    ]);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let requests = [
        get(&server.url("/a")),
        post(&server.url("/b"), "{\"q\": 1}\n--- response\n"),
        get(&server.url("/c")),
    ];
    let (sent, notes) = record(&folder.path().join("new/folder"), &Masker::default(), &requests);
    assert_eq!(notes, Vec::<String>::new());

    let folder = folder.path().join("new/folder");
    let replay = ReplayTransport::open(&folder, Masker::default()).expect("it was recorded");
    assert_eq!(replay.began(), Some(began()));
    for (request, sent) in requests.iter().zip(sent) {
        let answer = run(replay.send(request)).expect("it was recorded");
        assert_eq!((answer.status, &answer.body, &answer.url), (sent.status, &sent.body, &sent.url));
        let has_link = |reply: &Reply| reply.headers.iter().any(|(name, _)| name == "link");
        assert_eq!(has_link(&answer), has_link(&sent));
        assert_eq!((answer.requests, answer.retries), (1, 0));
    }
}

#[test]
fn secrets_are_masked_everywhere_and_the_recording_still_replays() {
    let next = format!("{{\"next\": \"/b?k={CANARY}\", \"rows\": []}}");
    let server = Server::start(vec![Answer::new(
        200,
        &["Set-Cookie: sid=c00kie", &format!("X-Echo: {CANARY}"), "Link: </b?token=t0ken>; rel=\"next\""],
        next.as_bytes(),
    )]);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let mut request =
        post(&server.url("/a?q=c4n4ry%2F1+%26&api_key=unkn0wn"), "key=c4n4ry%2F1%20%26&password=unkn0wn");
    request.headers =
        vec![header("Authorization", "Bearer unkn0wn"), header("X-Mine", CANARY), header("Accept", "*/*")];
    let (_, notes) = record(folder.path(), &knowing(), std::slice::from_ref(&request));
    assert_eq!(notes, ["the response body of exchange 1 held a secret, it is masked"]);

    let file = text(&folder, "0001.http").replace(&server.origin, "http://origin");
    assert_eq!(
        file,
        "profilec-exchange 1\n--- request now=2031-01-02T03:04:05+01:00 seed=7\nPOST http://origin/a?q=***&api_key=***\nAuthorization: Bearer ***\n\
         X-Mine: ***\nAccept: */*\n\nkey=***&password=***\n--- response\nHTTP/1.1 200 OK\nset-cookie: ***\n\
         x-echo: ***\nlink: </b?token=***>; rel=\"next\"\n\n{\"next\": \"/b?k=***\", \"rows\": []}\n"
    );
    let replay = ReplayTransport::open(folder.path(), knowing()).expect("it was recorded");
    assert!(run(replay.send(&request)).is_ok());
}

#[test]
fn other_secrets_than_the_recorded_ones_fit_too() {
    let folder = folder_with(&[("0001.http", &exchange("http://h/a?id=***&page=1", "{}"))]);
    let replay = ReplayTransport::open(folder.path(), Masker::default()).expect("it is a recording");
    assert!(run(replay.send(&get("http://h/a?id=x&page=2"))).is_err());
    assert!(run(replay.send(&get("http://h/a?id=x&page=1"))).is_ok());
}

#[test]
fn tokens_of_a_token_answer_are_masked_and_learnt() {
    let server = Server::start(vec![
        Answer::new(200, &[], b"{\"access_token\": \"t0k3n-1\", \"token_type\": \"bearer\"}"),
        Answer::new(200, &[], b"[]"),
    ]);
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (_, notes) =
        record(folder.path(), &Masker::default(), &[get(&server.url("/t")), get(&server.url("/t0k3n-1"))]);
    assert_eq!(notes, ["the response body of exchange 1 held a secret, it is masked"]);
    assert!(text(&folder, "0001.http").contains("{\"access_token\": \"***\", \"token_type\": \"bearer\"}"));
    assert!(text(&folder, "0002.http").contains("/***\n"));
}

#[test]
fn a_recording_needs_a_folder_of_its_own() {
    let folder = folder_with(&[("notes.txt", "mine")]);
    let error = RecordingTransport::create((), folder.path(), Masker::default(), began())
        .expect_err("it is not empty");
    assert_eq!(error.kind(), TransportErrorKind::Cassette);
    assert!(
        error.to_string().ends_with("the folder is not empty, and a recording needs one of its own"),
        "{error}"
    );
    let file = folder.path().join("notes.txt");
    assert!(RecordingTransport::create((), &file, Masker::default(), began()).is_err());
}

#[test]
fn equal_requests_are_answered_in_order_once_each() {
    let folder = folder_with(&[
        ("0002.http", &exchange("http://h/a", "second")),
        ("0001.http", &exchange("http://h/a", "first")),
        ("readme.md", "not an exchange"),
    ]);
    let replay = ReplayTransport::open(folder.path(), Masker::default()).expect("it is a recording");
    let ask = || run(replay.send(&get("http://h/a")));
    assert_eq!(ask().expect("it is recorded").body, b"first");
    assert_eq!(ask().expect("it is recorded").body, b"second");
    let error = ask().expect_err("it is recorded twice");
    assert_eq!(error.kind(), TransportErrorKind::NotRecorded);
    let told = format!(
        "GET `http://h/a`: asked once more than it is recorded in `{}`, last in `0002.http`",
        folder.path().display()
    );
    assert_eq!(error.to_string(), told);
}

#[test]
fn a_request_that_is_not_recorded_names_the_closest() {
    let folder = folder_with(&[
        ("0001.http", &exchange("http://h/b", "")),
        ("0002.http", &exchange("http://h/a?page=1&api_key=***", "")),
    ]);
    let replay = ReplayTransport::open(folder.path(), knowing()).expect("it is a recording");
    let told = story(run(replay.send(&get("http://h/a?page=2&api_key=c4n4ry/1%20%26"))));
    assert_eq!(
        told,
        format!(
            "GET `http://h/a?page=2&api_key=***`: not recorded in `{}`; the closest is `0002.http`, where `page` is \
             `1`, not `2`",
            folder.path().display()
        )
    );
}

#[test]
fn a_folder_without_exchanges_is_refused() {
    let folder = folder_with(&[("readme.md", "")]);
    for path in [folder.path().to_owned(), folder.path().join("absent")] {
        let error = ReplayTransport::open(&path, Masker::default()).expect_err("nothing is recorded");
        assert_eq!(error.kind(), TransportErrorKind::Cassette);
    }
}

#[test]
fn a_broken_file_is_named_with_its_line() {
    let folder = folder_with(&[("0001.http", "profilec-exchange 2\n")]);
    let error = ReplayTransport::open(folder.path(), Masker::default()).expect_err("it is broken");
    let told = "0001.http`: line 1: `profilec-exchange 1` was expected, not `profilec-exchange 2`";
    assert!(error.to_string().ends_with(told), "{error}");
}
