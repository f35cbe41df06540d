//! Runs of fields as tables: each attribute has a column.

use std::collections::{BTreeMap, VecDeque};

use unicode_width::UnicodeWidthStr;

use crate::attributes::{Attribute, Place};

/// A cell wider than this runs over into the next columns of its row, instead of pushing all rows apart.
const WIDEST_CELL: usize = 60;

/// One field: the cells of its row, by the places of its attributes.
#[derive(Debug)]
pub(crate) struct Row {
    cells: BTreeMap<Place, String>,
}

impl Row {
    /// The row of these attributes; those that share a place share a cell.
    pub(crate) fn new(attributes: Vec<Attribute>) -> Self {
        let mut cells: BTreeMap<Place, String> = BTreeMap::new();
        for attribute in attributes {
            let cell = cells.entry(attribute.place).or_default();
            if !cell.is_empty() {
                cell.push(' ');
            }
            cell.push_str(&attribute.text);
        }
        Self { cells }
    }
}

/// Rows under each other: the text of each, from the end of the tag's name to the end of the tag.
///
/// A column is as wide as its widest cell. One that no more than half of the rows have takes no room: where it
/// is there, it pushes what follows in its own row.
pub(crate) fn aligned(rows: &[Row]) -> VecDeque<String> {
    let mut columns: BTreeMap<Place, Column> = BTreeMap::new();
    for (place, cell) in rows.iter().flat_map(|row| &row.cells) {
        let column = columns.entry(*place).or_default();
        column.cells += 1;
        if cell.width() <= WIDEST_CELL {
            column.width = cell.width().max(column.width);
        }
    }
    let mut start = 1;
    for column in columns.values_mut() {
        column.start = start;
        if column.cells * 2 > rows.len() {
            start += column.width + 1;
        }
    }
    rows.iter().map(|row| line(row, &columns)).collect()
}

/// What is known of a column.
#[derive(Default)]
struct Column {
    cells: usize,
    width: usize,
    start: usize,
}

fn line(row: &Row, columns: &BTreeMap<Place, Column>) -> String {
    let mut line = String::new();
    let mut at = 0;
    for (place, cell) in &row.cells {
        let start = columns.get(place).map_or(0, |column| column.start);
        // At least the blank that parts two attributes.
        let start = start.max(at + 1);
        line.extend(std::iter::repeat_n(' ', start - at));
        line.push_str(cell);
        at = start + cell.width();
    }
    line
}
