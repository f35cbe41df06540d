//! Tokens of JSON text: finds where values end, strictly by RFC 8259, without decoding any.

use crate::fault::{Fault, Scan};

/// Arrays and objects may stand in each other this deep; deeper bodies are refused.
pub(crate) const MAX_DEPTH: u32 = 512;

/// What a value is, told by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Not there.
    Absent,
    Null,
    True,
    False,
    Number,
    Text,
    Array,
    Object,
    /// The content of an XML element without children.
    Characters,
    /// The content of an XML element with children.
    Element,
    /// The value of an XML attribute.
    Attribute,
    /// A field of CSV, without its quotes, or a record.
    Field,
}

/// Where a value stands in the text. A text's quotes belong to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Value {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Elements or members of a container.
    pub(crate) count: u32,
    pub(crate) kind: Kind,
    /// The source is not the value's plain text: a string with escapes, a container with blanks between tokens,
    /// XML with references, a field with doubled quotes.
    pub(crate) marked: bool,
}

impl Value {
    pub(crate) const ABSENT: Self = Self { start: 0, end: 0, count: 0, kind: Kind::Absent, marked: false };

    /// `null` and what is not there are both null.
    pub(crate) fn is_null(self) -> bool {
        matches!(self.kind, Kind::Null | Kind::Absent)
    }

    /// As written.
    pub(crate) fn source(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// A string's content as written, without its quotes.
    pub(crate) fn content(self, text: &str) -> &str {
        text.get(self.start as usize + 1..(self.end as usize).saturating_sub(1)).unwrap_or_default()
    }
}

/// A place in a JSON text.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    pub(crate) text: &'t str,
    pub(crate) at: usize,
    depth: u32,
    /// Blanks passed so far; a container through which it did not grow is compact.
    blanks: usize,
}

impl<'t> Scanner<'t> {
    /// At the start of a text shorter than 2 GiB.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, blanks: 0 }
    }

    /// The byte here.
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes blanks.
    #[inline]
    pub(crate) fn blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
            self.blanks += 1;
        }
    }

    /// Passes one value of any kind.
    pub(crate) fn skip(&mut self) -> Scan<Value> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'{') => self.container(Kind::Object, |scan| scan.key().and_then(|_| scan.skip())),
            Some(b'[') => self.container(Kind::Array, Self::skip),
            _ => self.plain(),
        }
    }

    /// Passes an array or object, calling `item` at each element or key.
    fn container(&mut self, kind: Kind, mut item: impl FnMut(&mut Self) -> Scan<Value>) -> Scan<Value> {
        let mut open = self.open(kind)?;
        while self.more(&mut open)? {
            item(self)?;
        }
        Ok(self.close(&open))
    }

    /// Steps into the container that starts here.
    pub(crate) fn open(&mut self, kind: Kind) -> Scan<Open> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::too_deep(self.at));
        }
        let open = Open { kind, start: self.at, count: 0, blanks: self.blanks };
        self.at += 1;
        Ok(open)
    }

    /// Whether another element or member follows; steps to it, or out of the container.
    #[inline]
    pub(crate) fn more(&mut self, open: &mut Open) -> Scan<bool> {
        self.blank();
        let close = if open.kind == Kind::Object { b'}' } else { b']' };
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                return Ok(false);
            }
            Some(b',') if open.count > 0 => {
                self.at += 1;
                self.blank();
            }
            Some(_) if open.count == 0 => {}
            _ => return Err(self.unexpected(open.wants())),
        }
        open.count += 1;
        Ok(true)
    }

    /// The container that [`Self::more`] just left.
    pub(crate) fn close(&self, open: &Open) -> Value {
        let marked = self.blanks != open.blanks;
        Value { count: open.count, marked, ..self.passed(open.start, open.kind) }
    }

    /// A member's name; steps to its value.
    #[inline]
    pub(crate) fn key(&mut self) -> Scan<Value> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a member name in double quotes"));
        }
        let key = self.string()?;
        self.blank();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("`:` after a member name"));
        }
        self.at += 1;
        self.blank();
        Ok(key)
    }

    /// The string that starts here.
    #[inline]
    pub(crate) fn string(&mut self) -> Scan<Value> {
        let start = self.at;
        let mut marked = false;
        self.at += 1;
        loop {
            self.at = plain_end(self.text.as_bytes(), self.at);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Value { marked, ..self.passed(start, Kind::Text) });
                }
                Some(b'\\') => {
                    marked = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.unexpected("no raw control character in a string")),
                None => return Err(Fault::truncated(self.at, "inside a string")),
            }
        }
    }

    fn escape(&mut self) -> Scan<()> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => {
                for offset in 2..6 {
                    match bytes.get(self.at + offset) {
                        Some(byte) if byte.is_ascii_hexdigit() => {}
                        Some(_) => return Err(self.unexpected("four hexadecimal digits after `\\u`")),
                        None => return Err(Fault::truncated(bytes.len(), "inside a string")),
                    }
                }
                self.at += 6;
            }
            Some(_) => return Err(self.unexpected("a JSON escape after `\\`")),
            None => return Err(Fault::truncated(bytes.len(), "inside a string")),
        }
        Ok(())
    }

    /// `null`, `true`, `false` or a number.
    fn plain(&mut self) -> Scan<Value> {
        let start = self.at;
        let kind = match self.peek() {
            Some(b'-' | b'0'..=b'9') => return self.number(),
            Some(b'n') => self.word("null", Kind::Null)?,
            Some(b't') => self.word("true", Kind::True)?,
            Some(b'f') => self.word("false", Kind::False)?,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(self.passed(start, kind))
    }

    fn word(&mut self, word: &str, kind: Kind) -> Scan<Kind> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(kind)
        } else if word.as_bytes().starts_with(rest) {
            Err(Fault::truncated(self.text.len(), "inside a word"))
        } else {
            Err(self.unexpected("a value"))
        }
    }

    fn number(&mut self) -> Scan<Value> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.passed(start, Kind::Number))
    }

    fn digits(&mut self) -> Scan<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    #[expect(clippy::cast_possible_truncation, reason = "texts of 2 GiB and more are refused beforehand")]
    fn passed(&self, start: usize, kind: Kind) -> Value {
        Value { start: start as u32, end: self.at as u32, count: 0, kind, marked: false }
    }

    /// The fault of finding something else than `wanted`, or the end, here.
    #[cold]
    pub(crate) fn unexpected(&self, wanted: &'static str) -> Fault {
        match (self.peek(), self.depth) {
            (None, 0) => Fault::truncated(self.at, "before its value"),
            (None, _) => Fault::truncated(self.at, "inside an object or array"),
            (Some(_), _) => Fault::syntax(self.at, wanted),
        }
    }
}

/// A container that is being passed.
#[derive(Debug)]
pub(crate) struct Open {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    /// Elements or members begun.
    pub(crate) count: u32,
    blanks: usize,
}

impl Open {
    fn wants(&self) -> &'static str {
        if self.kind == Kind::Object { "`,` or `}` after a member" } else { "`,` or `]` after an element" }
    }
}

/// Where the run of bytes that stand for themselves in a string ends: at a quote, a backslash, a control
/// character or the end of the text. Eight bytes at a time: most strings are too short for more.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (ONES * u64::from(b'"'));
        let slash = word ^ (ONES * u64::from(b'\\'));
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (slash.wrapping_sub(ONES) & !slash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = found & HIGH;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20).unwrap_or(rest.len())
}
