//! Transport: client, TLS, retry, redirects, cassettes.
//!
//! [`Transport`] is the one async seam: [`HttpTransport`] sends, [`ReplayTransport`] answers from recorded
//! exchanges, [`RecordingTransport`] sends and writes them down; [`Client`] is any of them. The format of
//! the recorded files is described in `docs/cassettes.md`. No error and no recording shows a secret that
//! the [`Masker`](profilec_auth::Masker) knows.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use profilec_auth::Masker;
//! use profilec_http::{Began, Client, HttpOptions, HttpTransport, RecordingTransport, TransportError};
//!
//! fn recording(folder: &Path, masker: &Masker, began: Began) -> Result<Client, TransportError> {
//!     let http = HttpTransport::new(HttpOptions::default(), masker.clone())?;
//!     Ok(Client::Recording(RecordingTransport::create(http, folder, masker.clone(), began)?))
//! }
//! ```

mod cassette;
mod client;
mod identity;
mod options;
mod transport;

pub use cassette::{Began, RecordingTransport, ReplayTransport};
pub use client::HttpTransport;
pub use identity::{Identity, IdentityError};
pub use options::{HttpOptions, Proxy, ProxyServer, Trust};
pub use transport::{Client, Reply, Transport, TransportError, TransportErrorKind};
