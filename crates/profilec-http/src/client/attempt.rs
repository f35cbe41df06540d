//! One try: a request goes out, a whole answer comes in.

use std::time::{Duration, SystemTime};

use profilec_auth::{Answer, Outgoing};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response};

use super::failure::Failure;
use super::retry::read_retry_after;
use crate::HttpOptions;

const ACCEPT: &str = "application/json, */*;q=0.5";

/// A body may lie about its length: no more is set aside for it at first.
const MOST_RESERVED: u64 = 16 << 20;

/// Where a redirect leads.
pub(super) fn redirect(answer: &Answer) -> Option<&str> {
    answer.headers(header::LOCATION.as_str()).next().filter(|_| is_redirect(answer.status))
}

/// How long the server asks to wait.
pub(super) fn retry_after(answer: &Answer) -> Option<Duration> {
    read_retry_after(answer.headers(header::RETRY_AFTER.as_str()).next()?, SystemTime::now())
}

const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Sends and reads. `timeout` is in seconds and goes before the one of the options; zero: none.
pub(super) async fn attempt(
    client: &Client,
    options: &HttpOptions,
    out: &Outgoing,
    timeout: Option<u64>,
) -> Result<Answer, Failure> {
    let timeout = timeout.map_or(options.timeout, Duration::from_secs);
    let method = Method::from_bytes(out.method.as_bytes())
        .map_err(|_| Failure::bad_url(format!("`{}` is not a method", out.method)))?;
    let mut request = client.request(method, out.url.clone()).headers(headers(out, options)?);
    if let Some(body) = &out.body {
        request = request.body(body.clone());
    }
    let mut response =
        within(timeout, 0, request.send()).await?.map_err(|error| Failure::no_answer(&error))?;
    let status = response.status().as_u16();
    let headers = received(response.headers());
    let has_body = !is_redirect(status) || !response.headers().contains_key(header::LOCATION);
    let body = if has_body { read_body(&mut response, timeout, options.max_body).await? } else { Vec::new() };
    Ok(Answer { status, headers, body })
}

async fn read_body(response: &mut Response, timeout: Duration, limit: u64) -> Result<Vec<u8>, Failure> {
    let expected = response.content_length();
    if expected.is_some_and(|length| length > limit) {
        return Err(Failure::too_large(limit));
    }
    let reserve = expected.unwrap_or_default().min(MOST_RESERVED);
    let mut body = Vec::with_capacity(usize::try_from(reserve).unwrap_or_default());
    loop {
        let received = body.len() as u64;
        match within(timeout, received, response.chunk()).await? {
            Ok(Some(chunk)) if received + chunk.len() as u64 > limit => {
                return Err(Failure::too_large(limit));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => return Err(Failure::cut_short(&error, received, expected)),
        }
    }
}

async fn within<T>(limit: Duration, received: u64, future: impl Future<Output = T>) -> Result<T, Failure> {
    if limit.is_zero() {
        return Ok(future.await);
    }
    tokio::time::timeout(limit, future).await.map_err(|_| Failure::timeout(limit, received))
}

fn headers(out: &Outgoing, options: &HttpOptions) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for field in &out.headers {
        let name = HeaderName::from_bytes(field.name.as_bytes())
            .map_err(|_| Failure::bad_header(format!("`{}` cannot be the name of a header", field.name)))?;
        if is_ours(&name) {
            continue;
        }
        let value = HeaderValue::from_bytes(field.value.as_bytes()).map_err(|_| {
            Failure::bad_header(format!("the value of header `{}` cannot be sent", field.name))
        })?;
        headers.append(name, value);
    }
    if !headers.contains_key(header::ACCEPT) {
        headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    }
    if !headers.contains_key(header::USER_AGENT) {
        let agent = HeaderValue::from_str(&options.user_agent)
            .map_err(|_| Failure::bad_header("the user agent cannot be sent"))?;
        headers.insert(header::USER_AGENT, agent);
    }
    Ok(headers)
}

/// What describes the connection, or how the body is packed, is decided by who sends it.
fn is_ours(name: &HeaderName) -> bool {
    [header::ACCEPT_ENCODING, header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING]
        .contains(name)
}

fn received(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
