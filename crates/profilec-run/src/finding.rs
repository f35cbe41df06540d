//! What went wrong outside the engine, as findings at the profile's place.

use profilec_auth::Masker;
use profilec_diagnostics::{Code, Diagnostic, Label, Span, codes};
use profilec_engine::Fetch;
use profilec_http::{Reply, TransportError, TransportErrorKind};
use profilec_output::SinkError;

use crate::Signal;

/// Bytes of an error's body that are shown.
const BODY: usize = 200;

/// There is no answer.
pub(crate) fn no_answer(fetch: &Fetch, error: &TransportError) -> Diagnostic {
    if let Some(auth) = error.auth() {
        return auth.at(requested_here(fetch));
    }
    let code: &'static Code = match error.kind() {
        TransportErrorKind::BadUrl => &codes::http::bad_url,
        TransportErrorKind::Timeout => &codes::http::timeout,
        TransportErrorKind::WaitedTooLong => &codes::http::waited_too_long,
        TransportErrorKind::Redirect => &codes::http::redirect_refused,
        TransportErrorKind::TooLarge => &codes::data::too_large,
        _ => &codes::http::request_failed,
    };
    // The error tells verb and URL itself.
    let message = format!("page {} failed: {error}", fetch.page);
    Diagnostic::new(code, message, requested_here(fetch))
}

/// The answer is an error, or none that carries rows.
pub(crate) fn bad_status(fetch: &Fetch, reply: &Reply, masker: &Masker) -> Diagnostic {
    let (verb, url) = (&fetch.request.method, masker.mask_url(&fetch.request.url));
    let message = format!("`{verb} {url}` answered {} on page {}", status_line(reply.status), fetch.page);
    let finding = Diagnostic::new(&codes::http::status, message, requested_here(fetch));
    let body = excerpt(&reply.body);
    if body.is_empty() {
        finding.help("the answer has no body that would say more")
    } else {
        finding.help(format!("the answer begins `{body}`"))
    }
}

/// The output takes no more.
pub(crate) fn write_failed(error: &SinkError, origin: Span) -> Diagnostic {
    let message = error.to_string();
    // The number of the operating system tells people nothing.
    let why = message.split(" (os error").next().unwrap_or_default();
    let message = format!("the output cannot be written: {}", why.to_lowercase());
    Diagnostic::new(&codes::output::write_failed, message, Label::new(origin, "this profile's rows"))
}

/// The reader of the output went away.
pub(crate) fn reader_gone(origin: Span) -> Diagnostic {
    let message = "the reader of the output went away";
    Diagnostic::new(&codes::paging::reader_gone, message, Label::new(origin, "this profile's rows"))
}

/// A signal came.
pub(crate) fn interrupted(signal: Signal, origin: Span) -> Diagnostic {
    let message = match signal {
        Signal::Interrupt => "interrupted by Ctrl-C",
        Signal::Terminate => "interrupted by SIGTERM",
    };
    Diagnostic::new(&codes::paging::interrupted, message, Label::new(origin, "this profile's walk"))
}

fn requested_here(fetch: &Fetch) -> Label {
    Label::new(fetch.origin, "requested here")
}

/// `404 Not Found`.
fn status_line(status: u16) -> String {
    let reason = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"))
}

/// The start of a body on one line, blanks run together, what cannot be printed left out.
fn excerpt(body: &[u8]) -> String {
    let start = &body[..body.len().min(BODY)];
    let text = String::from_utf8_lossy(start);
    let printable: String =
        text.chars().map(|c| if c.is_control() || c == '\u{FFFD}' { ' ' } else { c }).collect();
    let mut line = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    if body.len() > BODY && !line.is_empty() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_shown_on_one_short_line() {
        assert_eq!(excerpt(b"{\r\n  \"error\": \"no\x1b[31m\"\n}\n"), "{ \"error\": \"no [31m\" }");
        assert_eq!(excerpt(&[0x1f, 0x8b, 0, 0]), "");
        assert_eq!(excerpt("é".repeat(101).as_bytes()), format!("{}…", "é".repeat(100)));
    }

    #[test]
    fn a_status_has_its_reason_when_there_is_one() {
        assert_eq!([status_line(404), status_line(799)], ["404 Not Found", "799"]);
    }
}
