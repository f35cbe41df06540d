//! Paths of one format, and an operation that reads another.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Template};
use profilec_vocabulary::{Kind, ResponseFormat};

use crate::cx::{Cx, Method, Rule};
use crate::names::CallSite;

pub(crate) const RULE: Rule = Rule::Document(other_format);

fn other_format<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let calls = || names.calls().iter().filter(|call| call.method != Method::Write);
    let Some(first) = calls().next() else { return };
    // Calls of several formats have paths of several.
    if calls().any(|call| call.format() != first.format()) {
        return;
    }
    let (word, help) = match first.format() {
        Some(ResponseFormat::Xml) => (
            "XML",
            "call `jsonproviderGet` if the answers are JSON; else write `XPath`, and paths from the root element on",
        ),
        Some(ResponseFormat::Csv) => (
            "CSV",
            "call `jsonproviderGet` if the answers are JSON; in CSV the path of a column is the name of its field",
        ),
        _ => return,
    };
    let Some((place, what)) = json_place(cx, document) else { return };
    let operation = CallSite::name(first).unwrap_or_default();
    cx.report(
        Diagnostic::new(
            &codes::path::other_format,
            format!("`{operation}` reads {word}, but {what}"),
            Label::new(place, "made for JSON"),
        )
        .label(Label::new(first.op.span(), format!("reads {word}")))
        .help(help),
    );
}

/// The first thing that only JSON has, and what it is.
fn json_place(cx: &Cx<'_>, document: &Document) -> Option<(Span, String)> {
    let mut rows = cx.names().sets().iter().filter(|site| {
        site.method != Method::Write && site.operation.is_none() && site.kind() == Some(Kind::Paths)
    });
    let named = rows.find_map(|site| {
        let text = site.value.and_then(Template::literal_text);
        // The root alone is that of any format.
        if text.as_ref().is_some_and(|text| matches!(text.as_str().trim(), "" | "/" | "$" | "$.")) {
            return None;
        }
        if site.is("JSONPath") {
            return Some((site.span, "`JSONPath` is where rows are in JSON".to_owned()));
        }
        text.filter(|text| is_json(text.as_str())).map(|text| (text.span(), starts(text.as_str())))
    });
    named.or_else(|| {
        let mut columns = document.info.iter().flat_map(|info| &info.columns);
        let path = columns.find_map(|column| column.path().filter(|path| is_json(path.as_str())))?;
        Some((path.span(), starts(path.as_str())))
    })
}

fn is_json(path: &str) -> bool {
    let path = path.trim();
    path.starts_with("/json/") || path.starts_with("$.")
}

fn starts(path: &str) -> String {
    let root = if path.trim().starts_with('$') { "$" } else { "/json" };
    format!("`{}` starts at `{root}`", path.trim())
}
