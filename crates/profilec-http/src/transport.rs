//! The seam between decisions and the network.

use std::path::PathBuf;

use profilec_auth::AuthError;
use profilec_engine::Request;

use crate::{HttpTransport, RecordingTransport, ReplayTransport};

/// Sends requests.
pub trait Transport {
    /// Sends one request, retries and follows redirects as configured, and reads the whole body.
    ///
    /// A status of 400 or more is a [`Reply`], not an error.
    fn send(&self, request: &Request) -> impl Future<Output = Result<Reply, TransportError>>;
}

/// Any transport that a run may use.
#[derive(Debug)]
pub enum Client {
    /// Sends.
    Http(HttpTransport),
    /// Sends and writes down.
    Recording(RecordingTransport<HttpTransport>),
    /// Answers from what was written down.
    Replay(ReplayTransport),
}

impl Client {
    /// What the user should be told beside the answers.
    pub fn notes(&self) -> Vec<String> {
        match self {
            Self::Recording(recording) => recording.notes(),
            Self::Http(_) | Self::Replay(_) => Vec::new(),
        }
    }
}

impl Transport for Client {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        match self {
            Self::Http(transport) => transport.send(request).await,
            Self::Recording(transport) => transport.send(request).await,
            Self::Replay(transport) => transport.send(request).await,
        }
    }
}

/// An answer, whole.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// URL that answered, after redirects.
    pub url: String,
    /// In order, names as received.
    pub headers: Vec<(String, String)>,
    /// Decompressed.
    pub body: Vec<u8>,
    /// Requests that it took: retries and redirects count.
    pub requests: u64,
    /// Of them retries.
    pub retries: u64,
    /// Milliseconds spent waiting between tries.
    pub waited_ms: u64,
    /// The file that it was recorded in, when it comes from one.
    pub file: Option<PathBuf>,
    /// Token requests that were sent meanwhile.
    pub token_requests: u64,
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    message: String,
    auth: Option<Box<AuthError>>,
    /// Requests that were sent all the same.
    pub requests: u64,
    /// Of them retries.
    pub retries: u64,
    /// Milliseconds spent waiting between tries.
    pub waited_ms: u64,
    /// Token requests that were sent meanwhile.
    pub token_requests: u64,
}

/// What kind of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The URL cannot be requested.
    BadUrl,
    /// A header cannot be sent.
    BadHeader,
    /// No connection, or it broke.
    Connection,
    /// No byte for too long.
    Timeout,
    /// Waiting for retries exceeded the budget.
    WaitedTooLong,
    /// Too many redirects, or one to a place that is not followed.
    Redirect,
    /// The body is larger than allowed.
    TooLarge,
    /// No recorded exchange fits the request.
    NotRecorded,
    /// A recording could not be read or written.
    Cassette,
    /// No credentials could be had: [`TransportError::auth`] tells why.
    Unauthenticated,
}

impl TransportError {
    /// A failure with its story, for people.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind, message, auth: None, requests: 0, retries: 0, waited_ms: 0, token_requests: 0 }
    }

    /// No credentials could be had.
    pub fn unauthenticated(error: AuthError) -> Self {
        let new = Self::new(TransportErrorKind::Unauthenticated, error.message.clone());
        Self { auth: Some(Box::new(error)), ..new }
    }

    /// Why no credentials could be had.
    pub fn auth(&self) -> Option<&AuthError> {
        self.auth.as_deref()
    }

    /// What kind.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl std::fmt::Display for TransportError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {}
