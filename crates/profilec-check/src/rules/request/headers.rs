//! Headers that cannot be sent as they are written, or are written twice.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Severity, Span, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::{KeywordId, operation_input};

use crate::cx::{Cx, Method, Rule};
use crate::flow::Given;
use crate::secrets::{header_lines, is_header_name, malformed_lines};

/// Lines of `CustomHeaders`, names of headers.
pub(crate) const MALFORMED: Rule = Rule::Document(malformed);
/// A header of the script that `CustomHeaders` replaces.
pub(crate) const REPEATED: Rule = Rule::Document(repeated);
/// A number that is given twice.
pub(crate) const NUMBERS: Rule = Rule::Statement(numbers);

fn malformed<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        if site.is("CustomHeaders") {
            for span in site.value.into_iter().flat_map(|value| malformed_lines(&value.text)) {
                cx.report(
                    Diagnostic::new(
                        &codes::request::header_malformed,
                        "a line of `CustomHeaders` does not begin with a header name",
                        Label::new(span, "would be sent with each request"),
                    )
                    .help("write each line as `Name: value`, separated by `\\r\\n`"),
                );
            }
        }
        if !site.is("Header:Name") {
            continue;
        }
        let Some(name) = site.literal.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            continue;
        };
        if is_header_name(name) {
            continue;
        }
        let place = site.value_span();
        let bare = name.trim_end_matches(':').trim_end();
        let finding = Diagnostic::new(
            &codes::request::header_malformed,
            format!("`{name}` is no header name"),
            Label::new(place, "holds a character that no name has"),
        );
        if is_header_name(bare) {
            let edits = vec![Edit { span: place, text: bare.to_owned() }];
            let finding = finding
                .help("write the name without the colon: it is added when the header is sent")
                .fix(Fix::safe(format!("write `{bare}`"), edits));
            cx.report(Diagnostic { severity: Severity::Warning, ..finding });
        } else {
            cx.report(finding.help("write letters, digits and `-` alone"));
        }
    }
}

fn repeated<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let flow = cx.flow();
    let mut found: Vec<(String, Span, Span)> = Vec::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        let Some(custom) = call.input("customheaders").and_then(|custom| flow.only_place(custom)) else {
            continue;
        };
        let Given::Template(lines) = custom.value else { continue };
        let text = &lines.text;
        let lines = header_lines(text.as_str());
        for (_, reaching) in call.inputs().filter(|(name, _)| name.starts_with("header:name")) {
            let Some(place) = flow.only_place(reaching) else { continue };
            let Given::Template(value) = place.value else { continue };
            let Some(name) = value.as_literal().map(str::trim).filter(|name| !name.is_empty()) else {
                continue;
            };
            let same = lines.iter().find_map(|(at, line)| {
                let other = line.split_once(':')?.0;
                let start = at + (other.len() - other.trim_start().len());
                let is_same = other.trim().eq_ignore_ascii_case(name.trim_end_matches(':'));
                is_same.then(|| text.span_of(start..start + other.trim().len()))
            });
            found.extend(same.map(|same| (name.to_owned(), value.span(), same)));
        }
    }
    found.sort_by_key(|(_, span, _)| *span);
    found.dedup_by_key(|(_, span, _)| *span);
    for (name, span, same) in found {
        cx.report(
            Diagnostic::new(
                &codes::request::header_repeated,
                format!("the header `{name}` is replaced by that of `CustomHeaders`"),
                Label::new(span, "never sent"),
            )
            .label(Label::new(same, "sent instead"))
            .help("keep one of the two"),
        );
    }
}

/// Within one block, before a call reads them.
fn numbers<'a>(cx: &mut Cx<'a>, node: &'a Statement) {
    let mut seen: HashMap<String, (&str, Span)> = HashMap::new();
    for child in &node.body {
        match child.id() {
            Some(KeywordId::Call | KeywordId::Push) => seen.clear(),
            Some(KeywordId::Set) => {
                let attr = child.value("attr");
                let Some(written) = attr.and_then(Template::as_literal).map(str::trim) else { continue };
                let Some(value) = child.value("value").and_then(Template::as_literal) else { continue };
                // The names: their values follow them.
                let bare = written.split_once('.').map_or(written, |(_, bare)| bare);
                let is_name = [written, bare].iter().any(|name| {
                    operation_input(name)
                        .is_some_and(|input| input.pair.is_some() && input.parameter.name.ends_with("Name#"))
                });
                if !is_name || written.ends_with('#') {
                    continue;
                }
                let item = child.value("item").map_or("", |item| item.text.as_str());
                let key = format!("{item}.{}", written.trim_end_matches("#1").to_lowercase());
                let place = attr.map(Template::span).unwrap_or_default();
                let Some((first, first_place)) = seen.insert(key, (value, place)) else { continue };
                if first.trim().eq_ignore_ascii_case(value.trim()) {
                    continue;
                }
                cx.report(
                    Diagnostic::new(
                        &codes::request::number_repeated,
                        format!(
                            "`{written}` is set twice: `{}` takes the place of `{}`",
                            value.trim(),
                            first.trim()
                        ),
                        Label::new(place, "the same number again"),
                    )
                    .label(Label::new(first_place, "lost"))
                    .help("give each name and its value a number of their own"),
                );
            }
            _ => {}
        }
    }
}
