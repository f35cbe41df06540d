use std::time::Duration;

use profilec_auth::Masker;
use profilec_http::{HttpOptions, TransportErrorKind};

use crate::server::{Answer, Server};
use crate::{get, options, post, send, send_with, story};

fn ok() -> Answer {
    Answer::new(200, &[], b"{}")
}

#[test]
fn passing_statuses_are_tried_again() {
    for status in [408, 429, 500, 502, 503, 504] {
        let busy = || Answer::new(status, &["Retry-After: 0"], b"busy");
        let server = Server::start(vec![busy(), busy(), ok()]);
        let reply = send(&post(&server.url("/"), "q")).expect("it is answered");
        assert_eq!((reply.status, reply.requests, reply.retries), (200, 3, 2));
        assert!(server.received().iter().all(|request| request.body == "q"));
    }
}

#[test]
fn other_statuses_are_not() {
    for status in [400, 401, 403, 404, 409, 501] {
        let server = Server::start(vec![Answer::new(status, &["Retry-After: 0"], b"")]);
        let reply = send(&get(&server.url("/"))).expect("it is answered");
        assert_eq!((reply.status, reply.requests), (status, 1));
    }
}

#[test]
fn broken_connections_are_tried_again() {
    for fault in [
        Answer::Close,
        Answer::Reset,
        Answer::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"".to_vec()),
        Answer::Bytes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc".to_vec()),
        Answer::new(200, &["Content-Encoding: gzip"], b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
    ] {
        let server = Server::start(vec![fault, ok()]);
        let reply = send(&get(&server.url("/"))).expect("it is answered");
        assert_eq!((reply.body.as_slice(), reply.requests, reply.retries), (&b"{}"[..], 2, 1));
    }
}

#[test]
fn the_last_status_is_the_answer() {
    let busy = || Answer::new(503, &["Retry-After: 0"], b"busy");
    let server = Server::start(vec![busy(), busy(), busy()]);
    let options = HttpOptions { retries: 2, ..options() };
    let reply = send_with(options, Masker::default(), &get(&server.url("/"))).expect("it is answered");
    assert_eq!(
        (reply.status, reply.body.as_slice(), reply.requests, reply.retries),
        (503, &b"busy"[..], 3, 2)
    );
}

#[test]
fn the_last_fault_is_told_with_its_tries() {
    let cut = || {
        let body = [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n".as_slice(), &[b' '; 1234]].concat();
        Answer::Bytes(body)
    };
    let server = Server::start(vec![cut(), cut(), cut()]);
    let options = HttpOptions { retries: 2, ..options() };
    let error = send_with(options.clone(), Masker::default(), &get(&server.url("/a"))).expect_err("it fails");
    assert_eq!((error.kind(), error.requests, error.retries), (TransportErrorKind::Connection, 3, 2));
    assert_eq!(
        story(Err(error)),
        "GET `http://127.0.0.1:PORT/a`: connection closed after 1,234 of 5,000 bytes (3 tries)"
    );

    let server = Server::start(vec![Answer::Reset, Answer::Reset, Answer::Reset]);
    assert_eq!(
        story(send_with(options.clone(), Masker::default(), &get(&server.url("/a")))),
        "GET `http://127.0.0.1:PORT/a`: connection reset (3 tries)"
    );

    let server = Server::start(vec![Answer::Close, Answer::Close, Answer::Close]);
    assert_eq!(
        story(send_with(options, Masker::default(), &get(&server.url("/a")))),
        "GET `http://127.0.0.1:PORT/a`: connection closed before an answer (3 tries)"
    );
}

#[test]
fn silence_ends_a_try_before_and_within_the_body() {
    // The head has to arrive within the second timeout, however busy the machine is.
    for (timeout, answer, told) in [
        (Duration::from_millis(50), Answer::Stall(Vec::new()), "no byte for 0.05 s"),
        (
            Duration::from_secs(3),
            Answer::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"a\"".to_vec()),
            "no byte for 3 s after 4 bytes",
        ),
    ] {
        let server = Server::start(vec![answer]);
        let options = HttpOptions { timeout, retries: 0, ..options() };
        let error = send_with(options, Masker::default(), &get(&server.url("/"))).expect_err("it is silent");
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        assert!(error.to_string().ends_with(told), "{error}");
    }
}

#[test]
fn a_wait_beyond_the_budget_is_not_begun() {
    let server = Server::start(vec![Answer::new(429, &["Retry-After: 3600"], b"")]);
    let error = send(&get(&server.url("/"))).expect_err("it would wait too long");
    assert_eq!((error.kind(), error.requests, error.waited_ms), (TransportErrorKind::WaitedTooLong, 1, 0));
    assert_eq!(
        story(Err(error)),
        "GET `http://127.0.0.1:PORT/`: status 429, the server asks to wait 3600 s, and 300 s are left of the \
         300 s for waiting"
    );
}
