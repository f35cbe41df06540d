//! The row path of tables in JSON: where the names of the columns are, and where the rows.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_vocabulary::ResponseFormat::Json;

use super::parse::{alternatives, finding, plain_path, trimmed};
use super::{Anchor, Path, Step};
use crate::Text;

/// Where a table is: `column:$.names;row:$.data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePaths {
    /// Steps from the root to the array of names.
    pub columns: Vec<Step>,
    /// Steps from its elements to the name; none: they are the names.
    pub name: Vec<Step>,
    /// Steps from the root to the rows.
    pub rows: Vec<Step>,
}

const COLUMN: &str = "column:";
const NAME: &str = "columnname:";
const ROW: &str = "row:";

/// Whether a row path is meant as that of a table.
pub fn is_table_path(text: &Text) -> bool {
    pieces(text).iter().any(|range| [COLUMN, NAME, ROW].iter().any(|prefix| has(text, range, prefix)))
}

/// Parses the row path of `JSONFormat` `JSONRows`.
///
/// # Errors
/// A finding at a path that cannot be read, or at the whole when `column:` or `row:` is missing.
pub fn parse_table_paths(text: &Text) -> Result<TablePaths, Diagnostic> {
    let pieces = pieces(text);
    let path = |prefix: &str| -> Result<Option<Path>, Diagnostic> {
        let Some(range) = pieces.iter().find(|range| has(text, range, prefix)) else { return Ok(None) };
        let range = trimmed(text.as_str(), range.start + prefix.len()..range.end);
        plain_path(text.as_str(), range, Json).map(Some).map_err(|fault| finding(text, &fault))
    };
    let (columns, name, rows) = (path(COLUMN)?, path(NAME)?, path(ROW)?);
    let (Some(columns), Some(rows)) = (columns, rows) else {
        let message = format!("the path `{}` names no table", text.as_str().trim());
        return Err(Diagnostic::new(
            &codes::path::invalid,
            message,
            Label::new(text.span(), "does not say where column names and rows are"),
        )
        .help("with `JSONRows` write both: `column:$.names;row:$.rows`"));
    };
    let name = name.map(|name| within(name, &columns.steps)).unwrap_or_default();
    Ok(TablePaths { columns: columns.steps, name, rows: rows.steps })
}

fn pieces(text: &Text) -> Vec<Range<usize>> {
    alternatives(text.as_str())
        .into_iter()
        .map(|range| trimmed(text.as_str(), range))
        .filter(|range| !range.is_empty())
        .collect()
}

fn has(text: &Text, range: &Range<usize>, prefix: &str) -> bool {
    let piece = text.as_str().get(range.clone()).unwrap_or_default();
    piece.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The steps of a name's path that lie in the elements of the array. It may be written from the root, also
/// with a dot before the last step where all others have a slash.
fn within(name: Path, columns: &[Step]) -> Vec<Step> {
    if name.anchor == Anchor::Row {
        return name.steps;
    }
    if let Some(steps) = name.steps.strip_prefix(columns) {
        return steps.to_vec();
    }
    let dotted: Vec<Step> = name
        .steps
        .iter()
        .flat_map(|step| match step {
            Step::Name(name) => name.split('.').map(|part| Step::Name(part.to_owned())).collect(),
            other => vec![other.clone()],
        })
        .collect();
    dotted.strip_prefix(columns).map_or(name.steps, <[Step]>::to_vec)
}

#[cfg(test)]
mod tests {
    use profilec_diagnostics::Span;

    use super::*;

    fn parse(path: &str) -> Result<TablePaths, Diagnostic> {
        parse_table_paths(&Text::verbatim(path, Span::new(1, 9)))
    }

    fn steps(names: &[&str]) -> Vec<Step> {
        names.iter().map(|name| Step::Name((*name).to_owned())).collect()
    }

    #[test]
    fn a_table_has_names_and_rows() {
        let table = parse("column:$.set.names; row:/json/set/rows;").expect("it is a table");
        assert_eq!(table.columns, steps(&["set", "names"]));
        assert_eq!(table.rows, steps(&["set", "rows"]));
        assert_eq!(table.name, []);
    }

    #[test]
    fn the_name_is_within_an_element_however_it_is_written() {
        for name in ["$.columns.name", "/columns/name", "/columns.name", "name"] {
            let table =
                parse(&format!("Column:/columns;ColumnName:{name};Row:/rows")).expect("it is a table");
            assert_eq!(table.name, steps(&["name"]), "{name}");
        }
    }

    #[test]
    fn half_a_table_is_none() {
        for path in ["", "$.rows", "row:$.rows", "column:$.names", "column:$.a[;row:$.b"] {
            assert!(parse(path).is_err(), "{path}");
        }
        assert!(is_table_path(&Text::verbatim("row:$.rows", Span::new(0, 0))));
        assert!(!is_table_path(&Text::verbatim("/rowset;/columns", Span::new(0, 0))));
    }
}
