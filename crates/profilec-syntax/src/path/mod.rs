//! Paths into a response: `other:xPath`, `ElementMapPath#`, `JSONPath`, `XPath`, `RepeatElement`.

mod display;
mod effort;
mod parse;
mod query;
mod steps;
mod table;

pub use parse::{parse_path, parse_row_path};
pub use table::{TablePaths, is_table_path, parse_table_paths};

/// A place in a response: member names step by step. Arrays on the way are walked implicitly.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    /// Where it starts.
    pub anchor: Anchor,
    /// The way. Empty with [`Anchor::Root`]: the document itself; with the others: their element itself.
    pub steps: Vec<Step>,
}

/// Where a path starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// At the document (`/json/a`, `/a`, `$.a`, `$.json.a`). For JSON a leading `json` step is the synthetic
    /// root and is not among the steps.
    #[default]
    Root,
    /// At the row element (`a/b`).
    Row,
    /// At the element that `RepeatElement#n` leads to (`{RepeatElement#2}/a`; without a number the first).
    Repeat(u32),
    /// At the element that `SubRepeatElement#n` leads to (`{SubRepeatElement#2}/a`).
    SubRepeat(u32),
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A member. Dots, `@` and `-` belong to the name. Digits alone may also be a 0-based index; the
    /// member wins.
    Name(String),
    /// `[1]`: a 0-based index.
    Index(u32),
    /// `*`: every member at this height.
    Any,
}

/// Where the rows of a page are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPath {
    /// Plain steps from the root.
    Steps(Vec<Step>),
    /// A general JSONPath (filters, slices, `..`), validated, as written.
    Query(String),
}
