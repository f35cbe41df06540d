use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use profilec_auth::Masker;
use profilec_http::{HttpOptions, Proxy, ProxyServer, TransportErrorKind};

use crate::server::{Answer, Server, dead_origin};
use crate::{get, header, options, post, send, send_with, story};

fn packed(body: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(body).expect("memory is writable");
    gzip.finish().expect("memory is writable")
}

#[test]
fn a_request_goes_out_as_it_is_asked_for() {
    let server = Server::start(vec![Answer::new(200, &["X-Total: 3", "Link: a", "Link: b"], b"{}")]);
    let mut request = post(&server.url("/a%20b?x=[1]&y=%2F+z"), "{\"q\": \"é\"}");
    request.headers = vec![
        header("Content-Type", "application/json; charset=utf-8"),
        header("X-Two", "1"),
        header("X-Two", "2"),
        header("X-Text", "grüße"),
        header("Content-Length", "1"),
        header("Accept-Encoding", "br"),
    ];
    let reply = send(&request).expect("it is answered");
    assert_eq!(
        (reply.status, reply.body.as_slice(), reply.url.as_str()),
        (200, &b"{}"[..], request.url.as_str())
    );
    assert_eq!((reply.requests, reply.retries, reply.waited_ms), (1, 0, 0));
    let links: Vec<_> = reply.headers.iter().filter(|(name, _)| name == "link").collect();
    assert_eq!(links.len(), 2, "{:?}", reply.headers);

    let received = server.received().remove(0);
    assert_eq!(received.line, "POST /a%20b?x=[1]&y=%2F+z HTTP/1.1");
    assert_eq!(received.body, "{\"q\": \"é\"}");
    assert_eq!(received.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(received.header("content-length"), Some("11"));
    assert_eq!(received.header("accept-encoding"), Some("gzip"));
    assert_eq!(received.header("accept"), Some("application/json, */*;q=0.5"));
    assert_eq!(received.header("user-agent"), Some(concat!("profilec/", env!("CARGO_PKG_VERSION"))));
    assert_eq!(received.header("x-text"), Some("grüße"));
    assert_eq!(received.headers.iter().filter(|line| line.starts_with("x-two")).count(), 2);
}

#[test]
fn headers_of_the_request_go_before_our_own() {
    let server = Server::start(vec![Answer::new(200, &[], b"")]);
    let mut request = get(&server.url("/"));
    request.headers = vec![header("accept", "text/plain"), header("USER-AGENT", "mine")];
    assert!(send(&request).is_ok());
    let received = server.received().remove(0);
    assert_eq!(
        (received.header("accept"), received.header("user-agent")),
        (Some("text/plain"), Some("mine"))
    );
}

#[test]
fn a_packed_body_comes_unpacked() {
    let body = b"{\"rows\": []}".repeat(1_000);
    let server = Server::start(vec![Answer::new(200, &["Content-Encoding: gzip"], &packed(&body))]);
    assert_eq!(send(&get(&server.url("/"))).expect("it is answered").body, body);
}

#[test]
fn a_body_in_pieces_is_put_together() {
    let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let server = Server::start(vec![Answer::Bytes(answer.to_vec())]);
    assert_eq!(send(&get(&server.url("/"))).expect("it is answered").body, b"abcde");
}

#[test]
fn an_error_status_is_an_answer() {
    let server = Server::start(vec![Answer::new(404, &[], b"no such kiln")]);
    let reply = send(&get(&server.url("/"))).expect("it is answered");
    assert_eq!((reply.status, reply.body.as_slice()), (404, &b"no such kiln"[..]));
}

#[test]
fn a_body_beyond_the_limit_is_refused_packed_or_not() {
    let zeros = vec![b'0'; 100_000];
    for answer in [
        Answer::new(200, &[], &zeros),
        Answer::new(200, &["Content-Encoding: gzip"], &packed(&zeros)),
        Answer::Bytes([b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &zeros].concat()),
    ] {
        let server = Server::start(vec![answer]);
        let options = HttpOptions { max_body: 50_000, ..options() };
        let error =
            send_with(options, Masker::default(), &get(&server.url("/"))).expect_err("it is too large");
        assert_eq!(error.kind(), TransportErrorKind::TooLarge);
        assert!(error.to_string().ends_with("the body is larger than 50,000 bytes"), "{error}");
        assert_eq!((error.requests, error.retries), (1, 0));
    }
}

#[test]
fn what_cannot_be_sent_is_said_without_sending() {
    assert_eq!(story(send(&get("ftp://h/x"))), "GET `ftp://h/x`: `ftp:` is not http or https");
    assert_eq!(story(send(&get("/kilns"))), "GET `/kilns`: this is not a URL: relative URL without a base");
    let mut request = get(&dead_origin());
    request.headers = vec![header("X Y", "1")];
    let error = send(&request).expect_err("it cannot be sent");
    assert_eq!(error.kind(), TransportErrorKind::BadHeader);
    assert!(error.to_string().ends_with("`X Y` cannot be the name of a header"), "{error}");
    request.headers = vec![header("X-Y", "1\r\nX-Z: 2")];
    let error = send(&request).expect_err("it cannot be sent");
    assert!(error.to_string().ends_with("the value of header `X-Y` cannot be sent"), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_told_at_once() {
    let request = get(&format!("{}/a?token=t0p", dead_origin()));
    assert_eq!(story(send(&request)), "GET `http://127.0.0.1:PORT/a?token=***`: connection refused");
}

#[test]
fn errors_hide_secrets() {
    let masker = Masker::default();
    masker.learn("c4n4ry/1");
    let mut request = get(&format!("{}/c4n4ry%2F1?q=c4n4ry/1", dead_origin()));
    assert_eq!(
        story(send_with(options(), masker.clone(), &request)),
        "GET `http://127.0.0.1:PORT/***?q=***`: connection refused"
    );
    request.headers = vec![header("c4n4ry/1", "1")];
    assert!(!story(send_with(options(), masker.clone(), &request)).contains("c4n4ry"));
    let server = Server::start(vec![Answer::redirect(302, "http://c4n4ry%2F1@[h/?k=c4n4ry/1&token=t0p")]);
    let told = story(send_with(options(), masker, &get(&server.url("/"))));
    assert!(told.contains("`http://***@[h/?k=***&token=***`"), "{told}");
}

#[test]
fn userinfo_logs_in_unless_the_origin_is_foreign() {
    let server = Server::start(vec![Answer::new(200, &[], b""), Answer::new(200, &[], b"")]);
    let mut request = get(&server.url("/").replace("http://", "http://ann:pw@"));
    assert!(send(&request).is_ok());
    request.foreign = true;
    assert!(send(&request).is_ok());
    let received = server.received();
    assert_eq!(received[0].header("authorization"), Some("Basic YW5uOnB3"));
    assert_eq!(received[1].header("authorization"), None);
}

fn through(proxy: ProxyServer) -> HttpOptions {
    HttpOptions { proxy: Proxy::Server(proxy), ..options() }
}

#[test]
fn a_proxy_gets_the_whole_url_and_its_login() {
    let server = Server::start(vec![Answer::new(200, &[], b"{}")]);
    let login = Some(("ann".to_owned(), "pw".to_owned()));
    let options = through(ProxyServer { url: server.origin.clone(), login, ..ProxyServer::default() });
    assert!(send_with(options, Masker::default(), &get("http://kilns.test/a")).is_ok());
    let received = &server.received()[0];
    assert_eq!(received.line, "GET http://kilns.test/a HTTP/1.1");
    assert_eq!(received.header("proxy-authorization"), Some("Basic YW5uOnB3"));
}

#[test]
fn https_goes_through_a_tunnel_of_the_proxy() {
    let server = Server::start(vec![Answer::new(407, &[], b"who are you?")]);
    let login = Some(("ann".to_owned(), "wrong".to_owned()));
    let options = through(ProxyServer { url: server.origin.clone(), login, ..ProxyServer::default() });
    let told = story(send_with(options, Masker::default(), &get("https://kilns.test/a")));
    assert!(told.contains("asked through the proxy `http://127.0.0.1:PORT`"), "{told}");
    let received = &server.received()[0];
    assert_eq!(received.line, "CONNECT kilns.test:443 HTTP/1.1");
    assert_eq!(received.header("proxy-authorization"), Some("Basic YW5uOndyb25n"));
}

#[test]
fn an_exception_is_reached_without_the_proxy() {
    let server = Server::start(vec![Answer::new(200, &[], b"{}")]);
    let exceptions = vec!["kilns.test".to_owned(), "127.0.0.1".to_owned()];
    let options = through(ProxyServer { url: dead_origin(), exceptions, ..ProxyServer::default() });
    assert!(send_with(options, Masker::default(), &get(&server.url("/a"))).is_ok());
    assert_eq!(server.received()[0].line, "GET /a HTTP/1.1");
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let options = through(ProxyServer { url: dead_origin(), ..ProxyServer::default() });
    assert_eq!(
        story(send_with(options, Masker::default(), &get("http://kilns.test/a"))),
        "GET `http://kilns.test/a`: connection refused; asked through the proxy `http://127.0.0.1:PORT`"
    );
}

#[test]
fn a_proxy_that_is_no_url_is_refused() {
    let options = through(ProxyServer { url: "http://[".to_owned(), ..ProxyServer::default() });
    let error = send_with(options, Masker::default(), &get("http://kilns.test/")).expect_err("it is refused");
    assert!(error.to_string().starts_with("no HTTP client can be set up: "), "{error}");
}
