//! The spellings of a secret that no reversible escape of the text explains.
//!
//! Percent and JSON escapes are undone by [`crate::views`]; base64 and hex lose the value's outline, so
//! they are searched for as patterns of their own.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Shorter pieces of base64 stand in too much innocent text to be hidden.
const SHORTEST_PIECE: usize = 6;

/// Every pattern to hide for a secret, the secret first. Padding is no part of the base64 patterns.
pub(crate) fn of(secret: &str) -> Vec<String> {
    let mut forms = vec![
        secret.to_owned(),
        secret.replace(' ', "+"),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
        hex(secret, b"0123456789abcdef"),
        hex(secret, b"0123456789ABCDEF"),
    ];
    for before in 0..3 {
        forms.extend(
            [
                inside_base64(secret, before, &STANDARD_NO_PAD),
                inside_base64(secret, before, &URL_SAFE_NO_PAD),
            ]
            .into_iter()
            .filter(|piece| piece.len() >= SHORTEST_PIECE),
        );
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// The characters that a secret alone decides when it is encoded as part of a longer text, with
/// `before` bytes (modulo three) in front of it: `user:secret` in a Basic header.
fn inside_base64(secret: &str, before: usize, alphabet: &base64::engine::GeneralPurpose) -> String {
    let mut bytes = vec![0; before];
    bytes.extend_from_slice(secret.as_bytes());
    let encoded = alphabet.encode(&bytes);
    // A character carries six bits: those that reach into the neighbours are left out.
    let first = (before * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    encoded.get(first..last).unwrap_or_default().to_owned()
}

fn hex(secret: &str, digits: &[u8; 16]) -> String {
    let digit = |nibble: u8| char::from(digits[usize::from(nibble & 15)]);
    secret.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte)]).collect()
}
