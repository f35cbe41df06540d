//! Tables of the three grammars: `fixtures/syntax/{templates,expressions,paths,csv_paths,row_paths}.txt`.
//!
//! A line that starts at the margin is an input; the indented lines after it are what it must give. An input
//! `<empty>` is the empty text. `#` at the margin followed by a blank starts a comment.

mod render;

use profilec_diagnostics::Span;
use profilec_syntax::{Text, parse_expression, parse_path, parse_row_path, parse_template};
use profilec_vocabulary::ResponseFormat;
use profilec_vocabulary::ResponseFormat::{Csv, Json, Xml};

fn text(written: &str) -> Text {
    Text::verbatim(written, Span::from_range(0..written.len()))
}

/// Runs one table and shows all lines that differ at once.
fn table(file: &str, give: impl Fn(&str) -> Vec<String>) {
    let path = format!("{}/../../fixtures/syntax/{file}", env!("CARGO_MANIFEST_DIR"));
    #[expect(clippy::disallowed_methods, reason = "tests read their fixtures")]
    let table = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut wanted = Vec::new();
    let mut given = Vec::new();
    let lines: Vec<&str> = table.lines().collect();
    for block in lines.chunk_by(|_, next| next.starts_with("  ")) {
        let [input, expected @ ..] = block else { continue };
        if input.is_empty() || input.starts_with("# ") {
            continue;
        }
        assert!(!expected.is_empty(), "{path}: `{input}` has no expectation");
        wanted.extend(block.iter().map(|line| (*line).to_owned()));
        given.push((*input).to_owned());
        given.extend(
            give(if *input == "<empty>" { "" } else { input }).iter().map(|line| format!("  {line}")),
        );
    }
    assert!(!wanted.is_empty(), "{path} is empty");
    let differ = wanted.iter().zip(&given).find(|(wanted, given)| wanted != given);
    assert!(
        wanted == given,
        "{path}: first difference {differ:#?}\nall that was given:\n{}",
        given.join("\n")
    );
}

#[test]
fn templates() {
    table("templates.txt", |input| {
        let (template, findings) = parse_template(text(input));
        let mut lines = vec![render::parts(&template.parts)];
        lines.extend(findings.iter().map(|finding| render::finding(finding, input)));
        lines
    });
}

#[test]
fn expressions() {
    table("expressions.txt", |input| {
        let (template, _) = parse_template(text(input));
        match parse_expression(&template) {
            Ok(expression) => vec![render::expression(&expression)],
            Err(finding) => vec![render::finding(&finding, input)],
        }
    });
}

#[test]
fn paths() {
    table("paths.txt", |input| {
        let [json, xml] = [Json, Xml].map(|format| path(input, format));
        if json == xml { vec![json] } else { vec![json, format!("xml: {xml}")] }
    });
}

#[test]
fn csv_paths() {
    table("csv_paths.txt", |input| vec![path(input, Csv)]);
}

fn path(input: &str, format: ResponseFormat) -> String {
    match parse_path(&text(input), format) {
        Ok(None) => "null".to_owned(),
        Ok(Some(path)) => format!("{:?} {}", path.anchor, render::steps(&path.steps)),
        Err(finding) => render::finding(&finding, input),
    }
}

#[test]
fn row_paths() {
    table("row_paths.txt", |input| {
        let [json, xml] = [Json, Xml].map(|format| match parse_row_path(&text(input), format) {
            Ok(paths) => paths.iter().map(render::row_path).collect::<Vec<_>>().join(" ; "),
            Err(finding) => render::finding(&finding, input),
        });
        if json == xml { vec![json] } else { vec![json, format!("xml: {xml}")] }
    });
}
