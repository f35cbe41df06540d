//! From a body to a page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow_schema::{Field, Schema, SchemaRef};
use profilec_diagnostics::{Diagnostic, codes};
use profilec_engine::{Emit, LevelSeen, Miss, PageSummary, PushedRow, RowPathSeen, Seen, TextColumn};
use profilec_plan::{ColumnSource, Extraction, JsonLayout, Level, PlanColumn};
use profilec_vocabulary::ResponseFormat;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::column::{Column, Uses, data_type};
use crate::compile::{Tree, compile};
use crate::emit;
use crate::encoding::{Said, decoded};
use crate::fault::Place;
use crate::json::Json;
use crate::positions::{Positions, positions};
use crate::sink::Sink;
use crate::survey::{Broken, ColumnSurvey, Survey, Unfit};
use crate::watch::Watch;
use crate::xml::walk_xml;

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
    /// Records so far, by the way to them: they are numbered over the whole run.
    records: HashMap<String, u64>,
    /// Output columns that were null on all rows so far, and those of them whose names are spelt differently.
    empty: Vec<usize>,
    misses: Option<Vec<Miss>>,
    /// Pages are surveyed; messages call them by this name.
    sample: Option<String>,
}

#[derive(Debug)]
struct Compiled {
    extraction: Extraction,
    tree: Tree,
    hints: Vec<u32>,
    /// A page had rows: the row path is right.
    known: bool,
    /// How levels are known from call to call.
    names: Vec<String>,
}

/// One page's rows and what was seen beside them.
#[derive(Debug)]
pub struct Page {
    /// Summary for the engine.
    pub summary: PageSummary,
    /// Rows in the table's output schema.
    pub batch: RecordBatch,
    /// What the page shows, when it is [surveyed](Extractor::surveying).
    pub survey: Option<Survey>,
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
            records: HashMap::new(),
            empty: output.to_vec(),
            misses: None,
            sample: None,
        }
    }

    /// Surveys the pages that follow: a value that does not fit is null, and [`Page::survey`] tells of it. Messages
    /// call the page `name`.
    pub fn surveying(&mut self, name: &str) {
        self.sample = Some(name.to_owned());
    }

    /// Whether pages are [surveyed](Self::surveying).
    pub const fn is_surveying(&self) -> bool {
        self.sample.is_some()
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
        number: u64,
    ) -> Result<Page, Diagnostic> {
        let name = self.sample.clone().unwrap_or_else(|| format!("page {number}"));
        let place = Place {
            format: extraction.format,
            page: &name,
            line: None,
            rows_origin: extraction.rows_origin,
            columns: &self.columns,
        };
        let said = Said { profile: extraction.layout.charset, response: charset };
        if extraction.format == ResponseFormat::Text {
            let text = decoded(body, said, &place)?.into_owned();
            return Ok(self.page_of_text(text, extraction));
        }
        let text = text_of_body(body, said, &place)?;
        let mut page = self.extract_text(&text, extraction, &name)?;
        if self.sample.is_none() {
            self.look_for_misses(&mut page, &text, extraction, number);
        }
        Ok(page)
    }

    /// Reads one body whose text is known. Messages call it `page`.
    fn extract_text(&mut self, text: &str, extraction: &Extraction, page: &str) -> Result<Page, Diagnostic> {
        let format = extraction.format;
        let is_surveyed = self.sample.is_some();
        let place =
            Place { format, page, line: None, rows_origin: extraction.rows_origin, columns: &self.columns };
        let is_output = |column: usize| self.output.contains(&column);
        let key = self.key();
        let uses = |column: usize| Uses {
            is_output: is_output(column),
            is_text: extraction.materialise.contains(&column),
            is_key: key.contains(&column),
            is_surveyed: is_surveyed
                && is_output(column)
                && !matches!(extraction.columns.get(column), Some(ColumnSource::Number(_))),
        };
        let is_needed = |column: usize| is_output(column) || extraction.materialise.contains(&column);
        let is_blank = text.bytes().all(|byte| byte.is_ascii_whitespace());

        let mut faults = Vec::new();
        let unfit = |unfit: Unfit| {
            if !is_surveyed {
                return Err(unfit.finding);
            }
            faults.push(unfit);
            Ok(())
        };
        let Positions { extraction, csv, width, untaken } = if is_blank {
            Positions { extraction: Cow::Borrowed(extraction), csv: None, width: None, untaken: Vec::new() }
        } else {
            positions(text, extraction, is_needed, unfit, &place)?
        };
        let extraction = extraction.as_ref();

        if self.compiled.as_ref().is_none_or(|compiled| compiled.extraction != *extraction) {
            let known = self.compiled.as_ref().is_some_and(|compiled| {
                compiled.known && compiled.extraction.rows_origin == extraction.rows_origin
            });
            let tree = compile(extraction);
            let hints = vec![0; tree.hints];
            let names = names(&extraction.levels);
            self.compiled = Some(Compiled { extraction: extraction.clone(), tree, hints, known, names });
        }
        let Some(compiled) = &mut self.compiled else { unreachable!("it was just set") };
        let mut sink = Sink::new(&compiled.tree, &self.columns, uses, self.rows);
        sink.width = width;
        sink.watch = is_surveyed.then(|| Box::new(Watch::new(&compiled.tree)));
        if let Some(join) = sink.join() {
            let before = compiled.names.iter().map(|name| self.records.get(name).copied().unwrap_or(0));
            join.count_from(&before.collect::<Vec<_>>());
        }
        let mut reached = Vec::new();
        let mut cut = None;
        let (members, row_path) = if is_blank {
            (Vec::new(), RowPathSeen::NoBody)
        } else if let Some(csv) = csv {
            csv.walk(&compiled.tree, &mut sink).map_err(|fault| place.report(&fault, text, ""))?;
            (Vec::new(), RowPathSeen::Rows)
        } else if format == ResponseFormat::Xml {
            walk_xml(text, &compiled.tree, &mut sink, compiled.known)
                .map_err(|fault| place.report(&fault, text, ""))?
        } else {
            let (tree, rows) = (&compiled.tree, extraction.levels.first().map(|level| &level.path));
            let mut json = Json::new(tree, rows, &mut sink, &mut compiled.hints);
            let seen = json.walk(text, &extraction.layout.json, &place)?;
            (reached, cut) = (json.reached, json.cut);
            seen
        };
        if let (JsonLayout::Table { columns, .. }, None) = (&extraction.layout.json, width)
            && sink.rows > 0
        {
            return Err(place.names_missing(columns));
        }
        compiled.known |= sink.records() > 0;
        let rows_hash = sink.end_page().map_err(|fault| place.report(&fault, text, ""))?;
        self.rows = sink.rows;
        if matches!(format, ResponseFormat::Csv | ResponseFormat::Xml) {
            sink.tell_examples(text, |value| place.of(text, value, ""));
        }
        let facts = sink.take_facts();
        let mut survey = sink.watch.take().map(|watch| watch.survey(facts, &compiled.tree));
        let mut summary =
            PageSummary { row_path, members, rows_hash, records: sink.records(), ..PageSummary::default() };
        if let Some(join) = sink.join() {
            self.records.extend(compiled.names.iter().cloned().zip(join.counted_to()));
            summary.levels = levels_seen(&reached, &join.could_be());
            summary.cut = cut.or_else(|| join.cut.as_ref().map(|cut| place.cut(text, cut, "")));
            if let Some(survey) = &mut survey {
                survey.records = join.came();
            }
        }
        if let Some(survey) = &mut survey {
            survey.strays.extend(untaken.into_iter().map(|name| (name, summary.records)));
            survey.faults = faults;
            page.clone_into(&mut survey.name);
        }
        Ok(Page { survey, ..self.page(sink, summary, &extraction.materialise) })
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

    /// The columns that tell rows apart. What the script sets tells nothing of the response.
    fn key(&self) -> Vec<usize> {
        let key = self.columns.iter().enumerate().filter(|(_, column)| column.key);
        let key: Vec<usize> = key.map(|(index, _)| index).collect();
        if key.iter().any(|&index| self.columns[index].set_by_script) { Vec::new() } else { key }
    }

    /// Looks once, on the first page with rows, for the names of columns that are null there: it is read again and
    /// surveyed, so that the pages of a run need not be.
    fn look_for_misses(&mut self, page: &mut Page, text: &str, extraction: &Extraction, number: u64) {
        let rows = page.batch.num_rows();
        if rows == 0 {
            return;
        }
        let arrays = self.output.iter().zip(page.batch.columns());
        let filled: Vec<usize> =
            arrays.filter(|(_, array)| array.null_count() < rows).map(|(column, _)| *column).collect();
        self.empty.retain(|column| !filled.contains(column));
        let columns = &self.columns;
        let misses = self.misses.get_or_insert_with(|| {
            let empty = self.empty.iter().filter(|&&column| !columns[column].set_by_script);
            misses(text, extraction, columns, &empty.copied().collect::<Vec<_>>(), number)
        });
        misses.retain(|miss| self.empty.iter().any(|&column| columns[column].name == miss.column));
        page.summary.misses.clone_from(misses);
    }

    /// One item that holds the whole text.
    fn page_of_text(&self, text: String, extraction: &Extraction) -> Page {
        let text_column = |&column: &usize| TextColumn { column, values: vec![None] };
        let summary = PageSummary {
            rows: 1,
            records: 1,
            captures: vec![Seen::Value(text); extraction.captures.len()],
            texts: extraction.materialise.iter().map(text_column).collect(),
            ..PageSummary::default()
        };
        let nulls = self.schema.fields().iter().map(|field| new_null_array(field.data_type(), 1)).collect();
        Page { summary, batch: batch_of(&self.schema, nulls, 1), survey: None }
    }

    fn page(&self, sink: Sink, summary: PageSummary, materialise: &[usize]) -> Page {
        let rows = sink.rows;
        let mut arrays: Vec<Option<ArrayRef>> = vec![None; self.columns.len()];
        let mut texts: Vec<Option<Vec<Option<String>>>> = vec![None; self.columns.len()];
        let mut outside: Vec<(usize, Seen)> = Vec::new();
        let mut keys: Vec<Vec<u64>> = Vec::new();
        let mut keep = |column: Column| {
            arrays[column.index] = column.builder.map(crate::column::Builder::finish);
            texts[column.index] = column.texts;
            keys.extend(column.keys);
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
            captures: sink.captures,
            outside,
            keys: keys_of_rows(&keys, rows),
            texts: materialise.iter().map(text).collect(),
            ..summary
        };
        Page { summary, batch: batch_of(&self.schema, arrays, rows), survey: None }
    }
}

/// Of these columns (indices), those whose name no record has while a name that differs by case, `_`, `-` or blanks
/// is there and no path leads to it.
fn misses(
    text: &str,
    extraction: &Extraction,
    columns: &[PlanColumn],
    empty: &[usize],
    page: u64,
) -> Vec<Miss> {
    if empty.is_empty() {
        return Vec::new();
    }
    let mut extractor = Extractor::new(columns, empty);
    extractor.surveying("");
    // A page that was read can be read again.
    let surveyed = extractor.extract_text(text, extraction, "").ok().and_then(|page| page.survey);
    let miss = |seen: ColumnSurvey| {
        let Broken { step: name, closest } = seen.broken?;
        let near = closest.filter(|near| near.is_alike && !near.is_taken)?;
        Some(Miss { column: columns[seen.column].name.clone(), name, found: near.name, page })
    };
    surveyed.into_iter().flat_map(|survey| survey.columns).filter_map(miss).collect()
}

/// One hash of the key's columns for each row, but for rows without any key.
fn keys_of_rows(columns: &[Vec<u64>], rows: usize) -> Vec<u64> {
    let parts = |row: usize| columns.iter().map(move |column| column.get(row).copied().unwrap_or(0));
    let keyed = (0..rows).filter(|&row| parts(row).any(|part| part != 0));
    keyed.map(|row| parts(row).fold(0, |key, part| xxh3_64_with_seed(&part.to_le_bytes(), key))).collect()
}

/// Each level by the whole way to its records.
fn names(levels: &[Level]) -> Vec<String> {
    (0..levels.len()).map(|at| Level::way(levels, at).to_string()).collect()
}

/// What stood where levels should be; in XML nothing tells a list that is not there from an empty one.
fn levels_seen(reached: &[bool], could_be: &[bool]) -> Vec<LevelSeen> {
    let seen = |(at, could_be): (usize, &bool)| match reached.get(at) {
        Some(false) if *could_be => LevelSeen::Missing,
        Some(true) => LevelSeen::There,
        Some(false) | None => LevelSeen::NotSought,
    };
    could_be.iter().enumerate().map(seen).collect()
}

/// A batch of arrays that were made for this schema.
pub(crate) fn batch_of(schema: &SchemaRef, arrays: Vec<ArrayRef>, rows: usize) -> RecordBatch {
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
        .expect("arrays are made for the schema")
}

fn text_of_body<'b>(body: &'b [u8], said: Said<'_>, place: &Place<'_>) -> Result<Cow<'b, str>, Diagnostic> {
    small_enough(body.len(), place)?;
    let text = decoded(body, said, place)?;
    small_enough(text.len(), place)?;
    Ok(text)
}

/// Offsets are kept in 32 bits, and an Arrow text column holds 2 GiB.
fn small_enough(bytes: usize, place: &Place<'_>) -> Result<(), Diagnostic> {
    if i32::try_from(bytes).is_ok() {
        return Ok(());
    }
    let message = format!("{} has {bytes} bytes; a page may have 2 GiB", place.page);
    Err(place.finding(&codes::data::too_large, message).help("ask for smaller pages"))
}
