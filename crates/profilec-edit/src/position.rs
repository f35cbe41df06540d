//! Positions of the Language Server Protocol.

use profilec_diagnostics::LineIndex;

/// A place as editors name it: both count from 0, a character is a UTF-16 code unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineAndCharacter {
    /// The line. LF, CRLF and a lone CR each end one.
    pub line: u32,
    /// UTF-16 code units before it on its line; a byte-order mark is none.
    pub character: u32,
}

/// The position of a byte offset. One within a character is that character's start, one past the end is the end.
pub fn line_and_character(text: &str, offset: usize) -> LineAndCharacter {
    let offset = boundary(text, offset);
    let lines = LineIndex::new(text);
    let line = lines.line_of(u32::try_from(offset).unwrap_or(u32::MAX));
    let start = lines.span_of_line(text, line).range().start;
    let before = text.get(start..offset).unwrap_or_default().trim_start_matches('\u{FEFF}');
    LineAndCharacter { line, character: u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX) }
}

/// The byte offset of a position. A character past the end of its line is that end, a line past the last is the end of
/// the text, and the second half of a surrogate pair is the first.
pub fn offset_at(text: &str, position: LineAndCharacter) -> usize {
    let lines = LineIndex::new(text);
    if position.line as usize >= lines.count() {
        return text.len();
    }
    let line = lines.span_of_line(text, position.line).range();
    let content = text.get(line.clone()).unwrap_or_default();
    let shown = content.trim_start_matches('\u{FEFF}');
    let mut left = position.character as usize;
    let mut at = line.start + content.len() - shown.len();
    for c in shown.chars() {
        if left < c.len_utf16() {
            break;
        }
        left -= c.len_utf16();
        at += c.len_utf8();
    }
    at
}

/// The last character boundary that is not behind an offset.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_utf16_code_units_both_ways() {
        let text = "\u{FEFF}x\r\n\u{e9}\u{1F600}b\n";
        let b = text.find('b').expect("it is there");
        let position = LineAndCharacter { line: 1, character: 3 };
        assert_eq!(line_and_character(text, b), position);
        assert_eq!(offset_at(text, position), b);
        assert_eq!(offset_at(text, LineAndCharacter { line: 1, character: 2 }), b - 4);
        assert_eq!(offset_at(text, LineAndCharacter { line: 0, character: 99 }), 4);
        assert_eq!(offset_at(text, LineAndCharacter { line: 9, character: 0 }), text.len());
    }
}
