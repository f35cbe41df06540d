//! Transport: client, TLS, retry, redirects, cassettes.
//!
//! [`Transport`] is the one async seam: [`HttpTransport`] sends, [`ReplayTransport`] answers from recorded
//! exchanges, [`RecordingTransport`] sends and writes them down; [`Client`] is any of them. The format of
//! the recorded files is described in `docs/cassettes.md`.

mod cassette;
mod client;
mod options;
mod transport;

pub use cassette::{RecordingTransport, ReplayTransport};
pub use client::HttpTransport;
pub use options::{HttpOptions, Proxy};
pub use transport::{Client, Reply, Transport, TransportError, TransportErrorKind};
