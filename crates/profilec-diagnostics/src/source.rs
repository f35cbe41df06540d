//! A profile's text, file by file, and lines and columns in it.

use crate::Span;

/// How the stored file was encoded; findings report offsets into the stored file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; a byte-order mark, when there is one, is part of the text.
    #[default]
    Utf8,
    /// UTF-16, the lower byte first, with a byte-order mark, decoded without it.
    Utf16Le,
    /// UTF-16, the higher byte first, with a byte-order mark, decoded without it.
    Utf16Be,
}

impl Encoding {
    /// A text as it is stored.
    pub fn encode(self, text: &str) -> Vec<u8> {
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf16Le => wide(u16::to_le_bytes),
            Self::Utf16Be => wide(u16::to_be_bytes),
        }
    }
}

/// The text of a profile: its own file, and the files that it includes.
///
/// All texts stand one after the other in one text, so that a [`Span`] names a place in any of them; the first
/// file is the profile's own. A byte that belongs to no file parts two files: the end of one is not the start
/// of the next.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    /// The text with stars in the place of what is hidden, byte for byte; `None` when nothing is.
    shown: Option<String>,
    /// By place; never empty.
    files: Vec<SourceFile>,
}

impl Source {
    /// A text under the name that messages show (a path with `/`, or `<stdin>`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::with_encoding(name, text, Encoding::Utf8)
    }

    /// A text that was stored in another encoding.
    pub fn with_encoding(name: impl Into<String>, text: impl Into<String>, encoding: Encoding) -> Self {
        let text = text.into();
        let file = SourceFile::new(name.into(), encoding, &text, 0);
        Self { text, shown: None, files: vec![file] }
    }

    /// Adds the text of an included file, and says where it stands.
    /// `None`: all texts together would be larger than spans can name.
    pub fn add(&mut self, name: impl Into<String>, text: &str, encoding: Encoding) -> Option<Span> {
        let start = u32::try_from(self.text.len() + 1).ok()?;
        u32::try_from(text.len()).ok().and_then(|length| start.checked_add(length))?;
        self.text.push(BETWEEN_FILES);
        self.text.push_str(text);
        if let Some(shown) = &mut self.shown {
            shown.push(BETWEEN_FILES);
            shown.push_str(text);
        }
        let file = SourceFile::new(name.into(), encoding, &self.text, start);
        let span = file.span;
        self.files.push(file);
        Some(span)
    }

    /// The name of the profile's own file, as messages show it.
    pub fn name(&self) -> &str {
        self.files.first().map_or("", SourceFile::name)
    }

    /// The decoded text of all files; spans index it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Hides places of the text, credentials above all: renderers show stars there. Texts that are added later are
    /// not hidden.
    pub fn hide(&mut self, places: impl IntoIterator<Item = Span>) {
        let mut shown = self.shown.take().unwrap_or_else(|| self.text.clone()).into_bytes();
        for place in places {
            let bytes = shown.get_mut(place.range()).unwrap_or_default();
            for byte in bytes.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
                *byte = b'*';
            }
        }
        // A place that cuts a character in two is none of this text: nothing of it may be shown then.
        let text = String::from_utf8(shown);
        self.shown = Some(text.unwrap_or_else(|_| "*".repeat(self.text.len())));
    }

    /// The text as renderers show it, of the same length as the text itself.
    pub(crate) fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.text)
    }

    /// All files, the profile's own first.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The file that holds a byte offset of the text.
    pub fn file_at(&self, offset: u32) -> &SourceFile {
        let after = self.files.partition_point(|file| file.span.start() <= offset);
        &self.files[after.saturating_sub(1)]
    }

    /// The text of a span; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column, within its file, of a byte offset of the text.
    pub fn position(&self, offset: u32) -> Position {
        self.file_at(offset).lines.position(&self.text, offset)
    }

    /// As [`Source::position`], the column counted in UTF-16 code units.
    pub(crate) fn utf16_position(&self, offset: u32) -> Position {
        self.file_at(offset).lines.utf16_position(&self.text, offset)
    }

    /// The offset into the stored file of a byte offset of the text.
    pub fn stored_offset(&self, offset: u32) -> u32 {
        let file = self.file_at(offset);
        let start = file.span.start();
        match file.encoding {
            Encoding::Utf8 => offset.min(file.span.end()) - start,
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
                2 + 2 * u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX / 2 - 1)
            }
        }
    }
}

/// Parts the texts of two files.
const BETWEEN_FILES: char = '\n';

/// A file of a [`Source`].
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    encoding: Encoding,
    span: Span,
    lines: LineIndex,
}

impl SourceFile {
    /// The file whose text is what `text` holds from `start` on.
    fn new(name: String, encoding: Encoding, text: &str, start: u32) -> Self {
        let span = Span::new(start, u32::try_from(text.len()).unwrap_or(u32::MAX).max(start));
        Self { name, encoding, span, lines: LineIndex::of(text, span) }
    }

    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where its text stands in the text of the source.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Where its lines start.
    pub const fn lines(&self) -> &LineIndex {
        &self.lines
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
    end: u32,
}

impl LineIndex {
    /// Scans a text once.
    pub fn new(text: &str) -> Self {
        Self::of(text, Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX)))
    }

    /// The lines of a part of a text; offsets are those of the whole.
    fn of(text: &str, part: Span) -> Self {
        let bytes = text.as_bytes().get(part.range()).unwrap_or_default();
        let mut starts = vec![part.start()];
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(u32::try_from(part.range().start + at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts, end: part.end() }
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
        let start_of = |line: usize| self.starts.get(line).copied().unwrap_or(self.end);
        let (start, next) = (start_of(line as usize), start_of((line as usize).saturating_add(1)));
        let content =
            text.get(start as usize..next as usize).unwrap_or_default().trim_end_matches(['\r', '\n']);
        Span::new(start, start + u32::try_from(content.len()).unwrap_or(0))
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        self.counted(text, offset, |before| before.chars().count())
    }

    /// As [`LineIndex::position`], the column counted in UTF-16 code units.
    pub(crate) fn utf16_position(&self, text: &str, offset: u32) -> Position {
        self.counted(text, offset, |before| before.encode_utf16().count())
    }

    /// A position whose column is counted from the text before it on its line.
    fn counted(&self, text: &str, offset: u32, count: impl Fn(&str) -> usize) -> Position {
        let line = self.line_of(offset);
        let start = self.starts[line as usize] as usize;
        let end = offset.min(self.end) as usize;
        let before = text.get(start..end).unwrap_or_default().trim_start_matches('\u{FEFF}');
        let column = u32::try_from(count(before)).unwrap_or(u32::MAX - 1) + 1;
        Position { line: line.saturating_add(1), column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_shown_as_stars_of_the_same_length() {
        let mut source = Source::new("k.rsd", "key=grün\n");
        source.hide([Span::new(4, 9)]);
        assert_eq!(source.shown(), "key=*****\n");
        assert_eq!(source.text(), "key=grün\n");
        source.add("b.rsd", "x", Encoding::Utf8);
        assert_eq!(source.shown(), "key=*****\n\nx");
        source.hide([Span::new(6, 7)]);
        assert_eq!(source.shown(), "key=*****\n\nx");
    }

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
    fn columns_of_utf16_count_surrogates() {
        let source = Source::new("a", "x\né😀b");
        let at = |offset| source.utf16_position(offset);
        assert_eq!(at(8), Position { line: 2, column: 4 });
        assert_eq!(source.position(8), Position { line: 2, column: 3 });
    }

    #[test]
    fn each_file_counts_its_own_lines_and_bytes() {
        let mut source = Source::new("a", "one\ntwo");
        let b = source.add("b", "dr\u{e9}i\nvier", Encoding::Utf8).expect("room");
        let c = source.add("c", "", Encoding::Utf16Le).expect("room");
        let at = |offset: u32| {
            let place = source.position(offset);
            (source.file_at(offset).name(), place.line, place.column, source.stored_offset(offset))
        };
        assert_eq!(at(7), ("a", 2, 4, 7));
        assert_eq!(at(b.start()), ("b", 1, 1, 0));
        assert_eq!(at(b.end()), ("b", 2, 5, 10));
        assert_eq!(at(c.start()), ("c", 1, 1, 2));
        assert_eq!(source.slice(b), "dr\u{e9}i\nvier");
    }

    #[test]
    fn stored_offsets_of_utf16_count_code_units() {
        let source = Source::with_encoding("a", "aé😀b", Encoding::Utf16Le);
        assert_eq!(source.stored_offset(7), 2 + 2 * 4);
    }
}
