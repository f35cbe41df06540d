//! A request as the script asks for it.

mod build;
mod credentials;
mod extraction;
mod inputs;
mod known;
mod layout;
mod origin;
mod rows;
mod tables;
mod url;

pub(crate) use build::{Context, Wanted, build};
pub use credentials::PasswordLogin;
pub(crate) use credentials::carried_out;
pub(crate) use extraction::{extraction, mapped};
pub(crate) use inputs::{OperationInputs, Snapshot};
pub use known::{Answer, LeadsOn, answers, row_paths};
pub(crate) use origin::Trust;
pub use origin::origin_of;
pub use tables::tables;

/// What to send. Built by the engine; the transport adds `Host`, `User-Agent`, `Accept` and `Accept-Encoding`
/// where the script does not set them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// `GET`, `POST`.
    pub method: String,
    /// Absolute URL, as it goes on the wire.
    pub url: String,
    /// In order. None at all when the request goes to a foreign origin.
    pub headers: Vec<HeaderField>,
    /// The body, as written.
    pub body: Option<String>,
    /// Seconds without a byte before giving up, 0: never; `None`: the transport's own.
    pub timeout: Option<u64>,
    /// Redirects are followed; otherwise they are the answer.
    pub follow_redirects: bool,
    /// Who asks, where the transport is to answer the server's challenge: `AuthScheme=Digest`.
    pub login: Option<PasswordLogin>,
    /// The URL's origin was named neither by the profile nor by the user: headers, body,
    /// `CustomUrlParams` and the script's own parameters were left out.
    pub foreign: bool,
}

/// One header.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HeaderField {
    /// As written.
    pub name: String,
    /// Trimmed.
    pub value: String,
}
