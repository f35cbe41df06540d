//! The bytes of a file as an exchange.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, FixedOffset};

use super::{Answered, Asked, Began, Exchange, REQUEST_MARK, RESPONSE_MARK, VERSION_LINE};

/// Reads a file; the error says what is wrong, and in which line.
pub(super) fn read(file: &[u8]) -> Result<Exchange, String> {
    let mut cursor = Cursor { file, at: 0, line: 0 };
    let version = cursor.line()?;
    if version != VERSION_LINE {
        return Err(cursor.wrong(&format!("`{VERSION_LINE}` was expected, not `{version}`")));
    }
    let request = cursor.mark(REQUEST_MARK)?;
    let (method, url) = cursor.request_line()?;
    let headers = cursor.headers()?;
    let body = cursor.request_body(&request)?;
    let began = request.began();
    let asked = Asked { method, url, headers, body };

    let response = cursor.mark(RESPONSE_MARK)?;
    let status = cursor.status_line()?;
    let headers = cursor.headers()?;
    let body = response.decode(strip_line_end(cursor.rest()))?;
    Ok(Exchange { began, asked, answered: Answered { url: response.url, status, headers, body } })
}

/// What a mark's line says about the half that it begins.
#[derive(Default)]
struct Mark {
    base64: bool,
    bytes: Option<usize>,
    url: Option<String>,
    now: Option<DateTime<FixedOffset>>,
    seed: Option<u64>,
}

impl Mark {
    fn began(&self) -> Option<Began> {
        Some(Began { now: self.now?, seed: self.seed? })
    }

    fn decode(&self, body: &[u8]) -> Result<Vec<u8>, String> {
        if !self.base64 {
            return Ok(body.to_vec());
        }
        let packed: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        STANDARD.decode(packed).map_err(|why| format!("the body is not base64: {why}"))
    }
}

struct Cursor<'f> {
    file: &'f [u8],
    at: usize,
    /// Of the line read last, from 1.
    line: usize,
}

impl<'f> Cursor<'f> {
    fn rest(&self) -> &'f [u8] {
        self.file.get(self.at..).unwrap_or_default()
    }

    fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    fn wrong(&self, story: &str) -> String {
        format!("line {}: {story}", self.line)
    }

    /// The next line, without its end.
    fn line(&mut self) -> Result<&'f str, String> {
        let rest = self.rest();
        let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        self.at += length;
        self.line += 1;
        let line = std::str::from_utf8(&rest[..length]).map_err(|_| self.wrong("this line is not UTF-8"))?;
        let line = line.strip_suffix('\n').unwrap_or(line);
        Ok(line.strip_suffix('\r').unwrap_or(line))
    }

    /// The next line that is not blank, and what it says after the mark.
    fn mark(&mut self, mark: &str) -> Result<Mark, String> {
        let mut line = self.line()?;
        while line.trim().is_empty() && !self.is_at_end() {
            line = self.line()?;
        }
        let Some(notes) = line.strip_prefix(mark) else {
            return Err(self.wrong(&format!("`{mark}` was expected, not `{line}`")));
        };
        let mut said = Mark::default();
        for note in notes.split_whitespace() {
            match note.split_once('=') {
                Some(("body", "base64")) => said.base64 = true,
                Some(("url", url)) => said.url = Some(url.to_owned()),
                Some(("bytes", count)) if count.parse::<usize>().is_ok() => said.bytes = count.parse().ok(),
                Some(("now", now)) if DateTime::parse_from_rfc3339(now).is_ok() => {
                    said.now = DateTime::parse_from_rfc3339(now).ok();
                }
                Some(("seed", seed)) if seed.parse::<u64>().is_ok() => said.seed = seed.parse().ok(),
                _ => return Err(self.wrong(&format!("`{note}` is not known here"))),
            }
        }
        Ok(said)
    }

    fn request_line(&mut self) -> Result<(String, String), String> {
        let line = self.line()?;
        match line.trim().split_once(' ') {
            Some((method, url)) if !url.trim().is_empty() => Ok((method.to_owned(), url.trim().to_owned())),
            _ => Err(self.wrong(&format!("a method and a URL were expected, not `{line}`"))),
        }
    }

    fn status_line(&mut self) -> Result<u16, String> {
        let line = self.line()?;
        let status = line.split_whitespace().find(|word| !word.starts_with("HTTP/")).map(str::parse);
        match status {
            Some(Ok(status)) => Ok(status),
            _ => Err(self.wrong(&format!("a status like `HTTP/1.1 200 OK` was expected, not `{line}`"))),
        }
    }

    /// Up to a blank line, which is consumed, or to the mark of the response, which is not.
    fn headers(&mut self) -> Result<Vec<(String, String)>, String> {
        let mut headers = Vec::new();
        while !self.is_at_end() && !self.rest().starts_with(RESPONSE_MARK.as_bytes()) {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err(self.wrong(&format!("a header like `Name: value` was expected, not `{line}`")));
            };
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(headers)
    }

    fn request_body(&mut self, mark: &Mark) -> Result<Vec<u8>, String> {
        let rest = self.rest();
        let length = mark.bytes.unwrap_or_else(|| mark_position(rest));
        let body = rest.get(..length).ok_or_else(|| self.wrong("the file ends before the body does"))?;
        self.at += length;
        self.line += body.split(|byte| *byte == b'\n').count() - 1;
        mark.decode(if mark.bytes.is_some() { body } else { strip_line_end(body) })
    }
}

/// Where the line of the response's mark begins; the end if there is none.
fn mark_position(rest: &[u8]) -> usize {
    let mut at = 0;
    for line in rest.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(RESPONSE_MARK.as_bytes()) {
            break;
        }
        at += line.len();
    }
    at
}

/// The line end after a body belongs to the file, not to the body.
fn strip_line_end(body: &[u8]) -> &[u8] {
    body.strip_suffix(b"\n").unwrap_or(body)
}
