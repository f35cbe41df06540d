//! CSV bodies: what the `csv` crate writes comes back, null and empty stay apart, half a body is never a page.

mod support;

use profilec_diagnostics::Diagnostic;
use profilec_plan::{ColumnSource, CsvLayout, Layout};
use profilec_rows::Page;
use profilec_syntax::Step;
use profilec_vocabulary::ResponseFormat;
use proptest::prelude::*;
use support::{Case, cells};

fn case(names: &[String]) -> Case {
    let columns = names.iter().enumerate();
    let case = columns.fold(Case::new(""), |case, (at, name)| {
        case.text_column(&format!("c{at}"), std::slice::from_ref(name))
    });
    case.format(ResponseFormat::Csv)
}

fn with(csv: CsvLayout, case: Case) -> Case {
    case.layout(Layout { csv, ..Layout::default() })
}

fn read(body: &str) -> Result<Page, Diagnostic> {
    case(&["a".to_owned(), "b".to_owned()]).extract(body.as_bytes())
}

#[test]
fn records_end_with_any_line_end_and_empty_lines_are_none() {
    for end in ["\n", "\r\n", "\r"] {
        let body = ["a,b", "1,", "", "\"\",2", "", ""].join(end);
        let page = read(&body).expect("it is CSV");
        assert_eq!(cells(&page.batch), [["1", "NULL"], ["", "2"]], "{end:?}");
    }
}

#[test]
fn a_page_of_nothing_is_empty() {
    for body in ["", "\u{feff}", "\r\n", "a,b", "a,b\r\n\r\n"] {
        assert_eq!(read(body).expect("it is CSV").summary.rows, 0, "{body:?}");
    }
}

#[test]
fn another_format_is_named() {
    for (body, what) in [
        ("[{\"a\":1}]", "JSON"),
        (" {\n \"error\": 1}", "JSON"),
        ("[1, 2]", "JSON"),
        ("<html><body>", "an HTML page"),
        ("<?xml version='1.0'?><a/>", "XML"),
        ("<feed><a/></feed>\n", "XML"),
        ("%PDF-1.7", "a PDF document"),
    ] {
        let error = read(body).expect_err("it is no CSV");
        assert_eq!(error.message, format!("page 1 is not CSV but {what}"));
    }
    assert!(read("[a],b\n1,2").is_err_and(|error| error.message == "page 1 has no field `a`"));
    assert_eq!(read("a,b\n<1,{2}\n").expect("it is CSV").summary.rows, 1);
}

#[test]
fn columns_that_nothing_reads_need_no_field() {
    let case = case(&["a".to_owned(), "zz".to_owned()]).output(&[0]);
    assert_eq!(cells(&case.extract(b"a,b\n1,2\n").expect("it is CSV").batch), [["1"]]);
}

#[test]
fn texts_of_columns_that_the_script_reads_are_kept() {
    let case = case(&["a".to_owned(), "b".to_owned()]).output(&[1]).materialise(&[0]);
    let page = case.extract(b"a,b\n\"x\"\"y\",2\n,3\n").expect("it is CSV");
    assert_eq!(page.summary.texts[0].values, [Some("x\"y".to_owned()), None]);
}

#[test]
fn every_page_is_read_by_its_own_header() {
    let case = case(&["a".to_owned(), "b".to_owned()]);
    let mut extractor = case.extractor();
    let mut rows = |body: &str| {
        let page = extractor.extract(body.as_bytes(), None, &case.extraction, 1).expect("it is CSV");
        (cells(&page.batch), page.summary.rows_hash)
    };
    assert_eq!(rows("a,b\n1,2\n"), rows("x;b;a\n0;2;1\n"));
}

#[test]
fn a_body_cut_within_quotes_is_no_page() {
    let body = "a,b\r\n\"é\",\"x\r\ny\"\"\"\r\n";
    for cut in 0..body.len() {
        let Some(start) = body.get(..cut) else { continue };
        let is_within = start.matches('"').count() % 2 == 1;
        assert!(!is_within || read(start).is_err(), "{start:?}");
    }
}

/// Cells as the `csv` crate writes them. The crate quotes only where it must, so that an empty text is written
/// as null is.
fn written(records: &[Vec<String>], separator: u8, style: csv::QuoteStyle) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().delimiter(separator).quote_style(style).from_writer(Vec::new());
    for record in records {
        writer.write_record(record).expect("memory can be written to");
    }
    writer.into_inner().expect("memory can be written to")
}

/// Names that can be told apart, and rows of as many cells.
fn tables() -> impl Strategy<Value = (Vec<String>, Vec<Vec<String>>)> {
    (2_usize..6).prop_flat_map(|width| {
        let names = prop::collection::hash_set("[a-z][ -~é\n]{0,8}[a-z]", width)
            .prop_map(|names| names.into_iter().collect::<Vec<_>>());
        let cell = prop_oneof![any::<String>(), "[ -~é🎁\r\n\"',;\t|]{0,12}"];
        (names, prop::collection::vec(prop::collection::vec(cell, width), 0..8))
    })
}

proptest! {
    #[test]
    fn what_the_csv_crate_writes_comes_back(
        (names, rows) in tables(),
        separator in prop::sample::select(&b",;\t|"[..]),
        always: bool,
        is_said: bool,
    ) {
        let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let records: Vec<_> = std::iter::once(names.clone()).chain(rows.iter().cloned()).collect();
        let body = written(&records, separator, style);
        let separator = (is_said || !always).then(|| char::from(separator).to_string());
        let case = with(CsvLayout { separator, ..CsvLayout::default() }, case(&names));
        let page = case.extract(&body).expect("it is CSV");
        let null = |cell: &String| if cell.is_empty() && !always { "NULL".to_owned() } else { cell.clone() };
        let expected: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(null).collect()).collect();
        prop_assert_eq!(cells(&page.batch), expected);
    }

    #[test]
    fn pages_give_the_rows_of_the_whole((names, rows) in tables(), size in 1_usize..4) {
        let case = with(CsvLayout { separator: Some(",".to_owned()), ..CsvLayout::default() }, case(&names));
        let page = |rows: &[Vec<String>]| {
            let records: Vec<_> = std::iter::once(names.clone()).chain(rows.iter().cloned()).collect();
            cells(&case.extract(&written(&records, b',', csv::QuoteStyle::Always)).expect("it is CSV").batch)
        };
        prop_assert_eq!(rows.chunks(size).flat_map(page).collect::<Vec<_>>(), page(&rows));
    }

    #[test]
    fn equal_rows_give_equal_batches_in_every_format(
        rows in prop::collection::vec(
            (any::<i64>(), prop::option::of("[a-zé<&\"',\n]{1,8}"), any::<bool>()),
            0..6,
        ),
    ) {
        let columns = |case: Case| case.column("n int n").column("t string t").column("b boolean b");
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(["n", "t", "b"]).expect("memory can be written to");
        let (mut json, mut lines, mut table) = (Vec::new(), String::new(), Vec::new());
        let mut xml = String::new();
        for (n, t, b) in &rows {
            let text = t.clone().unwrap_or_default();
            csv.write_record([n.to_string(), text.clone(), b.to_string()]).expect("memory can be written to");
            let object = serde_json::json!({"n": n, "t": t, "b": b});
            lines += &(object.to_string() + "\n");
            json.push(object);
            table.push(serde_json::json!([n, t, b]));
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let text = if t.is_some() { format!("<t>{text}</t>") } else { String::new() };
            xml += &["<r><n>", &n.to_string(), "</n>", &text, "<b>", &b.to_string(), "</b></r>"].concat();
        }
        let csv = csv.into_inner().expect("memory can be written to");
        let said = CsvLayout { separator: Some(",".to_owned()), ..CsvLayout::default() };
        let from_csv = with(said, columns(Case::new("")).format(ResponseFormat::Csv)).extract(&csv);
        let from_json = columns(Case::new("")).extract(serde_json::json!(json).to_string().as_bytes());
        let layout = |json| Layout { json, ..Layout::default() };
        let from_lines = columns(Case::new("")).layout(layout(profilec_plan::JsonLayout::Lines)).extract(lines.as_bytes());
        let named = profilec_plan::JsonLayout::Table { columns: vec![Step::Name("c".to_owned())], name: Vec::new() };
        let body = serde_json::json!({"r": table, "c": ["n", "t", "b"]}).to_string();
        let from_table = columns(Case::new("r")).layout(layout(named)).extract(body.as_bytes());
        let xml = format!("<x>{xml}</x>");
        let from_xml = columns(Case::new("x/r")).format(ResponseFormat::Xml).extract(xml.as_bytes());
        let from_json = from_json.expect("it is JSON").batch;
        prop_assert_eq!(&from_csv.expect("it is CSV").batch, &from_json);
        prop_assert_eq!(&from_lines.expect("it is JSON").batch, &from_json);
        prop_assert_eq!(&from_table.expect("it is JSON").batch, &from_json);
        prop_assert_eq!(&from_xml.expect("it is XML").batch, &from_json);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), header: bool) {
        let layout = CsvLayout { header, ..CsvLayout::default() };
        let mut case = with(layout, case(&["a".to_owned(), "b".to_owned()]));
        let _ = case.extract(&bytes);
        case.extraction.columns[0] = ColumnSource::Row(vec![Step::Index(0)]);
        case.extraction.columns[1] = ColumnSource::Nothing;
        let _ = case.extract(&bytes);
    }

    #[test]
    fn almost_csv_never_panics(text in "[a,;\"\r\n\t| é]{0,30}", separator in "[,;\"|é]{1,2}") {
        let layout = CsvLayout { separator: Some(separator), ..CsvLayout::default() };
        let _ = with(layout, case(&["a".to_owned()])).extract(text.as_bytes());
    }
}
