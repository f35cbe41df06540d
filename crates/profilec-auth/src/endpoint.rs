//! The seam to whoever sends token requests.

use crate::Outgoing;

/// Sends requests to OAuth servers: as they are, without following redirects.
pub trait Endpoint {
    /// Sends one request and reads the whole body. A status of 400 or more is an answer.
    ///
    /// # Errors
    /// What kept an answer from coming, in words that may be shown.
    fn exchange(&self, request: Outgoing) -> impl Future<Output = Result<Answer, String>>;
}

/// An answer, whole.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// In order, names as received.
    pub headers: Vec<(String, String)>,
    /// Decompressed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The values of a header, ignoring the case of its name.
    pub fn headers<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let is = move |(header, _): &&(String, String)| header.eq_ignore_ascii_case(name);
        self.headers.iter().filter(is).map(|(_, value)| value.as_str())
    }
}
