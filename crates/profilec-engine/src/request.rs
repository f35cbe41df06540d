//! A request as the script asks for it.

/// What to send. Built by the engine; the transport adds `Host`, `User-Agent`, `Accept` and `Accept-Encoding`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `POST`.
    pub method: String,
    /// Absolute URL, as it goes on the wire.
    pub url: String,
    /// In order. None at all when the request goes to a foreign origin.
    pub headers: Vec<HeaderField>,
    /// The body, as written.
    pub body: Option<String>,
    /// Seconds without a byte before giving up; `None`: the transport's own.
    pub timeout: Option<u64>,
    /// The URL's origin was named neither by the profile nor by the user: credentials were left out.
    pub foreign: bool,
}

/// One header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// As written.
    pub name: String,
    /// Trimmed.
    pub value: String,
}

/// Scheme, host and port of a URL (`https://host:8443`; the default port left out, host lower case);
/// `None` when it is not an absolute http or https URL.
pub fn origin_of(url: &str) -> Option<String> {
    let _ = url;
    None
}
