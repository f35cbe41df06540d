//! `fixtures/rows/<case>/`: a body (`body.json`, `body.jsonl`, `body.xml` or `body.csv`),
//! what is taken from it, and the page that must come out.

mod support;

use std::fmt::Write;
use std::path::Path;

use profilec_diagnostics::Span;
use profilec_plan::{JsonLayout, Layout};
use profilec_syntax::{Text, parse_charset};
use profilec_vocabulary::ResponseFormat;
use support::{Case, cells, steps};

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
        let formats = [
            ("body.json", ResponseFormat::Json),
            ("body.jsonl", ResponseFormat::Json),
            ("body.xml", ResponseFormat::Xml),
            ("body.csv", ResponseFormat::Csv),
        ];
        let found = formats.into_iter().find_map(|(name, format)| Some((format, body(name)?)));
        let (format, body) = found.expect("a case has a body");
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

/// The lines `charset`, `separator`, `quote`, `header` (`no`), `json` (`lines`, or the path of a table).
fn layout(extraction: &str) -> Layout {
    let mut layout = Layout::default();
    for (name, value) in extraction.lines().filter_map(|line| line.split_once(' ')) {
        match (name, value) {
            ("charset", label) => {
                layout.charset = parse_charset(&Text::verbatim(label, Span::at(0))).ok();
            }
            ("separator", separator) => layout.csv.separator = Some(separator.to_owned()),
            ("quote", quote) => layout.csv.quote = quote.as_bytes()[0],
            ("header", word) => layout.csv.header = word != "no",
            ("json", "lines") => layout.json = JsonLayout::Lines,
            ("json", columns) => {
                let (columns, name) = columns.split_once(' ').unwrap_or((columns, ""));
                layout.json = JsonLayout::Table { columns: steps(columns), name: steps(name) };
            }
            _ => {}
        }
    }
    layout
}

/// The page as text: its rows and its summary, or the finding.
fn page(extraction: &str, format: ResponseFormat, body: &[u8]) -> String {
    let lines = |word: &'static str| {
        extraction.lines().filter_map(move |line| line.split_once(' ').filter(|(first, _)| *first == word))
    };
    let all = |word| lines(word).map(|(_, rest)| rest).collect::<Vec<_>>();
    let (lists, subs) = (all("levels"), all("sub"));
    let start = match lists.as_slice() {
        [] => Case::new(""),
        lists => Case::new("").format(format).arranged(lists, &subs, &all("column")),
    };
    let case = extraction.lines().fold(start, |case, line| match line.split_once(' ') {
        Some(("column", _)) if !lists.is_empty() => case,
        Some(("rows", path)) => Case { columns: case.columns, ..Case::new(path) },
        Some(("column", column)) => case.column(column),
        Some(("capture", path)) => case.capture(path),
        _ => case,
    });
    let case = case.format(format).layout(layout(extraction));
    let page = match case.extract(body) {
        Ok(page) => page,
        Err(error) => {
            let help = error.help.unwrap_or_default();
            return format!("{}\n{}\n{help}\n", error.code.id, error.message);
        }
    };
    let names: Vec<_> = case.columns.iter().map(|column| column.name.as_str()).collect();
    let mut text = names.join(" | ") + "\n";
    for row in cells(&page.batch) {
        text += &(row.join(" | ") + "\n");
    }
    let summary = page.summary;
    let mut line = |line: String| text += &(line + "\n");
    line(format!("\nrows: {}\nrow path: {:?}", summary.rows, summary.row_path));
    if !summary.levels.is_empty() {
        line(format!("records: {}\nlevels: {:?}", summary.records, summary.levels));
    }
    if let Some(cut) = summary.cut {
        line(format!("cut: {cut:?}"));
    }
    for (capture, seen) in case.extraction.captures.iter().zip(summary.captures) {
        line(format!("capture {}: {seen:?}", capture.name));
    }
    for member in summary.members {
        line(format!("member {}: {:?}", member.pointer, member.value));
    }
    text
}
