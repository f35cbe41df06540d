//! Any bytes with any extraction: never panics, all that is counted agrees, numbers are exact, and how a JSON
//! document is laid out changes nothing.
//!
//! The input is an extraction as in `fixtures/rows/*/extraction.txt`, a blank line, and a body. The line
//! `format xml` (or `csv`) says how the body is read, `charset NAME` what the response says of its encoding.

#![no_main]

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Decimal256Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use libfuzzer_sys::fuzz_target;
use profilec_diagnostics::Span;
use profilec_engine::Emit;
use profilec_plan::{Arranged, Capture, ColumnType, Extraction, Layout, PlanColumn, RowPaths, arrange};
use profilec_rows::{Extractor, Page};
use profilec_syntax::{Text, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

fuzz_target!(|input: &[u8]| {
    let border = input.windows(2).position(|pair| pair == b"\n\n").unwrap_or(input.len());
    let (head, body) = input.split_at(border);
    let body = body.get(2..).unwrap_or_default();
    let Ok(head) = std::str::from_utf8(head) else { return };
    let Some(mut case) = Case::read(head) else { return };
    let Some(page) = case.extract(body) else { return };
    case.counts_agree(&page);
    case.numbers_are_exact(&page);
    let again = case.extract(body).expect("what was read can be read again");
    assert_eq!((&page.batch, page.summary.rows_hash), (&again.batch, again.summary.rows_hash));
    case.layout_changes_nothing(body, &page);
    let whole = case.extractor.emit(page.batch.clone(), Emit::All { copies: 1, overrides: Vec::new() });
    let rows = whole.expect("nothing is overridden").map_or(0, |batch| batch.num_rows());
    assert_eq!(rows, page.summary.rows);
});

struct Case {
    columns: Vec<PlanColumn>,
    extraction: Extraction,
    charset: Option<String>,
    extractor: Extractor,
}

impl Case {
    /// `None` if the row paths and columns do not go together.
    fn read(head: &str) -> Option<Self> {
        let mut extraction = Extraction {
            format: ResponseFormat::Json,
            layout: Layout::default(),
            levels: Vec::new(),
            relative: Vec::new(),
            rows_origin: Span::at(0),
            columns: Vec::new(),
            captures: Vec::new(),
            materialise: Vec::new(),
        };
        let mut columns: Vec<PlanColumn> = Vec::new();
        let mut paths = RowPaths::default();
        let mut charset = None;
        let text = |written: &str| Text::verbatim(written, Span::from_range(0..written.len()));
        for line in head.lines().take(32) {
            let Some((word, rest)) = line.split_once(' ') else { continue };
            match word {
                "format" if rest == "xml" => extraction.format = ResponseFormat::Xml,
                "format" if rest == "csv" => extraction.format = ResponseFormat::Csv,
                "charset" => charset = Some(rest.to_owned()),
                "rows" => {
                    let list = parse_row_path(&text(rest), extraction.format).unwrap_or_default();
                    let number = paths.lists.len() as u32 + 1;
                    paths.lists.push((number, list));
                }
                "sub" => {
                    let number = paths.subs.len() as u32 + 1;
                    let path = parse_path(&text(rest), extraction.format).ok().flatten();
                    paths.subs.extend(path.map(|path| (number, path)));
                }
                "capture" => {
                    let path = parse_path(&text(rest), extraction.format).ok().flatten().unwrap_or_default();
                    extraction.captures.push(Capture { name: rest.to_owned(), path, origin: Span::at(0) });
                }
                "column" => {
                    let mut words = rest.splitn(3, ' ');
                    let (name, ty) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                    let path = parse_path(&text(words.next().unwrap_or_default()), extraction.format);
                    columns.push(PlanColumn {
                        name: name.to_owned(),
                        ty: column_type(ty),
                        key: false,
                        path: path.ok().flatten(),
                        filter: None,
                        set_by_script: false,
                        origin: Span::at(0),
                    });
                }
                _ => {}
            }
        }
        paths.lists.retain(|(_, list)| !list.is_empty());
        if paths.lists.is_empty() {
            paths.lists.push((1, parse_row_path(&text(""), extraction.format).unwrap_or_default()));
        }
        let arranged = arrange(&paths, &columns, extraction.format).ok()?;
        Arranged { levels: extraction.levels, relative: extraction.relative, columns: extraction.columns, .. } =
            arranged;
        extraction.materialise = (0..columns.len()).collect();
        let output: Vec<usize> = (0..columns.len()).rev().collect();
        let extractor = Extractor::new(&columns, &output);
        Some(Self { columns, extraction, charset, extractor })
    }

    fn extract(&mut self, body: &[u8]) -> Option<Page> {
        self.extractor.extract(body, self.charset.as_deref(), &self.extraction, 1).ok()
    }

    fn counts_agree(&self, page: &Page) {
        assert_eq!(page.batch.num_rows(), page.summary.rows);
        assert_eq!(page.batch.schema(), self.extractor.schema());
        assert_eq!(page.batch.num_columns(), self.columns.len());
        assert_eq!(page.summary.captures.len(), self.extraction.captures.len());
        assert_eq!(page.summary.texts.len(), self.columns.len());
        for (column, texts) in page.summary.texts.iter().enumerate() {
            assert_eq!((texts.column, texts.values.len()), (column, page.summary.rows));
            let nulls = texts.values.iter().filter(|text| text.is_none()).count();
            assert!(nulls <= self.array(&page.batch, column).null_count(), "a null text is no value");
        }
    }

    fn array<'b>(&self, batch: &'b RecordBatch, column: usize) -> &'b ArrayRef {
        batch.column(self.columns.len() - 1 - column)
    }

    /// What stands in a column of numbers is what was written, digit by digit.
    fn numbers_are_exact(&self, page: &Page) {
        for (column, texts) in page.summary.texts.iter().enumerate() {
            let array = self.array(&page.batch, column);
            for (row, text) in texts.values.iter().enumerate() {
                let (Some(text), false) = (text, array.is_null(row)) else { continue };
                let found = match self.columns[column].ty {
                    ColumnType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
                    ColumnType::Decimal { precision, .. } if precision <= 38 => {
                        array.as_primitive::<Decimal128Type>().value_as_string(row)
                    }
                    ColumnType::Decimal { .. } => array.as_primitive::<Decimal256Type>().value_as_string(row),
                    ColumnType::Utf8 => {
                        assert_eq!(array.as_string::<i32>().value(row), text);
                        continue;
                    }
                    _ => continue,
                };
                assert_eq!(digits(&found), digits(text), "`{text}` became `{found}`");
            }
        }
    }

    /// The same document written over several lines, or on one, gives the same rows.
    fn layout_changes_nothing(&mut self, body: &[u8], page: &Page) {
        if self.extraction.format != ResponseFormat::Json {
            return;
        }
        // Only what is the same document after it was written anew: repeated members are lost by that.
        let Ok(document) = serde_json::from_slice::<serde_json::Value>(body) else { return };
        let Ok(compact) = serde_json::to_string(&document) else { return };
        let is_same = |compact: &str| {
            let mut bare = body.to_vec();
            bare.retain(|byte| !byte.is_ascii_whitespace());
            bare == compact.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<_>>()
        };
        if !is_same(&compact) {
            return;
        }
        let pretty = serde_json::to_string_pretty(&document).expect("a value can be written");
        for text in [compact, pretty] {
            let other = self.extract(text.as_bytes()).expect("the same document can be read");
            assert_eq!(page.batch, other.batch, "how the document is laid out changes its rows");
            assert_eq!(page.summary.row_path, other.summary.row_path);
        }
    }
}

fn column_type(written: &str) -> ColumnType {
    match written {
        "int" => ColumnType::Int64,
        "double" => ColumnType::Float64,
        "boolean" => ColumnType::Boolean,
        "datetime" => ColumnType::Timestamp,
        "date" => ColumnType::Date,
        "time" => ColumnType::Time,
        "binary" => ColumnType::Binary,
        _ => {
            let numbers = written.strip_prefix("decimal(").and_then(|rest| rest.strip_suffix(')'));
            let Some((precision, scale)) = numbers.and_then(|numbers| numbers.split_once(',')) else {
                return ColumnType::Utf8;
            };
            let precision: u8 = precision.parse().unwrap_or(1);
            let scale: i8 = scale.parse().unwrap_or(0);
            let precision = precision.clamp(1, 76);
            let most = i8::try_from(precision).unwrap_or(i8::MAX);
            ColumnType::Decimal { precision, scale: scale.clamp(0, most) }
        }
    }
}

/// A number as its sign, its digits without zeros around them, and the power of ten of the last.
fn digits(text: &str) -> (bool, String, i64) {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let power = exponent - i64::try_from(fraction.len()).unwrap_or(0);
    let kept = all.trim_end_matches('0');
    if kept.trim_start_matches('0').is_empty() {
        return (false, "0".to_owned(), 0);
    }
    let power = power + i64::try_from(all.len() - kept.len()).unwrap_or(0);
    (negative, kept.trim_start_matches('0').to_owned(), power)
}
