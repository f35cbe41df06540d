//! Paths in every spelling and lists of row paths: never panic, findings point into the text, what is shown reads
//! back as the same, and a general query is carried out within bounds.
//!
//! The input is a path in its first line and a JSON document in the others.

#![no_main]

use libfuzzer_sys::fuzz_target;
use profilec_diagnostics::Span;
use profilec_fuzz::assert_within;
use profilec_plan::{Extraction, Layout, Level};
use profilec_rows::Extractor;
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

fuzz_target!(|input: &str| {
    let (written, body) = input.split_once('\n').unwrap_or((input, "{}"));
    for format in [ResponseFormat::Json, ResponseFormat::Xml, ResponseFormat::Csv] {
        let text = Text::verbatim(written, Span::from_range(0..written.len()));
        match parse_path(&text, format) {
            Ok(Some(path)) => reads_back(&path, format),
            Ok(None) => assert_eq!(written.trim(), ""),
            Err(finding) => assert_within(&finding, written),
        }
        match parse_row_path(&text, format) {
            Ok(paths) => {
                assert!(!paths.is_empty(), "no path is the root");
                rows_read_back(&paths, format);
                if format == ResponseFormat::Json {
                    carried_out(&paths, body);
                }
            }
            Err(finding) => assert_within(&finding, written),
        }
    }
});

fn verbatim(shown: &str) -> Text {
    Text::verbatim(shown, Span::from_range(0..shown.len()))
}

fn reads_back(path: &Path, format: ResponseFormat) {
    // A member of this name beneath the document is written as the synthetic root is.
    let named_as_root = matches!(path.steps.first(), Some(Step::Name(name)) if name == "json");
    if named_as_root && path.anchor == Anchor::Root && format == ResponseFormat::Json {
        return;
    }
    let shown = path.to_string();
    let again = parse_path(&verbatim(&shown), format);
    assert_eq!(again.as_ref().ok(), Some(&Some(path.clone())), "`{shown}` is read as {again:?}");
}

fn rows_read_back(paths: &[RowPath], format: ResponseFormat) {
    // Every record of CSV is a row, whatever a row path says.
    if format == ResponseFormat::Csv {
        return;
    }
    // What is shown does not tell a member of the root's name from the root.
    let is_like_root = |path: &RowPath| match path {
        RowPath::Steps(steps) => matches!(steps.first(), Some(Step::Name(name)) if name == "json"),
        RowPath::Query(_) => false,
    };
    if format == ResponseFormat::Json && paths.iter().any(is_like_root) {
        return;
    }
    for path in paths {
        let shown = path.to_string();
        let again = parse_row_path(&verbatim(&shown), format);
        assert_eq!(again.as_deref().ok(), Some(&[path.clone()][..]), "`{shown}` is read as {again:?}");
    }
    let shown: Vec<String> = paths.iter().map(RowPath::to_string).collect();
    let shown = shown.join(";");
    let again = parse_row_path(&verbatim(&shown), format);
    assert_eq!(again.as_deref().ok(), Some(paths), "`{shown}` is read as {again:?}");
}

/// Rows are found or refused; the time limit of the fuzzer is the bound.
fn carried_out(paths: &[RowPath], body: &str) {
    for path in paths {
        let extraction = Extraction {
            format: ResponseFormat::Json,
            layout: Layout::default(),
            levels: vec![Level::rows(path.clone())],
            relative: vec![0],
            rows_origin: Span::at(0),
            columns: Vec::new(),
            captures: Vec::new(),
            materialise: Vec::new(),
        };
        if let Ok(page) = Extractor::new(&[], &[]).extract(body.as_bytes(), None, &extraction, 1) {
            assert_eq!(page.summary.rows, page.batch.num_rows());
        }
    }
}
