//! Laying out keeps the meaning, and once is enough.

#![no_main]

#[path = "../../crates/profilec-format/tests/meaning/mod.rs"]
mod meaning;

use libfuzzer_sys::fuzz_target;
use meaning::meaning;

fuzz_target!(|text: &str| {
    let Ok(laid_out) = profilec_format::format(text) else { return };
    assert!(meaning(&laid_out) == meaning(text), "the meaning changed: {laid_out:?}");
    assert_eq!(profilec_format::format(&laid_out).ok(), Some(laid_out), "once is not enough");
});
