//! What is taken from a page: made by the engine for each call, carried out by the row extractor.

use profilec_diagnostics::Span;
use profilec_syntax::{Path, RowPath, Step};
use profilec_vocabulary::ResponseFormat;

/// What to take from one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// How the body is read.
    pub format: ResponseFormat,
    /// Where the rows are. More than one: the deepest is the row (flattened); not yet run.
    pub rows: Vec<RowPath>,
    /// The row path's place in the profile; the call's when none is set.
    pub rows_origin: Span,
    /// One for each of the plan's columns, in order.
    pub columns: Vec<ColumnSource>,
    /// Values read beside the rows (`ElementMapPath#`).
    pub captures: Vec<Capture>,
    /// Columns (indices) whose values the body reads as text.
    pub materialise: Vec<usize>,
}

/// Where a column's value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnSource {
    /// Steps from the row element; none: the row element itself, as JSON text.
    Row(Vec<Step>),
    /// Steps from the root, outside the row path: of the row's own ancestors where the two share steps,
    /// repeated on every row.
    Outside(Vec<Step>),
    /// Nothing in the response: null, unless the body sets it.
    Nothing,
}

/// A value read beside the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Capture {
    /// The attribute it becomes (`ElementMapName#`).
    pub name: String,
    /// Where it is; a path inside the rows gives the last value that is not null.
    pub path: Path,
    /// The path's place in the profile.
    pub origin: Span,
}
