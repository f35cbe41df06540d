//! Byte ranges in one profile.

use std::ops::Range;

/// Half-open byte range in one profile's decoded text.
///
/// Invariant: `start <= end`, both on UTF-8 boundaries of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The range `start..end`.
    ///
    /// # Panics
    /// If `start > end`.
    #[track_caller]
    pub const fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "span ends before it starts");
        Self { start, end }
    }

    /// An empty span at `offset`: a place between two bytes.
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The span of a byte range of a text.
    ///
    /// # Panics
    /// If the range is reversed or beyond `u32`: texts of 4 GiB and more are refused before parsing.
    #[track_caller]
    pub fn from_range(range: Range<usize>) -> Self {
        let offset = |n: usize| u32::try_from(n).expect("texts over 4 GiB are refused");
        Self::new(offset(range.start), offset(range.end))
    }

    /// First byte.
    pub const fn start(self) -> u32 {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> u32 {
        self.end
    }

    /// Bytes covered.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies within.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// A range counted from this span's start. Only for undecoded text: a decoded value
    /// (`&amp;` → `&`) maps back through its own offset table.
    /// `None` if it would leave this span: the offsets may come from another parser.
    pub fn narrow(self, inner: Range<u32>) -> Option<Self> {
        let start = self.start.checked_add(inner.start)?;
        let end = self.start.checked_add(inner.end)?;
        (start <= end && end <= self.end).then_some(Self { start, end })
    }

    /// As an index into the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the text it was read from. Two profiles that say the same are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spanned<T> {
    /// What was read.
    pub node: T,
    /// Where it was read.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}
