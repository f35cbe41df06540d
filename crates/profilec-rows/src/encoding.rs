//! From bytes to text, by what the profile, the response or the document says of them.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use profilec_diagnostics::{Diagnostic, codes};
use profilec_vocabulary::ResponseFormat;

use crate::fault::Place;
use crate::sniff::other_than;

/// What is said of a body's encoding.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said<'s> {
    /// By the profile.
    pub(crate) profile: Option<&'static str>,
    /// By the response.
    pub(crate) response: Option<&'s str>,
}

/// The body's text. Its encoding is told by a byte order mark, else by the profile, else by the response, else
/// by an XML declaration; else it is UTF-8. JSON is UTF-8 by its own standard, so what the response says of it
/// counts only where the bytes are none.
///
/// # Errors
/// A finding: an encoding that is not known, or bytes that are none of its text.
pub(crate) fn decoded<'b>(
    body: &'b [u8],
    said: Said<'_>,
    place: &Place<'_>,
) -> Result<Cow<'b, str>, Diagnostic> {
    let (encoding, mark) = match Encoding::for_bom(body) {
        Some(found) => found,
        None => (encoding_of(body, said, place)?, 0),
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

fn encoding_of(body: &[u8], said: Said<'_>, place: &Place<'_>) -> Result<&'static Encoding, Diagnostic> {
    // The bytes tell UTF-16 whatever is said of them: every format starts with a readable ASCII character.
    match body {
        [b'\t'..=b'\r' | b' '..=b'~', 0, ..] => return Ok(UTF_16LE),
        [0, b'\t'..=b'\r' | b' '..=b'~', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    if let Some(known) = said.profile.and_then(|name| Encoding::for_label(name.as_bytes())) {
        return Ok(known);
    }
    let label = match place.format {
        ResponseFormat::Json if std::str::from_utf8(body).is_ok() => None,
        ResponseFormat::Json | ResponseFormat::Csv | ResponseFormat::Text => said.response,
        ResponseFormat::Xml => said.response.or_else(|| declared(body)),
    };
    let Some(label) = label else { return Ok(UTF_8) };
    let known = Encoding::for_label_no_replacement(label.trim().as_bytes());
    // What could be read byte by byte so far is not in UTF-16, even if it says so.
    let known = known.map(|known| if known == UTF_16LE || known == UTF_16BE { UTF_8 } else { known });
    known.ok_or_else(|| {
        let message = format!("{} is declared to be in `{label}`, an encoding that is not known", place.page);
        place
            .finding(&codes::data::invalid_encoding, message)
            .help("set `Charset` to the encoding that it is in")
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
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // Half of the bytes of UTF-16 look like binary data.
    if !encoding.starts_with("UTF-16")
        && let Some(what) = other_than(place.format, bare)
    {
        return place.not(what, bare);
    }
    let at = at.map(|at| format!(" at byte {at}")).unwrap_or_default();
    place.finding(&codes::data::invalid_encoding, format!("{} is not valid {encoding}{at}", place.page)).help(
        "bytes are never replaced silently: the server must send what it declares, or `Charset` must name \
             the encoding that it sends",
    )
}
