//! Authentication: who is asking, and how nobody else learns it.
//!
//! An [`Authenticator`] gives requests their credentials as its [`Scheme`] says; tokens come from a [`TokenSource`]
//! and whoever sends requests is an [`Endpoint`] to it. `docs/auth.md` tells what users see of this.
//!
//! A [`Masker`] hides every secret that it has learnt, by value and in its usual encodings, in any text that
//! leaves the program; names that [`looks_secret`] knows let it hide values in URLs and headers that nobody
//! told it about.
//!
//! ```
//! let masker = profilec_auth::Masker::default();
//! masker.learn("s3cr3t/key");
//! assert_eq!(masker.mask("sent s3cr3t%2Fkey"), "sent ***");
//! assert_eq!(masker.mask_url("https://ann:pw@host/a?page=2&api_key=x"), "https://***@host/a?page=2&api_key=***");
//! ```

mod authenticator;
mod endpoint;
mod error;
mod forms;
mod masker;
mod members;
mod outgoing;
mod scheme;
mod stand_in;
mod token;
mod views;

pub use authenticator::{Authenticator, Scheme, Signed};
pub use endpoint::{Answer, Endpoint};
pub use error::AuthError;
pub use masker::Masker;
pub use oauth2::{ClientSecret, RefreshToken, ResourceOwnerPassword};
pub use outgoing::Outgoing;
pub use profilec_vocabulary::looks_secret;
pub use scheme::{AwsSignature, OAuth1, SignatureMethod};
pub use token::{
    BrowserLogin, ClientAuthentication, DeviceLogin, FirstToken, Grant, JwtConfig, JwtKey, Login, LoginCode,
    OAuthConfig, Parameters, Store, Stored, Token, TokenSource,
};
