//! Nanoseconds that extraction takes for a row of about 600 bytes, with all 23 columns and with three.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::fmt::Write;
use std::time::Instant;

use profilec_diagnostics::Span;
use profilec_plan::{ColumnSource, ColumnType, Extraction, Layout, Level, PlanColumn};
use profilec_rows::Extractor;
use profilec_syntax::{RowPath, Step};
use profilec_vocabulary::ResponseFormat;

const ROWS: usize = 1000;
const ROUNDS: usize = 300;

fn main() {
    let body = body();
    println!("{} bytes a row", body.len() / ROWS);
    let columns = columns();
    let all: Vec<usize> = (0..columns.len()).collect();
    measure("23 columns", &body, &columns, &all);
    measure("3 of 23 columns", &body, &columns, &[0, 3, 9]);
    measure("3 columns", &body, &[columns[0], columns[3], columns[9]], &[0, 1, 2]);
}

fn measure(name: &str, body: &str, columns: &[(&str, ColumnType)], output: &[usize]) {
    let plan: Vec<PlanColumn> = columns
        .iter()
        .map(|(path, ty)| PlanColumn {
            name: (*path).to_owned(),
            ty: *ty,
            key: false,
            path: None,
            filter: None,
            set_by_script: false,
            origin: Span::at(0),
        })
        .collect();
    let steps = |path: &str| path.split('.').map(|step| Step::Name(step.to_owned())).collect();
    let extraction = Extraction {
        format: ResponseFormat::Json,
        layout: Layout::default(),
        levels: vec![Level::rows(RowPath::Steps(steps("data")))],
        relative: vec![0],
        rows_origin: Span::at(0),
        columns: columns.iter().map(|(path, _)| ColumnSource::Row(steps(path))).collect(),
        captures: Vec::new(),
        materialise: Vec::new(),
    };
    let mut extractor = Extractor::new(&plan, output);
    let mut best = u128::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let page = extractor.extract(body.as_bytes(), None, &extraction, 1).expect("the body is JSON");
        best = best.min(start.elapsed().as_nanos());
        assert_eq!(page.batch.num_rows(), ROWS);
    }
    println!("{name:>16}: {} ns a row", best / ROWS as u128);
}

fn columns() -> Vec<(&'static str, ColumnType)> {
    use ColumnType::{Boolean, Float64, Int64, Timestamp, Utf8};
    vec![
        ("id", Int64),
        ("uuid", Utf8),
        ("account_id", Int64),
        ("amount", Float64),
        ("score", Float64),
        ("active", Boolean),
        ("verified", Boolean),
        ("created_at", Timestamp),
        ("updated_at", Timestamp),
        ("name", Utf8),
        ("email", Utf8),
        ("note", Utf8),
        ("status", Utf8),
        ("currency", Utf8),
        ("customer.id", Int64),
        ("customer.tier", Utf8),
        ("customer.address.street", Utf8),
        ("customer.address.city", Utf8),
        ("customer.address.zip", Utf8),
        ("customer.address.lat", Float64),
        ("customer.address.lon", Float64),
        ("tags", Utf8),
        ("items", Utf8),
    ]
}

fn body() -> String {
    let mut body = String::from("{\"data\":[");
    for row in 0..ROWS {
        let comma = if row == 0 { "" } else { "," };
        let (note, second) = match row % 4 {
            0 => ("null".to_owned(), ""),
            1 => (r#""fragile: \"handle with care\" — do not stack""#.to_owned(), ""),
            _ => (
                r#""no issues reported by the carrier on this leg of the route""#.to_owned(),
                r#",{"sku":"SKU-104729","qty":3,"price":17.25}"#,
            ),
        };
        write!(
            body,
            r#"{comma}{{"id":{row},"uuid":"6f1c{row:04}-93d2-4c7a-a1b5-0f3e{row:08}","account_id":{},"amount":{}.{:02},"score":0.{:09},"active":{},"verified":null,"created_at":"2024-03-01T11:{:02}:07Z","updated_at":"2024-04-01T11:{:02}:09.125Z","name":"José Müller","email":"user{row}@example.test","note":{note},"status":"shipped","currency":"EUR","customer":{{"id":{row},"tier":"silver","address":{{"street":"{row} Harbour Road","city":"São Paulo","zip":"{row:05}","lat":{}.123456,"lon":-{}.654321}}}},"tags":["new","vip"],"items":[{{"sku":"SKU-{row:06}","qty":2,"price":9.90}}{second}]}}"#,
            100_000 + row, row * 7, row % 100, row * 7919, row % 2 == 0, row % 60, row % 60, row % 90, row % 180,
        )
        .expect("writing to a string never fails");
    }
    body.push_str("],\"next\":\"https://example.test/rows?page=2\"}");
    body
}
