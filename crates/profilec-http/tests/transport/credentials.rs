//! Challenges that are met on the way.

use profilec_auth::{Authenticator, AwsSignature, Masker, Scheme};
use profilec_engine::{PasswordLogin, Request};
use profilec_http::{HttpTransport, Reply, Transport, TransportError};

use crate::server::{Answer, Received, Server};
use crate::{get, header, options, run};

const CHALLENGE: &str = r#"WWW-Authenticate: Digest realm="r", qop="auth", nonce="NONCE""#;

fn challenge(nonce: &str) -> Answer {
    Answer::new(401, &[&CHALLENGE.replace("NONCE", nonce)], b"")
}

fn asked(url: &str) -> Request {
    let login = PasswordLogin { user: "ann".to_owned(), password: "s3cret".to_owned() };
    Request { login: Some(login), ..get(url) }
}

/// Sends these one after the other.
fn send(requests: &[Request], scheme: Scheme) -> Vec<Result<Reply, TransportError>> {
    run(async {
        let transport = HttpTransport::new(options(), Masker::default()).expect("it can be set up");
        let transport = transport.authenticated(Authenticator::new(scheme));
        let mut replies = Vec::new();
        for request in requests {
            replies.push(transport.send(request).await);
        }
        replies
    })
}

/// Nonce and count of each request; `-` for one without an answer.
fn met(requests: &[Received]) -> Vec<String> {
    let part = |said: &str, name: &str| {
        let rest = said.split_once(name).map(|(_, rest)| rest.trim_start_matches('"')).unwrap_or_default();
        rest.split(['"', ',']).next().unwrap_or_default().to_owned()
    };
    let said = |request: &Received| match request.header("authorization") {
        Some(said) => format!("{} {}", part(said, "nonce="), part(said, "nc=")),
        None => "-".to_owned(),
    };
    requests.iter().map(said).collect()
}

fn statuses(replies: &[Result<Reply, TransportError>]) -> Vec<u16> {
    replies.iter().map(|reply| reply.as_ref().map_or(0, |reply| reply.status)).collect()
}

#[test]
fn a_nonce_serves_until_the_server_has_another() {
    let ok = || Answer::new(200, &[], b"{}");
    let server = Server::start(vec![challenge("a"), ok(), ok(), challenge("b"), ok()]);
    let requests = ["/1", "/2", "/3"].map(|path| asked(&server.url(path)));
    assert_eq!(statuses(&send(&requests, Scheme::None)), [200, 200, 200]);
    assert_eq!(met(&server.received()), ["-", "a 00000001", "a 00000002", "a 00000003", "b 00000001"]);
}

#[test]
fn what_is_refused_twice_is_refused() {
    let server = Server::start(vec![challenge("a"), challenge("b")]);
    assert_eq!(statuses(&send(&[asked(&server.url("/"))], Scheme::None)), [401]);
    assert_eq!(met(&server.received()), ["-", "a 00000001"]);
    let server = Server::start(vec![Answer::new(401, &["WWW-Authenticate: Basic realm=\"r\""], b"")]);
    assert_eq!(statuses(&send(&[asked(&server.url("/"))], Scheme::None)), [401]);
    assert_eq!(server.received().len(), 1, "nothing that is offered can be met");
}

#[test]
fn a_nonce_may_run_out_while_a_retry_waits() {
    let busy = Answer::new(503, &["Retry-After: 0"], b"");
    let server = Server::start(vec![challenge("a"), busy, challenge("b"), Answer::new(200, &[], b"{}")]);
    assert_eq!(statuses(&send(&[asked(&server.url("/"))], Scheme::None)), [200]);
    assert_eq!(met(&server.received()), ["-", "a 00000001", "a 00000002", "b 00000001"]);
}

#[test]
fn a_redirect_within_the_origin_is_answered_and_one_beyond_it_is_not() {
    let stranger = Server::start(vec![challenge("x")]);
    let answers =
        vec![challenge("a"), Answer::redirect(302, "/2"), Answer::redirect(302, &stranger.url("/3"))];
    let server = Server::start(answers);
    assert_eq!(statuses(&send(&[asked(&server.url("/"))], Scheme::None)), [401]);
    assert_eq!(met(&server.received()), ["-", "a 00000001", "a 00000002"]);
    assert_eq!(met(&stranger.received()), ["-"]);
    let foreign = Server::start(vec![challenge("x")]);
    let request = Request { foreign: true, ..asked(&foreign.url("/")) };
    assert_eq!(statuses(&send(&[request], Scheme::None)), [401]);
    assert_eq!(met(&foreign.received()), ["-"]);
}

#[test]
fn a_signature_is_made_for_every_hop_of_ours() {
    let key = AwsSignature {
        access_key: "AKIA".to_owned(),
        secret_key: "s3cret".to_owned(),
        session_token: None,
        region: None,
        service: None,
    };
    let stranger = Server::start(vec![Answer::new(200, &[], b"{}")]);
    let server = Server::start(vec![Answer::redirect(302, "/2"), Answer::redirect(302, &stranger.url("/3"))]);
    let sent = send(&[get(&server.url("/1"))], Scheme::Aws(key.clone().into()));
    assert_eq!(statuses(&sent), [200]);
    let signatures = |requests: &[Received]| -> Vec<String> {
        let header = |request: &Received| request.header("authorization").unwrap_or("-").to_owned();
        requests.iter().map(header).collect()
    };
    let signed = signatures(&server.received());
    assert!(
        signed[0].starts_with("AWS4-HMAC-SHA256 Credential=AKIA/") && signed[0] != signed[1],
        "{signed:?}"
    );
    assert_eq!(signatures(&stranger.received()), ["-"]);
    // What the script itself says stays.
    let server = Server::start(vec![Answer::new(200, &[], b"{}")]);
    let own = Request { headers: vec![header("Authorization", "Bearer t")], ..get(&server.url("/1")) };
    send(&[own], Scheme::Aws(key.into()));
    assert_eq!(signatures(&server.received()), ["Bearer t"]);
}
