//! Decoded text that maps back to the file.

use profilec_diagnostics::Span;

/// Text as it means (`&amp;` decoded, line ends normalised), with the place of every byte in the file.
///
/// Equality is that of the meaning.
#[derive(Clone, Debug, Default)]
pub struct Text {
    decoded: String,
    span: Span,
    /// `(decoded offset, source offset)` where the two start to run in step; sorted, first is `(0, span.start)`.
    /// Empty when nothing was decoded: then both run in step from the start.
    steps: Vec<(u32, u32)>,
}

impl Text {
    /// Text that stands in the file as it means.
    pub fn verbatim(decoded: impl Into<String>, span: Span) -> Self {
        Self { decoded: decoded.into(), span, steps: Vec::new() }
    }

    /// Text with an offset table: each entry is `(decoded offset, source offset)` from where both run in
    /// step until the next entry. A decoded reference (`&amp;`) makes two entries: one where it starts and
    /// one after it.
    pub fn decoded(decoded: impl Into<String>, span: Span, steps: Vec<(u32, u32)>) -> Self {
        Self { decoded: decoded.into(), span, steps }
    }

    /// What it means.
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// Where it stands in the file, without quotes.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Where a byte range of the decoded text stands in the file.
    pub fn span_of(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.source_offset(range.start);
        let end =
            if range.end >= self.decoded.len() { self.span.end() } else { self.source_offset(range.end) };
        Span::new(start, end.max(start))
    }

    /// The decoded range of the character at a decoded offset; empty at the end.
    pub(crate) fn char_at(&self, at: usize) -> std::ops::Range<usize> {
        let length = self.decoded.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        at..at + length
    }

    fn source_offset(&self, decoded: usize) -> u32 {
        let decoded = u32::try_from(decoded).unwrap_or(u32::MAX);
        let last = self.steps.partition_point(|step| step.0 <= decoded);
        let (from, to) = if last == 0 { (0, self.span.start()) } else { self.steps[last - 1] };
        to.saturating_add(decoded - from).min(self.span.end())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.decoded == other.decoded
    }
}

impl Eq for Text {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_range_maps_to_the_file() {
        // source at offset 10: a&amp;[b
        let text = Text::decoded("a&[b", Span::new(10, 18), vec![(0, 10), (1, 11), (2, 16)]);
        assert_eq!(text.span_of(2..3), Span::new(16, 17));
        assert_eq!(text.span_of(1..2), Span::new(11, 16));
        assert_eq!(text.span_of(0..4), Span::new(10, 18));
    }
}
