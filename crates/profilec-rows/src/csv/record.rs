//! Records of CSV (RFC 4180): finds where fields end, without decoding any.
//!
//! Unlike the `csv` crate it keeps apart what is null and what is empty, and says where a value stands.

use std::borrow::Cow;

use super::value;
use crate::fault::{Fault, Scan};
use crate::scan::{Kind, Value};

/// The records from a place on.
#[derive(Clone, Debug)]
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    separator: Cow<'t, str>,
    quote: u8,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, separator: Cow<'t, str>, quote: u8) -> Self {
        Self { text, at: 0, separator, quote }
    }

    /// Reads a record into `fields`; gives all of it with the number of its fields, `None` at the end. Lines
    /// end with CRLF, LF or CR; empty ones are no records.
    pub(super) fn next(&mut self, fields: &mut Vec<Value>) -> Scan<Option<Value>> {
        let bytes = self.text.as_bytes();
        fields.clear();
        while let Some(b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        let start = self.at;
        if start >= bytes.len() {
            return Ok(None);
        }
        loop {
            fields.push(self.field()?);
            if !self.is_separated() {
                break;
            }
            self.at += self.separator.len();
        }
        let count = u32::try_from(fields.len()).unwrap_or(u32::MAX);
        Ok(Some(Value { count, ..value(start, self.at, Kind::Field, false) }))
    }

    /// A separator stands here.
    fn is_separated(&self) -> bool {
        self.rest().starts_with(self.separator.as_bytes())
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The field that starts here. Without quotes an empty one is null.
    fn field(&mut self) -> Scan<Value> {
        let start = self.at;
        if self.rest().first() == Some(&self.quote) {
            return self.quoted();
        }
        let first = self.separator.as_bytes().first().copied().unwrap_or(b',');
        loop {
            let Some(found) = memchr::memchr3(first, b'\n', b'\r', self.rest()) else {
                self.at = self.text.len();
                break;
            };
            self.at += found;
            if self.rest().first() != Some(&first) || self.is_separated() {
                break;
            }
            self.at += 1;
        }
        let kind = if self.at == start { Kind::Null } else { Kind::Field };
        Ok(value(start, self.at, kind, false))
    }

    fn quoted(&mut self) -> Scan<Value> {
        let start = self.at;
        let mut marked = false;
        self.at += 1;
        loop {
            let Some(found) = memchr::memchr(self.quote, self.rest()) else {
                return Err(Fault::open_quote(start));
            };
            self.at += found + 1;
            if self.rest().first() != Some(&self.quote) {
                break;
            }
            marked = true;
            self.at += 1;
        }
        let field = value(start + 1, self.at - 1, Kind::Field, marked);
        match self.rest().first() {
            None | Some(b'\n' | b'\r') => Ok(field),
            Some(_) if self.is_separated() => Ok(field),
            Some(_) => Err(Fault::after_quote(self.at)),
        }
    }
}

/// Decodes the content of a field with doubled quotes; `quote` is the character before it.
pub(crate) fn decode_field(content: &str, quote: char, out: &mut String) {
    let mut rest = content;
    while let Some(at) = rest.find(quote) {
        let (before, after) = rest.split_at(at + quote.len_utf8());
        out.push_str(before);
        rest = after.strip_prefix(quote).unwrap_or(after);
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, separator: &'static str) -> Vec<Vec<Option<String>>> {
        let mut records = Records::new(text, Cow::Borrowed(separator), b'"');
        let (mut fields, mut all) = (Vec::new(), Vec::new());
        while let Some(record) = records.next(&mut fields).expect("it is CSV") {
            assert_eq!(record.count as usize, fields.len());
            let field = |value: &Value| {
                let mut out = String::new();
                decode_field(value.source(text), '"', &mut out);
                (value.kind == Kind::Field).then_some(out)
            };
            all.push(fields.iter().map(field).collect());
        }
        all
    }

    #[test]
    fn fields_are_null_empty_or_text() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            records("a,,\"\"\r\n\n \"b\",5\" pipe,\"x\"\"y\r\n,\"\r,,", ","),
            [
                vec![some("a"), None, some("")],
                vec![some(" \"b\""), some("5\" pipe"), some("x\"y\r\n,")],
                vec![None, None, None]
            ]
        );
    }

    #[test]
    fn separators_may_have_more_than_one_character() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(records("a|b||\"c\"||", "||"), [vec![some("a|b"), some("c"), None]]);
        assert_eq!(records("a¦b\nc§d¦", "¦"), [vec![some("a"), some("b")], vec![some("c§d"), None]]);
    }

    #[test]
    fn quotes_are_closed_and_nothing_follows_them() {
        for text in ["\"a", "\"a\"b,c", "\"a\" ,c", "x,\"a\"\"\n"] {
            let mut records = Records::new(text, Cow::Borrowed(","), b'"');
            assert!(records.next(&mut Vec::new()).is_err(), "{text}");
        }
    }
}
