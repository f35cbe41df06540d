//! One pass from page bytes to an Arrow record batch, captured scalars and a page summary.
//!
//! [`Extractor`] is made once for a table; each page is [`Extractor::extract`]ed from its body. Numbers go
//! from source text to the column exactly; nothing passes through a float unless the column is a float.

mod page;

pub use page::{Extractor, Mismatch, Page};
