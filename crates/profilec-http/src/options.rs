//! What the user may decide about sending.

use std::time::Duration;

/// How patient, and through which proxy.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// Time without a byte before a try is given up, unless the request brings its own; zero: never.
    pub timeout: Duration,
    /// Tries again, per request.
    pub retries: u32,
    /// Time to spend waiting between tries, over all requests of the transport.
    pub max_wait: Duration,
    /// Longest first wait when the server names none; it doubles with every try.
    pub first_wait: Duration,
    /// Bytes of one body, decompressed.
    pub max_body: u64,
    /// Redirects to follow, per request.
    pub max_redirects: u32,
    /// Sent unless the request has a `User-Agent`.
    pub user_agent: String,
    /// Way to the server.
    pub proxy: Proxy,
    /// Origins (`https://host:8443`) to which a redirect may take headers and body along.
    pub allowed_origins: Vec<String>,
}

/// Way to the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// As the system says, `HTTPS_PROXY` and its like included.
    #[default]
    System,
    /// None, whatever the system says.
    Direct,
    /// This one for every request: its URL, user name and password included.
    Server(String),
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_mins(1),
            retries: 5,
            max_wait: Duration::from_mins(5),
            first_wait: Duration::from_millis(500),
            max_body: 1 << 30,
            max_redirects: 10,
            user_agent: format!("profilec/{}", env!("CARGO_PKG_VERSION")),
            proxy: Proxy::System,
            allowed_origins: Vec::new(),
        }
    }
}
