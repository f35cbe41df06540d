//! Secrets and masking.
//!
//! A [`Secret`] has no `Display` and its `Debug` shows nothing. A [`Masker`] hides every secret that it
//! has learnt, by value and in its usual encodings, in any text that leaves the program.

mod masker;
mod secret;

pub use masker::Masker;
pub use secret::Secret;
