//! Masking of secrets.
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

mod forms;
mod masker;
mod members;
mod views;

pub use masker::Masker;
pub use profilec_vocabulary::looks_secret;
