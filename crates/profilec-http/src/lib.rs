//! Transport: client, TLS, retry, redirects, cassettes.
//!
//! [`Transport`] is the one async seam: [`HttpTransport`] sends, [`ReplayTransport`] answers from recorded
//! exchanges, [`RecordingTransport`] sends and writes them down.

mod transport;

pub use transport::{Reply, Transport, TransportError, TransportErrorKind};
