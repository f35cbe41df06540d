//! From a body to a page.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow_schema::{Field, Schema, SchemaRef};
use profilec_diagnostics::{Diagnostic, codes};
use profilec_engine::{Emit, Member, PageSummary, PushedRow, RowPathSeen, Seen, TextColumn};
use profilec_plan::{Extraction, PlanColumn};
use profilec_syntax::RowPath;
use profilec_vocabulary::ResponseFormat;

use crate::column::{Column, data_type};
use crate::compile::{Tree, compile};
use crate::emit;
use crate::fault::{Fault, Place};
use crate::query::find_rows;
use crate::seen::Sights;
use crate::sink::Sink;
use crate::sniff::other_than_json;
use crate::walk::{walk_body, walk_row};
use crate::xml::{decoded, walk_xml};

/// Turns bodies into pages of one table.
#[derive(Debug)]
pub struct Extractor {
    columns: Vec<PlanColumn>,
    output: Vec<usize>,
    schema: SchemaRef,
    /// Pages of one call share their extraction: it is compiled once.
    compiled: Option<Compiled>,
    /// Rows of the last page: room for the next.
    rows: usize,
}

#[derive(Debug)]
struct Compiled {
    extraction: Extraction,
    tree: Tree,
    hints: Vec<u32>,
    /// A page had rows: the row path is right.
    known: bool,
}

/// One page's rows and what was seen beside them.
#[derive(Debug)]
pub struct Page {
    /// Summary for the engine.
    pub summary: PageSummary,
    /// Rows in the table's output schema.
    pub batch: RecordBatch,
}

impl Extractor {
    /// For a table with these columns, of which `output` (indices, in order) are written.
    ///
    /// # Panics
    /// If an index in `output` is none of a column.
    pub fn new(columns: &[PlanColumn], output: &[usize]) -> Self {
        let field = |&index: &usize| {
            let column = &columns[index];
            Field::new(&column.name, data_type(column.ty), true)
        };
        Self {
            columns: columns.to_vec(),
            output: output.to_vec(),
            schema: Arc::new(Schema::new(output.iter().map(field).collect::<Vec<_>>())),
            compiled: None,
            rows: 0,
        }
    }

    /// The schema of every batch, also of an empty one.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Reads one body. `charset` is what the response says of its encoding.
    ///
    /// # Errors
    /// A finding: not what the call reads (says what it is), bytes that are no text, a value that does not fit its
    /// column (at the column, with page, place and value), a row path that matches nothing is NOT an error
    /// here but [`profilec_engine::RowPathSeen::Missing`].
    pub fn extract(
        &mut self,
        body: &[u8],
        charset: Option<&str>,
        extraction: &Extraction,
        page: u64,
    ) -> Result<Page, Diagnostic> {
        if self.compiled.as_ref().is_none_or(|compiled| compiled.extraction != *extraction) {
            let tree = compile(extraction);
            let hints = vec![0; tree.hints];
            self.compiled = Some(Compiled { extraction: extraction.clone(), tree, hints, known: false });
        }
        let Some(compiled) = &mut self.compiled else { unreachable!("it was just set") };
        let format = extraction.format;
        let place = Place { format, page, rows_origin: extraction.rows_origin, columns: &self.columns };
        if format == ResponseFormat::Text {
            let text = decoded(body, charset, &place)?.into_owned();
            return Ok(self.page_of_text(text, extraction));
        }
        let text = text_of_body(body, charset, &place)?;
        let text = text.as_ref();
        let is_output = |column: usize| self.output.contains(&column);
        let mut sink =
            Sink::new(&compiled.tree, &self.columns, is_output, &extraction.materialise, self.rows);
        let (members, row_path) = if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            (Vec::new(), RowPathSeen::NoBody)
        } else if format == ResponseFormat::Xml {
            walk_xml(text, &compiled.tree, &mut sink, compiled.known)
                .map_err(|fault| place.report(&fault, text, ""))?
        } else {
            let mut sights = Sights::default();
            if let Some(RowPath::Query(query)) = extraction.rows.last() {
                sights.rows = true;
                read_found_rows(text, query, compiled, &mut sink, &place)?;
            }
            walk_body(text, &compiled.tree, &mut sink, &mut sights, &mut compiled.hints)
                .map_err(|fault| place.report(&fault, text, ""))?;
            let row_path = sights.row_path(text);
            (sights.members, row_path)
        };
        compiled.known |= sink.rows > 0;
        let rows_hash = sink.end_page().map_err(|fault| place.report(&fault, text, ""))?;
        self.rows = sink.rows;
        Ok(self.page(sink, members, row_path, rows_hash, &extraction.materialise))
    }

    /// Carries out what the engine decided about a page's rows; `None`: nothing to write.
    ///
    /// # Errors
    /// A finding: a value that the script set does not fit its column.
    pub fn emit(&self, batch: RecordBatch, emit: Emit) -> Result<Option<RecordBatch>, Diagnostic> {
        emit::carry_out(&self.columns, &self.output, batch, emit)
    }

    /// Rows that the script made itself, typed.
    ///
    /// # Errors
    /// A finding: a value does not fit its column.
    pub fn from_script(&self, rows: Vec<PushedRow>) -> Result<RecordBatch, Diagnostic> {
        emit::rows_of_script(&self.columns, &self.output, &self.schema, rows)
    }

    /// One item that holds the whole text.
    fn page_of_text(&self, text: String, extraction: &Extraction) -> Page {
        let text_column = |&column: &usize| TextColumn { column, values: vec![None] };
        let summary = PageSummary {
            rows: 1,
            captures: vec![Seen::Value(text); extraction.captures.len()],
            texts: extraction.materialise.iter().map(text_column).collect(),
            ..PageSummary::default()
        };
        let nulls = self.schema.fields().iter().map(|field| new_null_array(field.data_type(), 1)).collect();
        Page { summary, batch: batch_of(&self.schema, nulls, 1) }
    }

    fn page(
        &self,
        sink: Sink,
        members: Vec<Member>,
        row_path: RowPathSeen,
        rows_hash: u64,
        materialise: &[usize],
    ) -> Page {
        let rows = sink.rows;
        let mut arrays: Vec<Option<ArrayRef>> = vec![None; self.columns.len()];
        let mut texts: Vec<Option<Vec<Option<String>>>> = vec![None; self.columns.len()];
        let mut outside: Vec<(usize, Seen)> = Vec::new();
        let mut keep = |column: Column| {
            arrays[column.index] = column.builder.map(crate::column::Builder::finish);
            texts[column.index] = column.texts;
        };
        sink.row_columns.into_iter().for_each(&mut keep);
        for column in sink.outside {
            outside.push((column.column.index, column.first));
            keep(column.column);
        }
        let array = |(index, field): (&usize, &Arc<Field>)| {
            arrays[*index].clone().unwrap_or_else(|| new_null_array(field.data_type(), rows))
        };
        let arrays = self.output.iter().zip(self.schema.fields()).map(array).collect();
        let text = |&column: &usize| {
            let values = texts.get_mut(column).and_then(Option::take);
            TextColumn { column, values: values.unwrap_or_else(|| vec![None; rows]) }
        };
        let summary = PageSummary {
            rows,
            row_path,
            captures: sink.captures,
            outside,
            members,
            rows_hash,
            texts: materialise.iter().map(text).collect(),
        };
        Page { summary, batch: batch_of(&self.schema, arrays, rows) }
    }
}

/// A batch of arrays that were made for this schema.
pub(crate) fn batch_of(schema: &SchemaRef, arrays: Vec<ArrayRef>, rows: usize) -> RecordBatch {
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
        .expect("arrays are made for the schema")
}

fn text_of_body<'b>(
    body: &'b [u8],
    charset: Option<&str>,
    place: &Place<'_>,
) -> Result<Cow<'b, str>, Diagnostic> {
    if place.format == ResponseFormat::Csv {
        let message = "rows are read from JSON and XML only; CSV is not supported yet".to_owned();
        return Err(place.finding(&codes::structure::not_supported_yet, message));
    }
    small_enough(body.len(), place)?;
    if place.format == ResponseFormat::Xml {
        let text = decoded(body, charset, place)?;
        small_enough(text.len(), place)?;
        return Ok(text);
    }
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    std::str::from_utf8(bare).map(Cow::Borrowed).map_err(|error| {
        if let Some(what) = other_than_json(bare) {
            return place.not_json(what, bare);
        }
        let at = error.valid_up_to() + (body.len() - bare.len());
        let message = format!("page {} is not valid UTF-8 at byte {at}", place.page);
        place
            .finding(&codes::data::invalid_encoding, message)
            .help("the server must send UTF-8; bytes are never replaced silently")
    })
}

/// Offsets are kept in 32 bits, and an Arrow text column holds 2 GiB.
fn small_enough(bytes: usize, place: &Place<'_>) -> Result<(), Diagnostic> {
    if i32::try_from(bytes).is_ok() {
        return Ok(());
    }
    let message = format!("page {} has {bytes} bytes; a page may have 2 GiB", place.page);
    Err(place.finding(&codes::data::too_large, message).help("ask for smaller pages"))
}

fn read_found_rows(
    text: &str,
    query: &str,
    compiled: &mut Compiled,
    sink: &mut Sink,
    place: &Place<'_>,
) -> Result<(), Diagnostic> {
    // A body that is no JSON is told about by the walk that follows.
    let broken = |error: String| match Fault::check(text) {
        Err(fault) => place.report(&fault, text, ""),
        Ok(()) => place.finding(
            &codes::data::not_json,
            format!("`{query}` cannot be looked for in page {}: {error}", place.page),
        ),
    };
    for (pointer, row) in find_rows(text, query).map_err(broken)? {
        walk_row(&row, &compiled.tree, sink, &mut compiled.hints)
            .map_err(|fault| place.report(&fault, &row, &pointer))?;
    }
    Ok(())
}
