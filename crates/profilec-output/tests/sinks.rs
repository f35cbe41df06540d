//! What sinks write, read back by readers that are not ours.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::{
    io::{self, Cursor, Write},
    sync::{Arc, Mutex},
};

use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, Float64Array,
    Int64Array, RecordBatch, StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
};
use arrow_buffer::i256;
use arrow_ipc::reader::{FileReader, StreamReader};
use profilec_output::{Format, TableOptions, open};
use proptest::prelude::*;

/// A writer whose bytes the test keeps.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Shared {
    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

fn written_at(format: Format, batches: &[RecordBatch], width: u16) -> Vec<u8> {
    let out = Shared::default();
    let mut sink = open(format, Box::new(out.clone()), &TableOptions { width });
    sink.begin(&batches[0].schema()).unwrap();
    for batch in batches {
        sink.write(batch).unwrap();
    }
    let written = sink.finish().unwrap();
    assert_eq!(written.bytes, out.bytes().len() as u64);
    assert_eq!(written.rows, batches.iter().map(|batch| batch.num_rows() as u64).sum::<u64>());
    out.bytes()
}

fn written(format: Format, batch: &RecordBatch) -> Vec<u8> {
    written_at(format, std::slice::from_ref(batch), 100)
}

fn text(format: Format, batch: &RecordBatch) -> String {
    String::from_utf8(written(format, batch)).unwrap()
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

fn strings(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

/// A row of values and a row of nulls for every type that a plan has.
fn every_type() -> RecordBatch {
    let decimal = Decimal128Array::from(vec![Some(110), None]).with_precision_and_scale(38, 2).unwrap();
    let wide =
        Decimal256Array::from(vec![i256::from_string("-12345678901234567890123456789012345678901"), None])
            .with_precision_and_scale(76, 3)
            .unwrap();
    let at = TimestampMicrosecondArray::from(vec![Some(1_714_557_600_000_000), None]).with_timezone("UTC");
    batch(vec![
        ("text", strings(&[Some("a,\"b\"\nc"), None])),
        ("whole", Arc::new(Int64Array::from(vec![Some(9_007_199_254_740_993), None]))),
        ("float", Arc::new(Float64Array::from(vec![Some(0.1), None]))),
        ("flag", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("at", Arc::new(at)),
        ("day", Arc::new(Date32Array::from(vec![Some(19_844), None]))),
        ("time", Arc::new(Time64MicrosecondArray::from(vec![Some(36_000_500_000), None]))),
        ("raw", Arc::new(BinaryArray::from(vec![Some(&b"\x00\xff\x10"[..]), None]))),
        ("price", Arc::new(decimal)),
        ("wide", Arc::new(wide)),
    ])
}

#[test]
fn csv_writes_every_type() {
    assert_eq!(
        text(Format::Csv, &every_type()),
        "text,whole,float,flag,at,day,time,raw,price,wide\n\
         \"a,\"\"b\"\"\nc\",9007199254740993,0.1,true,2024-05-01T10:00:00Z,2024-05-01,10:00:00.500000,AP8Q,1.10,\
         -12345678901234567890123456789012345678.901\n\
         ,,,,,,,,,\n"
    );
}

#[test]
fn json_lines_write_every_type_with_exact_numbers() {
    assert_eq!(
        text(Format::JsonLines, &every_type()),
        "{\"text\":\"a,\\\"b\\\"\\nc\",\"whole\":9007199254740993,\"float\":0.1,\"flag\":true,\
         \"at\":\"2024-05-01T10:00:00Z\",\"day\":\"2024-05-01\",\"time\":\"10:00:00.500000\",\"raw\":\"AP8Q\",\
         \"price\":1.10,\"wide\":-12345678901234567890123456789012345678.901}\n\
         {\"text\":null,\"whole\":null,\"float\":null,\"flag\":null,\"at\":null,\"day\":null,\"time\":null,\
         \"raw\":null,\"price\":null,\"wide\":null}\n"
    );
}

#[test]
fn floats_are_the_shortest_text_that_reads_back() {
    let values = vec![1.0, -0.0, 1e300, 5e-324, f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    let batch = batch(vec![("f", Arc::new(Float64Array::from(values)))]);
    assert_eq!(text(Format::Csv, &batch), "f\n1.0\n-0.0\n1e+300\n5e-324\nNaN\ninf\n-inf\n");
    let lines = text(Format::JsonLines, &batch);
    assert_eq!(lines.lines().skip(4).collect::<Vec<_>>(), vec!["{\"f\":null}"; 3]);
    assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{lines}");
}

#[test]
fn csv_tells_null_from_the_empty_string() {
    let batch = batch(vec![("a", strings(&[Some(""), None])), ("b", strings(&[None, Some("")]))]);
    assert_eq!(text(Format::Csv, &batch), "a,b\n\"\",\n,\"\"\n");
}

#[test]
fn a_null_in_the_only_column_is_no_blank_line() {
    let batch = batch(vec![("a", strings(&[None, Some("x")]))]);
    assert_eq!(text(Format::Csv, &batch), "a\n\"\"\nx\n");
}

#[test]
fn the_header_is_there_without_rows() {
    let batch = every_type().slice(0, 0);
    assert_eq!(text(Format::Csv, &batch), "text,whole,float,flag,at,day,time,raw,price,wide\n");
    assert_eq!(text(Format::JsonLines, &batch), "");
    let table = text(Format::Table, &batch);
    assert!(table.contains("text"), "{table}");
    let read = FileReader::try_new(Cursor::new(written(Format::Arrow, &batch)), None).unwrap();
    assert_eq!(read.schema(), batch.schema());
}

#[test]
fn arrow_files_and_streams_read_back_equal() {
    let batches = [every_type(), every_type().slice(1, 1)];
    let file = written_at(Format::Arrow, &batches, 80);
    let read: Vec<_> = FileReader::try_new(Cursor::new(file), None).unwrap().map(Result::unwrap).collect();
    assert_eq!(read, batches);
    let stream = written_at(Format::ArrowStream, &batches, 80);
    let read: Vec<_> =
        StreamReader::try_new(Cursor::new(stream), None).unwrap().map(Result::unwrap).collect();
    assert_eq!(read, batches);
}

#[test]
fn a_stream_is_readable_before_it_is_finished() {
    let out = Shared::default();
    let mut sink = open(Format::ArrowStream, Box::new(out.clone()), &TableOptions::default());
    sink.begin(&every_type().schema()).unwrap();
    sink.write(&every_type()).unwrap();
    let mut reader = StreamReader::try_new(Cursor::new(out.bytes()), None).unwrap();
    assert_eq!(reader.next().unwrap().unwrap(), every_type());
}

#[test]
fn a_table_shows_one_line_a_row_and_nothing_that_steers_the_terminal() {
    let long = "x".repeat(60);
    let table = batch(vec![
        ("id", Arc::new(Int64Array::from(vec![7, 1234]))),
        ("name", strings(&[Some("a\nb\u{1b}[31m"), Some(&long)])),
        ("note", strings(&[None, Some("")])),
    ]);
    assert_eq!(
        text(Format::Table, &table),
        "\
┌──────┬───────────────────────────────────────────┬──────┐
│ id   ┆ name                                      ┆ note │
╞══════╪═══════════════════════════════════════════╪══════╡
│    7 ┆ a\\nb\\u{1b}[31m                            ┆      │
│ 1234 ┆ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… ┆ \"\"   │
└──────┴───────────────────────────────────────────┴──────┘
"
    );
}

#[test]
fn a_narrow_table_says_which_columns_it_leaves_out() {
    let shown = String::from_utf8(written_at(Format::Table, &[every_type()], 40)).unwrap();
    assert!(shown.contains("not shown: flag, at, day"), "{shown}");
    assert!(
        shown.lines().take_while(|line| !line.contains("columns")).all(|line| line.chars().count() <= 40)
    );
}

struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Err(self.0.into())
    }
}

#[test]
fn a_failed_write_reaches_the_caller_in_every_format() {
    let formats = [Format::Csv, Format::JsonLines, Format::Arrow, Format::ArrowStream, Format::Table];
    for format in formats {
        for kind in [io::ErrorKind::BrokenPipe, io::ErrorKind::StorageFull] {
            let mut sink = open(format, Box::new(Broken(kind)), &TableOptions::default());
            let result = sink
                .begin(&every_type().schema())
                .and_then(|()| sink.write(&every_type()))
                .and_then(|()| sink.finish());
            let error = result.expect_err("the writer takes nothing");
            assert_eq!(error.is_broken_pipe(), kind == io::ErrorKind::BrokenPipe, "{format:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_reads_back_from_csv(
        rows in prop::collection::vec(prop::array::uniform2(prop::option::of("[a-z,\"\r\n\t é\u{0}]{0,6}")), 0..20)
    ) {
        let column = |index: usize| -> ArrayRef {
            Arc::new(rows.iter().map(|row| row[index].as_deref()).collect::<StringArray>())
        };
        let bytes = written(Format::Csv, &batch(vec![("a", column(0)), ("b", column(1))]));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let wanted: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.clone().unwrap_or_default()).collect()).collect();
        prop_assert_eq!(read, wanted);
        // Reading forgets quotes, so null and empty are told apart in the raw bytes.
        let empty = rows.iter().flatten().filter(|cell| cell.as_deref() == Some("")).count();
        let raw = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(bare_empty_quotes(&raw), empty);
    }
}

/// Fields that are exactly `""`, found without a CSV reader.
fn bare_empty_quotes(raw: &str) -> usize {
    let (mut inside, mut start, mut count) = (false, 0, 0);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'"' => inside = !inside,
            b',' | b'\n' if !inside => {
                count += usize::from(&raw[start..at] == "\"\"");
                start = at + 1;
            }
            _ => {}
        }
    }
    count
}
