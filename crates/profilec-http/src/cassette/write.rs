//! An exchange as the bytes of a file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;

use super::{Exchange, REQUEST_MARK, RESPONSE_MARK, VERSION_LINE};

/// Columns of base64.
const LINE: usize = 76;

/// The file for an exchange. Line ends inside header values become blanks; all else is kept.
pub(super) fn write(exchange: &Exchange) -> Vec<u8> {
    let Exchange { began, asked, answered } = exchange;
    let mut file = format!("{VERSION_LINE}\n{REQUEST_MARK}").into_bytes();
    if let Some(began) = began {
        let now = began.now.to_rfc3339_opts(SecondsFormat::Secs, false);
        file.extend_from_slice(format!(" now={now} seed={}", began.seed).as_bytes());
    }
    if !is_readable(&asked.body) {
        file.extend_from_slice(b" body=base64");
    } else if holds_mark(&asked.body) {
        file.extend_from_slice(format!(" bytes={}", asked.body.len()).as_bytes());
    }
    file.extend_from_slice(format!("\n{} {}\n", asked.method, asked.url).as_bytes());
    write_rest(&mut file, &asked.headers, &asked.body);

    file.extend_from_slice(RESPONSE_MARK.as_bytes());
    if !is_readable(&answered.body) {
        file.extend_from_slice(b" body=base64");
    }
    if let Some(url) = &answered.url {
        file.extend_from_slice(format!(" url={url}").as_bytes());
    }
    let reason =
        reqwest::StatusCode::from_u16(answered.status).ok().and_then(|status| status.canonical_reason());
    let status_line = format!("\nHTTP/1.1 {} {}", answered.status, reason.unwrap_or_default());
    file.extend_from_slice(status_line.trim_end().as_bytes());
    file.push(b'\n');
    write_rest(&mut file, &answered.headers, &answered.body);
    file
}

fn write_rest(file: &mut Vec<u8>, headers: &[(String, String)], body: &[u8]) {
    for (name, value) in headers {
        let line = format!("{name}: {value}").replace(char::is_control, " ");
        file.extend_from_slice(line.trim_end().as_bytes());
        file.push(b'\n');
    }
    file.push(b'\n');
    if body.is_empty() {
        return;
    }
    if is_readable(body) {
        file.extend_from_slice(body);
    } else {
        let lines: Vec<_> = STANDARD.encode(body).into_bytes().chunks(LINE).map(<[u8]>::to_vec).collect();
        file.extend_from_slice(&lines.join(&b'\n'));
    }
    file.push(b'\n');
}

/// Text that an editor shows and keeps.
fn is_readable(body: &[u8]) -> bool {
    let is_plain = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    std::str::from_utf8(body).is_ok_and(|text| text.chars().all(is_plain))
}

fn holds_mark(body: &[u8]) -> bool {
    body.split(|byte| *byte == b'\n').any(|line| line.starts_with(RESPONSE_MARK.as_bytes()))
}
