//! CSV bodies: records become rows through the same tree and sink as JSON and XML.
//!
//! A record is like an array in JSON: the extraction is rewritten to positions by the names in the header, and
//! nothing is decoded on the way.

mod record;
mod separator;

use std::borrow::Cow;

use profilec_diagnostics::Diagnostic;
use profilec_plan::CsvLayout;

use record::Records;
pub(crate) use record::decode_field;

use crate::compile::{NOTHING, NodeId, Tree};
use crate::fault::{Place, Scan};
use crate::scan::{Kind, Value};
use crate::sink::Sink;
use crate::string::text_of;
use crate::table::Fields;

/// A body whose first record was looked at.
#[derive(Debug)]
pub(crate) struct Csv<'t> {
    text: &'t str,
    /// Where the rows begin.
    rows: Records<'t>,
    /// The fields of every record.
    pub(crate) fields: Fields,
}

impl<'t> Csv<'t> {
    /// Finds out the separator and reads the header.
    ///
    /// # Errors
    /// A finding: it is something else than CSV, or the first record is broken.
    pub(crate) fn open(text: &'t str, layout: &'t CsvLayout, place: &Place<'_>) -> Result<Self, Diagnostic> {
        if let Some(what) = crate::sniff::other_than_csv(text) {
            return Err(place.not(what, text.as_bytes()));
        }
        let separator = match &layout.separator {
            Some(separator) => Cow::Borrowed(separator.as_str()),
            None => Cow::Borrowed(separator::detect(text, layout.quote)),
        };
        let records = Records::new(text, separator, layout.quote);
        let mut first = records.clone();
        let mut values = Vec::new();
        first.next(&mut values).map_err(|fault| place.report(&fault, text, ""))?;
        let mut scratch = String::new();
        let names = layout.header.then(|| {
            let name =
                |value: &Value| text_of(text, *value, &mut scratch).ok().flatten().unwrap_or("").to_owned();
            values.iter().map(name).collect()
        });
        let rows = if layout.header { first } else { records };
        Ok(Self { text, rows, fields: Fields { names, width: values.len() } })
    }

    /// Walks the records. The tree was compiled from an extraction by positions.
    pub(crate) fn walk(mut self, tree: &Tree, sink: &mut Sink) -> Scan<()> {
        let mut values = Vec::with_capacity(self.fields.width);
        let record = &tree.nodes[tree.levels.first().map_or(NOTHING, |level| level.record)];
        let takes: Vec<(usize, NodeId)> =
            record.indexes.iter().map(|(index, id)| (*index as usize, *id)).collect();
        while let Some(row) = self.rows.next(&mut values)? {
            for &(index, id) in &takes {
                if let Some(value) = values.get(index) {
                    tree.nodes[id].takes.iter().for_each(|&slot| sink.take(slot, *value));
                }
            }
            record.takes.iter().for_each(|&slot| sink.take(slot, row));
            sink.end_record(self.text, 0, row, false)?;
        }
        sink.end_text(self.text)
    }
}

/// A field or a whole record.
#[expect(clippy::cast_possible_truncation, reason = "texts of 2 GiB and more are refused beforehand")]
fn value(start: usize, end: usize, kind: Kind, marked: bool) -> Value {
    Value { start: start as u32, end: end as u32, count: 0, kind, marked }
}
