//! The paths of a profile beside each other: where the rows are, and how each column is written.

use profilec_syntax::{Anchor, Document, Path, RowPath, Step, Template, Text, parse_path, parse_row_path};
use profilec_vocabulary::{Kind, ResponseFormat};

use crate::cx::Method;
use crate::names::Names;

/// Row paths that columns are compared with.
const MAX_ROW_PATHS: usize = 64;

/// The path of a column.
#[derive(Debug)]
pub(super) struct ColumnPath<'a> {
    pub(super) written: &'a Text,
    pub(super) path: Path,
    pub(super) spelling: Spelling,
}

/// How a path is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `/json/a`.
    JsonRoot,
    /// `/a`.
    Slash,
    /// `$.a`.
    Dollar,
    /// `a`.
    Relative,
    /// `{RepeatElement#2}/a`.
    Level,
}

/// All paths of a profile.
#[derive(Debug)]
pub(super) struct Census<'a> {
    pub(super) format: ResponseFormat,
    pub(super) columns: Vec<ColumnPath<'a>>,
    /// Where the rows are, from the root on; empty when that is not known or is the root itself.
    pub(super) rows: Vec<Vec<Step>>,
}

impl<'a> Census<'a> {
    pub(super) fn new(document: &'a Document, names: &Names<'a>) -> Self {
        let format = names.format();
        let columns = document.info.iter().flat_map(|info| &info.columns);
        let columns = columns.filter_map(|column| {
            let written = column.path()?;
            let path = parse_path(written, format).ok()??;
            let spelling = spelling(written.as_str().trim(), &path);
            Some(ColumnPath { written, path, spelling })
        });
        Self { format, columns: columns.collect(), rows: rows(names, format).unwrap_or_default() }
    }

    /// Whether a path from the root leads into the rows.
    pub(super) fn is_in_rows(&self, path: &Path) -> bool {
        self.rows.iter().any(|row| path.steps.len() > row.len() && path.steps.starts_with(row))
    }

    /// Whether a path from the root leads to a row, or to what stands beside the way to the rows.
    pub(super) fn is_on_the_way(&self, path: &Path) -> bool {
        let parent = path.steps.split_last().map_or(&[][..], |(_, parent)| parent);
        self.rows.iter().any(|row| row.starts_with(parent))
    }

    /// The columns that are read in each row, from the root on.
    pub(super) fn absolute_in_rows(&self) -> impl Iterator<Item = &ColumnPath<'a>> {
        let in_rows = |column: &&ColumnPath<'_>| column.is_absolute() && self.is_in_rows(&column.path);
        self.columns.iter().filter(in_rows)
    }

    /// The columns that are read from the row on.
    pub(super) fn relative(&self) -> impl Iterator<Item = &ColumnPath<'a>> {
        self.columns.iter().filter(|column| column.spelling == Spelling::Relative)
    }
}

impl ColumnPath<'_> {
    pub(super) fn is_absolute(&self) -> bool {
        self.path.anchor == Anchor::Root
    }

    /// As written, without blanks around it.
    pub(super) fn text(&self) -> &str {
        self.written.as_str().trim()
    }
}

fn spelling(written: &str, path: &Path) -> Spelling {
    match path.anchor {
        Anchor::Repeat(_) | Anchor::SubRepeat(_) => Spelling::Level,
        Anchor::Row => Spelling::Relative,
        Anchor::Root if written.starts_with('$') => Spelling::Dollar,
        Anchor::Root => {
            let first = written.trim_start_matches('/').split(['/', '[']).next().unwrap_or_default();
            if first.trim() == "json" { Spelling::JsonRoot } else { Spelling::Slash }
        }
    }
}

/// Where the rows are; `None` when some of that cannot be known.
fn rows(names: &Names<'_>, format: ResponseFormat) -> Option<Vec<Vec<Step>>> {
    let mut rows = Vec::new();
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        let is_level = site.is("SubRepeatElement");
        if site.kind() != Some(Kind::Paths) && !is_level {
            continue;
        }
        let text = site.value.and_then(Template::literal_text)?;
        for path in parse_row_path(&text, format).ok()? {
            match path {
                // A level may be written from the row on: then nothing more is known than that there is one.
                RowPath::Steps(_) if is_level && !text.as_str().trim().starts_with(['/', '$']) => {
                    return None;
                }
                RowPath::Steps(steps) => rows.push(steps),
                RowPath::Query(_) => return None,
            }
        }
    }
    (rows.len() <= MAX_ROW_PATHS && rows.iter().all(|row| !row.is_empty())).then_some(rows)
}
