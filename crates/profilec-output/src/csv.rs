//! RFC 4180, with null and the empty string told apart.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::{
    RowSink, SinkError, Writer, Written,
    buffer::Buffer,
    cells::{Cells, cells_of},
};

/// Fields separated by commas, rows ended by LF, a header always.
///
/// Null is an empty field and the empty string is `""`. In a table of one column a null is `""` too: its line
/// would be blank otherwise, and readers skip blank lines.
pub(crate) struct Csv {
    buffer: Buffer,
    dialect: csv_core::Writer,
}

impl Csv {
    pub(crate) fn new(writer: Writer) -> Self {
        Self { buffer: Buffer::new(writer), dialect: csv_core::Writer::new() }
    }

    /// A text field: quoted when it must be, and when it is empty.
    fn text(&mut self, text: &[u8]) {
        let out = &mut self.buffer.bytes;
        if text.is_empty() {
            out.extend_from_slice(b"\"\"");
        } else if self.dialect.should_quote(text) {
            quoted(text, out);
        } else {
            out.extend_from_slice(text);
        }
    }

    fn row(&mut self, columns: &[Cells<'_>], row: usize) {
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                self.buffer.bytes.push(b',');
            }
            if column.is_null(row) {
                if columns.len() == 1 {
                    self.text(b"");
                }
                continue;
            }
            match column {
                Cells::Text(array) => self.text(array.value(row).as_bytes()),
                // Empty bytes are empty base64: quoted like the empty string.
                Cells::Binary(array) if array.value(row).is_empty() => self.text(b""),
                other => other.write(row, &mut self.buffer.bytes),
            }
        }
        self.buffer.bytes.push(b'\n');
    }
}

impl RowSink for Csv {
    fn begin(&mut self, schema: &SchemaRef) -> Result<(), SinkError> {
        for (index, field) in schema.fields().iter().enumerate() {
            if index > 0 {
                self.buffer.bytes.push(b',');
            }
            self.text(field.name().as_bytes());
        }
        self.buffer.bytes.push(b'\n');
        Ok(())
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), SinkError> {
        let columns = cells_of(batch)?;
        for row in 0..batch.num_rows() {
            self.row(&columns, row);
            self.buffer.end_row()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        self.buffer.flush().map(|_| ())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, SinkError> {
        self.buffer.flush()
    }
}

/// The field between quotes, its own quotes doubled.
fn quoted(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    // Every byte doubled is the most that quoting can need.
    out.resize(start + 2 * text.len(), 0);
    let (_, _, written) = csv_core::quote(text, &mut out[start..], b'"', b'"', true);
    out.truncate(start + written);
    out.push(b'"');
}
