//! The transports against a server on loopback.

mod cassettes;
mod credentials;
mod identity;
mod redirects;
mod retries;
mod sending;
mod server;
mod tls;

use std::time::Duration;

use profilec_auth::Masker;
use profilec_engine::{HeaderField, Request};
use profilec_http::{HttpOptions, HttpTransport, Proxy, Reply, Transport, TransportError};

/// Waits next to nothing and knows no proxy.
fn options() -> HttpOptions {
    HttpOptions {
        timeout: Duration::from_secs(20),
        first_wait: Duration::from_micros(1),
        proxy: Proxy::Direct,
        ..HttpOptions::default()
    }
}

fn get(url: &str) -> Request {
    Request {
        follow_redirects: true,
        method: "GET".to_owned(),
        url: url.to_owned(),
        headers: Vec::new(),
        body: None,
        timeout: None,
        login: None,
        foreign: false,
    }
}

fn post(url: &str, body: &str) -> Request {
    Request { method: "POST".to_owned(), body: Some(body.to_owned()), ..get(url) }
}

fn header(name: &str, value: &str) -> HeaderField {
    HeaderField { name: name.to_owned(), value: value.to_owned() }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(future)
}

fn send_with(options: HttpOptions, masker: Masker, request: &Request) -> Result<Reply, TransportError> {
    run(async { HttpTransport::new(options, masker)?.send(request).await })
}

fn send(request: &Request) -> Result<Reply, TransportError> {
    send_with(options(), Masker::default(), request)
}

/// The message of a failure, with the port of a loopback server left out.
fn story(result: Result<Reply, TransportError>) -> String {
    let text = result.expect_err("it fails").to_string();
    let mut parts = text.split("127.0.0.1:");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shown.push_str("127.0.0.1:PORT");
        shown.push_str(part.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    }
    shown
}
