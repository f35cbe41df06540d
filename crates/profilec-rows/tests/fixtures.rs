//! `fixtures/rows/<case>/`: a body (`body.json` or `body.xml`), what is taken from it, and the page that must come out.

mod support;

use std::fmt::Write;
use std::path::Path;

use profilec_vocabulary::ResponseFormat;
use support::{Case, cells};

#[test]
#[expect(clippy::disallowed_methods, reason = "fixtures are files")]
fn every_fixture_gives_its_expected_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/rows");
    let mut seen = 0;
    let mut wrong = String::new();
    for entry in folder.read_dir().expect("the folder of fixtures is there") {
        let case = entry.expect("the folder can be read").path();
        let read = |name: &str| std::fs::read_to_string(case.join(name)).unwrap_or_default();
        let body = |name: &str| std::fs::read(case.join(name)).ok();
        let (format, body) = match body("body.xml") {
            Some(body) => (ResponseFormat::Xml, body),
            None => (ResponseFormat::Json, body("body.json").unwrap_or_default()),
        };
        let actual = page(&read("extraction.txt"), format, &body);
        #[expect(clippy::disallowed_methods, reason = "expectations are written when they are asked for")]
        if std::env::var_os("PROFILEC_BLESS").is_some() {
            std::fs::write(case.join("expected.txt"), &actual).expect("the expectation can be written");
        }
        if actual != read("expected.txt") {
            write!(wrong, "\n{} gives\n{actual}", case.display()).expect("a string can be written to");
        }
        seen += 1;
    }
    assert!(seen > 0, "there are fixtures");
    assert!(wrong.is_empty(), "{wrong}");
}

/// The page as text: its rows and its summary, or the finding.
fn page(extraction: &str, format: ResponseFormat, body: &[u8]) -> String {
    let case = extraction.lines().fold(Case::new(""), |case, line| match line.split_once(' ') {
        Some(("rows", path)) => Case { columns: case.columns, ..Case::new(path) },
        Some(("column", column)) => case.column(column),
        Some(("capture", path)) => case.capture(path),
        _ => case,
    });
    let case = case.format(format);
    let page = match case.extract(body) {
        Ok(page) => page,
        Err(error) => return format!("{}\n{}\n", error.code.id, error.message),
    };
    let names: Vec<_> = case.columns.iter().map(|column| column.name.as_str()).collect();
    let mut text = names.join(" | ") + "\n";
    for row in cells(&page.batch) {
        text += &(row.join(" | ") + "\n");
    }
    let summary = page.summary;
    let mut line = |line: String| text += &(line + "\n");
    line(format!("\nrows: {}\nrow path: {:?}", summary.rows, summary.row_path));
    for (capture, seen) in case.extraction.captures.iter().zip(summary.captures) {
        line(format!("capture {}: {seen:?}", capture.name));
    }
    for member in summary.members {
        line(format!("member {}: {:?}", member.pointer, member.value));
    }
    text
}
