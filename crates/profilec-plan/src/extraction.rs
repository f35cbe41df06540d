//! What is taken from a page: made by the engine for each call, carried out by the row extractor.

use profilec_diagnostics::Span;
use profilec_syntax::{Path, RowPath, Step};
use profilec_vocabulary::ResponseFormat;

/// What to take from one page.
#[derive(Clone, Debug, PartialEq)]
pub struct Extraction {
    /// How the body is read.
    pub format: ResponseFormat,
    /// How the body is laid out.
    pub layout: Layout,
    /// Where the records are that make rows, parents before their children. Of several without a parent, the
    /// rows follow each other; siblings within a parent are joined, each with each.
    pub levels: Vec<Level>,
    /// The levels whose records relative paths start at: usually one.
    pub relative: Vec<usize>,
    /// The row path's place in the profile; the call's when none is set.
    pub rows_origin: Span,
    /// One for each of the plan's columns, in order.
    pub columns: Vec<ColumnSource>,
    /// Values read beside the rows (`ElementMapPath#`).
    pub captures: Vec<Capture>,
    /// Columns (indices) whose values the body reads as text.
    pub materialise: Vec<usize>,
}

impl Extraction {
    /// Whether the answer is taken whole, as one item.
    pub fn is_text(&self) -> bool {
        self.format == ResponseFormat::Text
    }
}

/// Records that make rows: a row has at most one of each level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The level in whose records these lie.
    pub parent: Option<usize>,
    /// The way to them: from the root, or plain steps from the parent's record.
    pub path: RowPath,
    /// A record in which no record of a deeper level is makes a row all the same.
    pub kept: bool,
}

impl Level {
    /// The way from the root to the records of one of these levels. A general query finds what it finds: nothing
    /// leads to it.
    pub fn way(levels: &[Self], at: usize) -> RowPath {
        let mut way = Vec::new();
        let mut here = levels.get(at);
        while let Some(level) = here {
            match &level.path {
                RowPath::Steps(steps) => way.splice(..0, steps.iter().cloned()),
                query @ RowPath::Query(_) => return query.clone(),
            };
            here = level.parent.and_then(|parent| levels.get(parent));
        }
        RowPath::Steps(way)
    }
}

impl Level {
    /// Rows at a path from the root.
    pub fn rows(path: RowPath) -> Self {
        Self { parent: None, path, kept: true }
    }
}

/// Where a column's value is.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnSource {
    /// Steps from the record that relative paths start at; none: the record itself, as JSON text.
    Row(Vec<Step>),
    /// Steps from the record of a level.
    Level(usize, Vec<Step>),
    /// Steps from the root, outside the records: of the row's own ancestors where the two share steps,
    /// repeated on every row.
    Outside(Vec<Step>),
    /// The number of the level's record, counted from 1 over the whole run.
    Number(usize),
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

/// How a body is laid out, as far as the profile says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The encoding, whatever the response says of it: a name of the WHATWG encodings.
    pub charset: Option<&'static str>,
    /// Of JSON.
    pub json: JsonLayout,
    /// Of CSV.
    pub csv: CsvLayout,
}

/// Where the rows are in JSON: `JSONFormat`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum JsonLayout {
    /// In one document.
    #[default]
    Document,
    /// In documents, one a line (`LDJSON`).
    Lines,
    /// In arrays without names, which stand in an array of their own (`JSONRows`).
    Table {
        /// Steps from the root to the array of names.
        columns: Vec<Step>,
        /// Steps from its elements to the name; none: they are the names.
        name: Vec<Step>,
    },
}

/// How CSV is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvLayout {
    /// What separates fields; found out from the body when it is not given.
    pub separator: Option<String>,
    /// The ASCII character around fields that hold separators or line breaks.
    pub quote: u8,
    /// The first record holds the names of the fields.
    pub header: bool,
}

impl Default for CsvLayout {
    fn default() -> Self {
        Self { separator: None, quote: b'"', header: true }
    }
}
