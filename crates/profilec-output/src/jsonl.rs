//! One JSON object a line.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::{
    RowSink, SinkError, Writer, Written,
    buffer::Buffer,
    cells::{Cells, cells_of},
};

/// Members in column order. Numbers are JSON numbers, decimals with every digit; what JSON has no number for
/// (NaN, infinity) is null; dates, times and binary are text.
pub(crate) struct JsonLines {
    buffer: Buffer,
    /// `"name":` of each column.
    keys: Vec<Vec<u8>>,
}

impl JsonLines {
    pub(crate) fn new(writer: Writer) -> Self {
        Self { buffer: Buffer::new(writer), keys: Vec::new() }
    }
}

impl RowSink for JsonLines {
    fn begin(&mut self, schema: &SchemaRef) -> Result<(), SinkError> {
        self.keys.clear();
        for field in schema.fields() {
            let mut key = Vec::new();
            text(field.name(), &mut key)?;
            key.push(b':');
            self.keys.push(key);
        }
        Ok(())
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), SinkError> {
        let columns = cells_of(batch)?;
        for row in 0..batch.num_rows() {
            let out = &mut self.buffer.bytes;
            let mut before = b'{';
            for (key, column) in self.keys.iter().zip(&columns) {
                out.push(before);
                before = b',';
                out.extend_from_slice(key);
                value(column, row, out)?;
            }
            if columns.is_empty() {
                out.push(b'{');
            }
            out.extend_from_slice(b"}\n");
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

fn value(column: &Cells<'_>, row: usize, out: &mut Vec<u8>) -> Result<(), SinkError> {
    if column.is_null(row) {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    match column {
        Cells::Text(array) => text(array.value(row), out)?,
        Cells::Float(array) if !array.value(row).is_finite() => out.extend_from_slice(b"null"),
        Cells::Integer(_) | Cells::Float(_) | Cells::Boolean(_) | Cells::Decimal(..) | Cells::Wide(..) => {
            column.write(row, out);
        }
        // Digits, letters and punctuation that JSON does not escape.
        Cells::Timestamp(_) | Cells::Date(_) | Cells::Time(_) | Cells::Binary(_) => {
            out.push(b'"');
            column.write(row, out);
            out.push(b'"');
        }
    }
    Ok(())
}

fn text(text: &str, out: &mut Vec<u8>) -> Result<(), SinkError> {
    serde_json::to_writer(out, text).map_err(|error| std::io::Error::from(error).into())
}
