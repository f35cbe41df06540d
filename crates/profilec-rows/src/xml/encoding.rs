//! From bytes to text, by what the document or the response says of itself.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use profilec_diagnostics::{Diagnostic, codes};

use crate::fault::Place;
use crate::sniff::other_than_xml;

/// The body's text. Its encoding is told by a byte order mark, else by the response (`charset`), else by the
/// document's declaration; else it is UTF-8.
///
/// # Errors
/// A finding: an encoding that is not known, or bytes that are none of its text.
pub(crate) fn decoded<'b>(
    body: &'b [u8],
    charset: Option<&str>,
    place: &Place<'_>,
) -> Result<Cow<'b, str>, Diagnostic> {
    let (encoding, mark) = match Encoding::for_bom(body) {
        Some(found) => found,
        None => (encoding_of(body, charset, place)?, 0),
    };
    let bytes = body.get(mark..).unwrap_or_default();
    if encoding == UTF_8 {
        return match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(error) => Err(invalid(body, "UTF-8", Some(error.valid_up_to() + mark), place)),
        };
    }
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| invalid(body, encoding.name(), None, place))
}

fn encoding_of(
    body: &[u8],
    charset: Option<&str>,
    place: &Place<'_>,
) -> Result<&'static Encoding, Diagnostic> {
    // The bytes tell UTF-16 whatever is said of them: `<` is two bytes.
    match body {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(label) = charset.or_else(|| declared(body)) else { return Ok(UTF_8) };
    let known = Encoding::for_label_no_replacement(label.trim().as_bytes());
    // A declaration that could be read byte by byte is not in UTF-16, even if it says so.
    let known = known.map(|known| if known == UTF_16LE || known == UTF_16BE { UTF_8 } else { known });
    known.ok_or_else(|| {
        let message =
            format!("page {} is declared to be in `{label}`, an encoding that is not known", place.page);
        place.finding(&codes::data::invalid_encoding, message).help("the server must send UTF-8")
    })
}

/// `encoding="…"` of the declaration that the document starts with.
fn declared(body: &[u8]) -> Option<&str> {
    let declaration = body.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(declaration.get(..256).unwrap_or(declaration), b"?>")?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split(quote).next()
}

fn invalid(body: &[u8], encoding: &str, at: Option<usize>, place: &Place<'_>) -> Diagnostic {
    if let Some(what) = other_than_xml(body) {
        return place.not_xml(what, body);
    }
    let at = at.map(|at| format!(" at byte {at}")).unwrap_or_default();
    place
        .finding(&codes::data::invalid_encoding, format!("page {} is not valid {encoding}{at}", place.page))
        .help("the server must send what it declares; bytes are never replaced silently")
}
