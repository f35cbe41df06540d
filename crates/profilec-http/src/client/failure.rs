//! What went wrong with a try, in people's words.

use std::error::Error;
use std::io;

use profilec_auth::AuthError;

use crate::TransportErrorKind;

/// Why a try gave no answer.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) kind: TransportErrorKind,
    /// What happened; may hold secrets.
    pub(super) story: String,
    /// Another try may go better.
    pub(super) may_pass: bool,
    /// Why there are no credentials, when that is it.
    pub(super) auth: Option<AuthError>,
}

impl Failure {
    fn new(kind: TransportErrorKind, story: impl Into<String>, may_pass: bool) -> Self {
        Self { kind, story: story.into(), may_pass, auth: None }
    }

    pub(super) fn no_credentials(error: AuthError) -> Self {
        let new = Self::new(TransportErrorKind::Unauthenticated, error.message.clone(), false);
        Self { auth: Some(error), ..new }
    }

    pub(super) fn waited_too_long(story: String) -> Self {
        Self::new(TransportErrorKind::WaitedTooLong, story, false)
    }

    pub(super) fn bad_url(story: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::BadUrl, story, false)
    }

    pub(super) fn bad_header(story: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::BadHeader, story, false)
    }

    pub(super) fn redirect(story: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::Redirect, story, false)
    }

    /// The same with what lies behind it.
    pub(super) fn because(self, why: &str) -> Self {
        Self { story: format!("{}; {why}", self.story), ..self }
    }

    pub(super) fn too_large(limit: u64) -> Self {
        let story = format!("the body is larger than {} bytes", grouped(limit));
        Self::new(TransportErrorKind::TooLarge, story, false)
    }

    pub(super) fn timeout(limit: std::time::Duration, received: u64) -> Self {
        let after = if received == 0 { String::new() } else { format!(" after {} bytes", grouped(received)) };
        let story = format!("no byte for {} s{after}", limit.as_secs_f64());
        Self::new(TransportErrorKind::Timeout, story, true)
    }

    /// The connection broke while the body came.
    pub(super) fn cut_short(error: &reqwest::Error, received: u64, expected: Option<u64>) -> Self {
        let story = match expected {
            Some(expected) => {
                format!("connection closed after {} of {} bytes", grouped(received), grouped(expected))
            }
            None if is_io(error) => format!("connection closed after {} bytes", grouped(received)),
            None => format!("the body broke off after {} bytes: {}", grouped(received), root_cause(error)),
        };
        Self::new(TransportErrorKind::Connection, story, true)
    }

    /// No status line came.
    pub(super) fn no_answer(error: &reqwest::Error) -> Self {
        let connection = |story: String, may_pass| Self::new(TransportErrorKind::Connection, story, may_pass);
        for cause in causes(error) {
            if let Some(rustls::Error::InvalidCertificate(why)) = cause.downcast_ref() {
                return connection(format!("TLS certificate not trusted: {why}"), false);
            }
            if let Some(why) = cause.downcast_ref::<rustls::Error>() {
                return connection(format!("TLS failed: {why}"), false);
            }
            // The resolver's error type is private to the client.
            if cause.to_string().starts_with("dns error") {
                return connection("name not resolved".to_owned(), false);
            }
        }
        let Some(kind) = causes(error).filter_map(|cause| cause.downcast_ref()).map(io::Error::kind).last()
        else {
            let story = root_cause(error);
            return match story.as_str() {
                "connection closed before message completed" => {
                    connection("connection closed before an answer".to_owned(), true)
                }
                _ => connection(story, error.is_request() && !error.is_connect()),
            };
        };
        match kind {
            io::ErrorKind::ConnectionRefused => connection("connection refused".to_owned(), false),
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
                connection("connection reset".to_owned(), true)
            }
            io::ErrorKind::UnexpectedEof => connection("connection closed before an answer".to_owned(), true),
            io::ErrorKind::TimedOut => Self::new(TransportErrorKind::Timeout, "connection timed out", true),
            _ => connection(root_cause(error), !error.is_connect()),
        }
    }
}

/// The innermost cause's own words.
pub(super) fn root_cause(error: &(dyn Error + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

fn is_io(error: &reqwest::Error) -> bool {
    causes(error).any(<dyn Error>::is::<io::Error>) && !error.is_decode()
}

/// The error and what caused it, outermost first.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| cause(*error))
}

fn cause<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        // An I/O error names its cause's cause as its source: the cause itself would be skipped.
        Some(wrapper) => wrapper.get_ref().map(|inner| inner as _),
        None => error.source(),
    }
}

/// `1234567` as `1,234,567`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
