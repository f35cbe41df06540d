use profilec_auth::Masker;
use profilec_http::{HttpOptions, TransportErrorKind};

use crate::server::{Answer, Server};
use crate::{get, header, options, post, send, send_with, story};

fn ok() -> Answer {
    Answer::new(200, &[], b"{}")
}

#[test]
fn relative_redirects_keep_headers_and_count() {
    let server = Server::start(vec![Answer::redirect(302, "/b?c=1#d"), Answer::redirect(308, "e"), ok()]);
    let mut request = get(&server.url("/a"));
    request.headers = vec![header("Authorization", "Bearer t")];
    let reply = send(&request).expect("it is answered");
    assert_eq!((reply.url, reply.requests, reply.retries), (server.url("/e"), 3, 0));
    let received = server.received();
    assert_eq!(received[1].line, "GET /b?c=1 HTTP/1.1");
    assert!(received.iter().all(|request| request.header("authorization") == Some("Bearer t")));
}

#[test]
fn a_post_becomes_a_get_or_stays() {
    for (status, line, body) in [
        (301, "GET /b HTTP/1.1", ""),
        (302, "GET /b HTTP/1.1", ""),
        (303, "GET /b HTTP/1.1", ""),
        (307, "POST /b HTTP/1.1", "q"),
        (308, "POST /b HTTP/1.1", "q"),
    ] {
        let server = Server::start(vec![Answer::redirect(status, "/b"), ok()]);
        let mut request = post(&server.url("/a"), "q");
        request.headers = vec![header("Content-Type", "text/plain")];
        assert!(send(&request).is_ok());
        let received = server.received().remove(1);
        assert_eq!((received.line.as_str(), received.body.as_str()), (line, body));
        assert_eq!(received.header("content-type").is_some(), !body.is_empty());
    }
}

#[test]
fn another_origin_gets_no_headers() {
    let other = Server::start(vec![ok()]);
    let server = Server::start(vec![Answer::redirect(302, &other.url("/b").replace("//", "//ann:pw@"))]);
    let mut request = get(&server.url("/a"));
    request.headers = vec![header("Authorization", "Bearer t"), header("Cookie", "a=b"), header("X-Y", "1")];
    assert!(send(&request).is_ok());
    let received = other.received().remove(0);
    for name in ["authorization", "cookie", "x-y", "referer"] {
        assert_eq!(received.header(name), None, "{name}");
    }
    assert!(received.header("user-agent").is_some());
}

#[test]
fn headers_do_not_come_back_on_the_way_home() {
    let home = Server::start(vec![ok()]);
    let other = Server::start(vec![Answer::redirect(302, &home.url("/c"))]);
    let server = Server::start(vec![Answer::redirect(302, &other.url("/b"))]);
    let mut request = get(&server.url("/a"));
    request.headers = vec![header("Authorization", "Bearer t")];
    assert!(send(&request).is_ok());
    assert_eq!(home.received()[0].header("authorization"), None);
}

#[test]
fn an_allowed_origin_gets_headers_and_body() {
    let other = Server::start(vec![ok()]);
    let server = Server::start(vec![Answer::redirect(307, &other.url("/b"))]);
    let mut request = post(&server.url("/a"), "q");
    request.headers = vec![header("Authorization", "Bearer t")];
    let options = HttpOptions { allowed_origins: vec![other.origin.clone()], ..options() };
    assert!(send_with(options, Masker::default(), &request).is_ok());
    let received = other.received().remove(0);
    assert_eq!((received.header("authorization"), received.body.as_str()), (Some("Bearer t"), "q"));
}

#[test]
fn a_body_is_not_taken_to_another_origin() {
    let other = Server::start(vec![]);
    let server = Server::start(vec![Answer::redirect(307, &other.url("/b"))]);
    let error = send(&post(&server.url("/a"), "q")).expect_err("it is refused");
    assert_eq!((error.kind(), error.requests), (TransportErrorKind::Redirect, 1));
    assert_eq!(
        story(Err(error)),
        "POST `http://127.0.0.1:PORT/a`: redirected to `http://127.0.0.1:PORT`, another origin, which is not given \
         the request body"
    );
}

#[test]
fn circles_and_long_chains_end() {
    let server = Server::start(vec![Answer::redirect(302, "/b"), Answer::redirect(302, "/a")]);
    assert!(story(send(&get(&server.url("/a")))).ends_with("the redirects lead round in a circle"));

    let chain = (1..=3).map(|step| Answer::redirect(302, &format!("/{step}"))).collect();
    let server = Server::start(chain);
    let options = HttpOptions { max_redirects: 2, ..options() };
    let error = send_with(options, Masker::default(), &get(&server.url("/0"))).expect_err("it is too long");
    assert_eq!((error.kind(), error.requests), (TransportErrorKind::Redirect, 3));
    assert!(error.to_string().ends_with("more than 2 redirects"), "{error}");
}

#[test]
fn other_schemes_are_not_followed() {
    let server = Server::start(vec![Answer::redirect(302, "file:///etc/passwd")]);
    assert!(story(send(&get(&server.url("/a")))).ends_with("redirected to a `file:` URL"));
}

#[test]
fn a_redirect_status_without_a_place_is_an_answer() {
    let server = Server::start(vec![Answer::new(302, &[], b"where?")]);
    let reply = send(&get(&server.url("/a"))).expect("it is answered");
    assert_eq!((reply.status, reply.body.as_slice()), (302, &b"where?"[..]));
}
