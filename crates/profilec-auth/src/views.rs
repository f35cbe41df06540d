//! A text with its escapes undone, and the way back to where each byte stood.

use std::ops::Range;

/// A text read through an escape syntax.
pub(crate) struct View {
    pub(crate) bytes: Vec<u8>,
    /// In order; what lies between two escapes was copied.
    escapes: Vec<Escape>,
}

struct Escape {
    /// Bytes of the view.
    seen: Range<usize>,
    /// Bytes of the text.
    written: Range<usize>,
}

/// Reads one escape at the start of the text: the length it has there, and what it means.
type ReadEscape = fn(&[u8]) -> Option<(usize, Vec<u8>)>;

impl View {
    /// The text with `%2F` read as `/`; `None` when nothing is escaped.
    pub(crate) fn percent(text: &[u8]) -> Option<Self> {
        Self::read(text, b'%', percent)
    }

    /// The text with `\"`, `\/`, `\u002f` … read as JSON does; `None` when nothing is escaped.
    pub(crate) fn json(text: &[u8]) -> Option<Self> {
        Self::read(text, b'\\', json)
    }

    fn read(text: &[u8], lead: u8, read: ReadEscape) -> Option<Self> {
        let mut view = Self { bytes: Vec::new(), escapes: Vec::new() };
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.iter().position(|byte| *byte == lead).unwrap_or(rest.len());
            view.bytes.extend_from_slice(&rest[..next]);
            at += next;
            let rest = &rest[next..];
            if let Some((length, meaning)) = read(rest) {
                let start = view.bytes.len();
                view.bytes.extend_from_slice(&meaning);
                view.escapes.push(Escape { seen: start..view.bytes.len(), written: at..at + length });
                at += length;
            } else if let Some(byte) = rest.first() {
                view.bytes.push(*byte);
                at += 1;
            }
        }
        (!view.escapes.is_empty()).then_some(view)
    }

    /// Where a range of the view stands in the text, whole escapes included.
    pub(crate) fn written(&self, seen: Range<usize>) -> Range<usize> {
        let first = self.place(seen.start);
        let last = self.place(seen.end.saturating_sub(1));
        first.start..last.end
    }

    fn place(&self, seen: usize) -> Range<usize> {
        let after = self.escapes.partition_point(|escape| escape.seen.start <= seen);
        match after.checked_sub(1).and_then(|index| self.escapes.get(index)) {
            Some(escape) if seen < escape.seen.end => escape.written.clone(),
            Some(escape) => {
                let at = escape.written.end + (seen - escape.seen.end);
                at..at + 1
            }
            None => seen..seen + 1,
        }
    }
}

fn percent(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    let byte = u8::try_from(hex(text.get(1..3)?)?).ok()?;
    Some((3, vec![byte]))
}

fn json(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    let plain = match text.get(1)? {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'b' => 8,
        b'f' => 12,
        mark @ (b'"' | b'\\' | b'/') => *mark,
        b'u' => return json_code_point(text),
        _ => return None,
    };
    Some((2, vec![plain]))
}

fn json_code_point(text: &[u8]) -> Option<(usize, Vec<u8>)> {
    let unit = hex(text.get(2..6)?)?;
    let (length, code_point) = match unit {
        0xD800..=0xDBFF => {
            let low =
                text.get(6..12).filter(|next| next.starts_with(b"\\u")).and_then(|next| hex(&next[2..]))?;
            (12, 0x1_0000 + ((unit - 0xD800) << 10) + low.checked_sub(0xDC00).filter(|low| *low < 0x400)?)
        }
        _ => (6, unit),
    };
    Some((length, char::from_u32(code_point)?.to_string().into_bytes()))
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}
