//! One profile's text, and lines and columns in it.

use crate::Span;

/// How the stored file was encoded; findings report offsets into the stored file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a byte-order mark, when there is one, is part of the text.
    #[default]
    Utf8,
    /// UTF-16 with a byte-order mark, either byte order, decoded without the mark.
    Utf16,
}

/// A profile's name and text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    encoding: Encoding,
    lines: LineIndex,
}

impl Source {
    /// A text under the name that messages show (a path with `/`, or `<stdin>`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::with_encoding(name, text, Encoding::Utf8)
    }

    /// A text that was stored in another encoding.
    pub fn with_encoding(name: impl Into<String>, text: impl Into<String>, encoding: Encoding) -> Self {
        let text = text.into();
        let lines = LineIndex::new(&text);
        Self { name: name.into(), text, encoding, lines }
    }

    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text; spans index it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where its lines start.
    pub const fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// Line and column of a byte offset of the text.
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(&self.text, offset)
    }

    /// The offset into the stored file of a byte offset of the text.
    pub fn stored_offset(&self, offset: u32) -> u32 {
        match self.encoding {
            Encoding::Utf8 => offset,
            Encoding::Utf16 => {
                let before = self.text.get(..offset as usize).unwrap_or(&self.text);
                2 + 2 * u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX / 2 - 1)
            }
        }
    }
}

/// A place for people: both count from 1; a column is a Unicode scalar value, a tab is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. LF, CRLF and a lone CR each end one.
    pub line: u32,
    /// Column in Unicode scalar values, from 1. A byte-order mark is none.
    pub column: u32,
}

/// Where each line of a text starts.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Scans a text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// How many lines there are, at least one.
    pub const fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds a byte offset, from 0.
    pub fn line_of(&self, offset: u32) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        u32::try_from(line).unwrap_or(u32::MAX)
    }

    /// A line, counted from 0, without its line end; empty at the end of the text when there is no such line.
    pub fn span_of_line(&self, text: &str, line: u32) -> Span {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let start_of = |line: usize| self.starts.get(line).copied().unwrap_or(end);
        let (start, next) = (start_of(line as usize), start_of((line as usize).saturating_add(1)));
        let content =
            text.get(start as usize..next as usize).unwrap_or_default().trim_end_matches(['\r', '\n']);
        Span::new(start, start + u32::try_from(content.len()).unwrap_or(0))
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line as usize] as usize;
        let end = (offset as usize).min(text.len());
        let before = text.get(start..end).unwrap_or_default().trim_start_matches('\u{FEFF}');
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX - 1) + 1;
        Position { line: line.saturating_add(1), column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\r\nb\rc\nd";
        let lines = LineIndex::new(text);
        let at = |offset| {
            let p = lines.position(text, offset);
            (p.line, p.column)
        };
        assert_eq!([at(0), at(3), at(5), at(7), at(99)], [(1, 1), (2, 1), (3, 1), (4, 1), (4, 2)]);
    }

    #[test]
    fn a_line_ends_before_its_line_end() {
        let text = "a\r\n\nb";
        let lines = LineIndex::new(text);
        let all: Vec<&str> = (0..4).map(|line| &text[lines.span_of_line(text, line).range()]).collect();
        assert_eq!(all, ["a", "", "b", ""]);
    }

    #[test]
    fn columns_are_scalar_values_and_a_byte_order_mark_is_none() {
        let text = "\u{FEFF}é\tx";
        assert_eq!(LineIndex::new(text).position(text, 6), Position { line: 1, column: 3 });
    }

    #[test]
    fn stored_offsets_of_utf16_count_code_units() {
        let source = Source::with_encoding("a", "aé😀b", Encoding::Utf16);
        assert_eq!(source.stored_offset(7), 2 + 2 * 4);
    }
}
