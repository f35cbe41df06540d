//! What was seen of a page, and what is to become of its rows.

use profilec_diagnostics::Diagnostic;

/// A value that may be missing in two ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// Not there.
    #[default]
    Absent,
    /// JSON `null`.
    Null,
    /// Its text: strings decoded, numbers and booleans as written, objects and arrays as JSON text.
    Value(String),
}

impl Seen {
    /// The text, when there is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Value(text) => Some(text),
            Self::Absent | Self::Null => None,
        }
    }
}

/// A page as the driver saw it.
#[derive(Clone, Debug, Default)]
pub struct PageSeen {
    /// HTTP status; 200 for a replayed page without one.
    pub status: u16,
    /// The URL that answered, after redirects.
    pub url: String,
    /// Response headers in order.
    pub headers: Vec<(String, String)>,
    /// What the extractor found; default when there is a problem.
    pub page: PageSummary,
    /// The request failed, or the body could not be read: the finding to fail with, unless a stop rule
    /// excuses it.
    pub problem: Option<Diagnostic>,
}

/// What the extractor found in one body.
#[derive(Clone, Debug, Default)]
pub struct PageSummary {
    /// Rows found.
    pub rows: usize,
    /// What a total or an offset counts: the outermost records that make the rows, the document left out where
    /// they lie in it. Where each record is a row, as many as rows.
    pub records: usize,
    /// For each level of the extraction, where there are several; else empty.
    pub levels: Vec<LevelSeen>,
    /// Rows that siblings gave together and that were left out.
    pub cut: Option<RowsCut>,
    /// What stood at the row path.
    pub row_path: RowPathSeen,
    /// One for each capture, in order.
    pub captures: Vec<Seen>,
    /// Text of each [`profilec_plan::ColumnSource::Outside`] column of the first row, by column index.
    pub outside: Vec<(usize, Seen)>,
    /// Scalar members, and sizes of containers, at the root and one level down, never inside rows. At most 512.
    pub members: Vec<Member>,
    /// Hash of all row values (columns outside the row left out); equal pages have equal hashes.
    pub rows_hash: u64,
    /// A hash of the columns with `key="true"`, one for each row that has any of them; empty without such columns.
    pub keys: Vec<u64>,
    /// Columns that were null on all rows so far, because the response spells their names differently.
    pub misses: Vec<Miss>,
    /// Text of the materialised columns.
    pub texts: Vec<TextColumn>,
}

/// What stood where a level's records should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelSeen {
    /// It was there, in one record at least, be it empty.
    There,
    /// In no record that could have it.
    Missing,
    /// Nothing could have it.
    NotSought,
}

/// A column's name that nothing in the response has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The column.
    pub column: String,
    /// The member that its path names.
    pub name: String,
    /// The member that is there.
    pub found: String,
    /// Where it was seen.
    pub page: u64,
}

/// A record that gives more rows than are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowsCut {
    /// JSON pointer of the record.
    pub pointer: String,
    /// How many rows it gives.
    pub all: u64,
    /// How many were written.
    pub written: u64,
}

/// The text of a column, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    /// Index into the plan's columns.
    pub column: usize,
    /// One a row; `None` for null and absent.
    pub values: Vec<Option<String>>,
}

/// What stood at the row path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RowPathSeen {
    /// An array (maybe empty) or an object.
    #[default]
    Rows,
    /// `null`: an empty page.
    Null,
    /// No bytes at all, or status 204: an empty page.
    NoBody,
    /// The way broke off.
    Missing {
        /// The step that was not there.
        step: String,
        /// JSON pointer (RFC 6901) of where it was looked for.
        at: String,
        /// Keys that were there, at most 20.
        keys: Vec<String>,
        /// The nearest of them.
        closest: Option<String>,
    },
    /// In XML: the rows' element was not there, and what was there beside it may be rows of another name. It is taken
    /// for an empty page.
    Unlike {
        /// The rows' element.
        step: String,
        /// JSON pointer of where it was looked for.
        at: String,
        /// What was there instead.
        key: String,
    },
    /// A text, number or boolean.
    Scalar {
        /// `a string`, `a number`, `a boolean`.
        kind: &'static str,
        /// JSON pointer of it.
        at: String,
    },
}

/// A member of the body beside the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// JSON pointer (RFC 6901).
    pub pointer: String,
    /// What it holds.
    pub value: MemberValue,
}

/// What a member holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MemberValue {
    /// `null`.
    Null,
    /// `true`, `false`.
    Boolean(bool),
    /// As written.
    Number(String),
    /// Decoded; cut at 4 KiB.
    Text(String),
    /// So many elements.
    Array(usize),
    /// So many members.
    Object(usize),
}

/// What becomes of a page's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emit {
    /// Not written.
    Nothing,
    /// All rows, `copies` times each (a body may push more than once), with these columns set by the script.
    All {
        /// Usually 1.
        copies: usize,
        /// Columns that the body set for the whole page.
        overrides: Vec<Override>,
    },
    /// These rows, in order.
    Picked(Vec<PushedRow>),
}

/// One row that the body pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushedRow {
    /// Index into the page's rows.
    pub row: usize,
    /// Columns that the body set for it.
    pub overrides: Vec<Override>,
}

/// A column's value as the script set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Index into the plan's columns.
    pub column: usize,
    /// Its text; `None`: null.
    pub value: Option<String>,
}
