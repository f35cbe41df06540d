//! What the user may decide about sending.

use std::time::Duration;

use crate::Identity;

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
    /// Whose certificates are trusted.
    pub trust: Trust,
    /// What servers of the profile's own origins are shown when they ask who we are.
    pub identity: Option<Identity>,
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
    /// This one.
    Server(ProxyServer),
}

/// A proxy: https goes through a tunnel, http is asked of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProxyServer {
    /// `http://host:port`, or `https://host:port` for one that is itself spoken to over TLS.
    pub url: String,
    /// User name and password, sent as Basic authentication.
    pub login: Option<(String, String)>,
    /// Hosts that are reached without it, their subdomains included; `*` for all.
    pub exceptions: Vec<String>,
}

/// Whose certificates are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Those that the system trusts.
    #[default]
    System,
    /// Those too that are signed by one of these, or are one of these: PEM.
    Also(String),
    /// Any, without a check.
    Any,
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
            trust: Trust::System,
            identity: None,
            allowed_origins: Vec::new(),
        }
    }
}
