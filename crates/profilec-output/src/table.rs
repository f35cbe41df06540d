//! A table for people.

use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, presets::UTF8_FULL_CONDENSED,
};

use crate::{
    RowSink, SinkError, Writer, Written,
    buffer::Buffer,
    cells::{Cells, cells_of},
};

/// Rows that one table holds; more rows come as further tables, so that memory stays bounded.
const BLOCK: usize = 1000;
/// Characters of a cell; a longer value ends in `…`.
const CELL: usize = 40;

/// How a table is laid out.
#[derive(Clone, Debug)]
pub struct TableOptions {
    /// Columns of the terminal.
    pub width: u16,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self { width: 80 }
    }
}

/// Null is an empty cell and the empty string is `""`, as in CSV. Control characters are escaped. Columns that
/// the width has no room for are left out, and a line says so.
pub(crate) struct TerminalTable {
    buffer: Buffer,
    options: TableOptions,
    header: Vec<String>,
    alignments: Vec<CellAlignment>,
    rows: Vec<Vec<String>>,
    printed: bool,
}

impl TerminalTable {
    pub(crate) fn new(writer: Writer, options: TableOptions) -> Self {
        Self {
            buffer: Buffer::new(writer),
            options,
            header: Vec::new(),
            alignments: Vec::new(),
            rows: Vec::new(),
            printed: false,
        }
    }

    /// Lays out the rows that wait.
    fn print(&mut self) {
        self.printed = true;
        let mut table = Table::new();
        table.load_style(UTF8_FULL_CONDENSED).set_header(&self.header).set_width(self.options.width);
        table.set_content_arrangement(ContentArrangement::Dynamic);
        for row in self.rows.drain(..) {
            let cells = row.into_iter().zip(&self.alignments);
            let cells = cells.map(|(text, alignment)| Cell::new(text).set_alignment(*alignment));
            let mut row = Row::from(cells.collect::<Vec<_>>());
            row.max_height(1);
            table.add_row(row);
        }
        let shown = fitting(&table.column_max_content_widths(), self.options.width);
        for column in table.column_iter_mut().skip(shown) {
            column.set_constraint(ColumnConstraint::Hidden);
        }
        let out = &mut self.buffer.bytes;
        out.extend_from_slice(table.to_string().as_bytes());
        out.push(b'\n');
        if shown < self.header.len() {
            let rest = self.header[shown..].join(", ");
            let note = format!("{} of {} columns; not shown: {rest}\n", shown, self.header.len());
            out.extend_from_slice(note.as_bytes());
        }
    }
}

impl RowSink for TerminalTable {
    fn begin(&mut self, schema: &SchemaRef) -> Result<(), SinkError> {
        self.header = schema.fields().iter().map(|field| shown(field.name())).collect();
        self.alignments = schema.fields().iter().map(|field| alignment(field.data_type())).collect();
        Ok(())
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), SinkError> {
        let columns = cells_of(batch)?;
        for row in 0..batch.num_rows() {
            self.rows.push(columns.iter().map(|column| cell(column, row)).collect());
            if self.rows.len() == BLOCK {
                self.print();
            }
            self.buffer.end_row()?;
        }
        Ok(())
    }

    /// Rows wait for their table: a column is as wide as its widest value.
    fn flush(&mut self) -> Result<(), SinkError> {
        self.buffer.flush().map(|_| ())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, SinkError> {
        if !self.header.is_empty() && (!self.printed || !self.rows.is_empty()) {
            self.print();
        }
        self.buffer.flush()
    }
}

/// How many leading columns fit; at least one.
fn fitting(widths: &[u16], width: u16) -> usize {
    let mut used = 1;
    let mut fits = |content: &u16| {
        used += usize::from(*content) + 3;
        used <= usize::from(width)
    };
    widths.iter().take_while(|content| fits(content)).count().max(1)
}

fn alignment(ty: &DataType) -> CellAlignment {
    if ty.is_numeric() { CellAlignment::Right } else { CellAlignment::Left }
}

fn cell(column: &Cells<'_>, row: usize) -> String {
    if column.is_null(row) {
        return String::new();
    }
    let mut bytes = Vec::new();
    column.write(row, &mut bytes);
    if bytes.is_empty() { "\"\"".to_owned() } else { shown(&String::from_utf8_lossy(&bytes)) }
}

/// The text on one line, shortened, with nothing that steers a terminal.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == CELL {
            out.push('…');
            break;
        }
        if steers(character) {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
}

/// Control characters, and the marks that turn the direction of writing.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
