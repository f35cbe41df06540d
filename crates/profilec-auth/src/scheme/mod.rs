//! Ways to prove who asks, besides tokens.

mod aws;
mod clock;
mod digest;
mod oauth1;

pub use aws::AwsSignature;
pub(crate) use clock::Clock;
pub(crate) use digest::{Challenges, origin};
pub use oauth1::{OAuth1, SignatureMethod};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use profilec_diagnostics::codes;

use crate::AuthError;

/// A text that nobody can guess and that is never the same.
pub(crate) fn random_word() -> Result<String, AuthError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|why| {
        AuthError::new(&codes::http::request_failed, format!("the system gives no random numbers: {why}"))
    })?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}
