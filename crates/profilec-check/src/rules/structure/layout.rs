//! Values that say how a response is laid out: words that nobody knows, and a format that no operation reads.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{
    Document, JsonFormat, Template, Text, is_table_path, parse_charset, parse_format, parse_json_format,
    parse_quote, parse_separator, parse_switch, parse_table_paths, parse_xml_format,
};
use profilec_vocabulary::Kind;
use profilec_vocabulary::ResponseFormat::{self, Csv, Json, Text as Plain, Xml};

use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, SetSite};

pub(crate) const RULE: Rule = Rule::Document(layout);

fn layout<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let calls = names.calls().iter().filter(|call| call.method != Method::Write);
    let read: Vec<ResponseFormat> = calls.filter_map(CallSite::format).collect();
    let mut wants_table = false;
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        let text = site.value.and_then(Template::literal_text);
        let Some(text) = text.filter(|text| !text.as_str().trim().is_empty()) else { continue };
        if site.is("JSONFormat") {
            wants_table |= parse_json_format(&text).is_ok_and(|format| format == JsonFormat::JsonRows);
        }
        if site.is("Format") {
            if let Ok(format) = parse_format(&text) {
                contradiction(cx, &text, format, &read);
            }
        } else if let Some((reader, Err(finding))) = value(site, &text) {
            // Words and booleans are those of every input; here they are read for what is refused.
            // A header that may or may not be there is no switch with a usual setting: the run refuses it.
            let is_told = !site.is("IncludeColumnHeaders")
                && site.kind().is_some_and(|kind| kind.words().is_some() || kind == Kind::Boolean);
            if is_told && finding.code == &codes::structure::unknown_word {
                continue;
            }
            if reader.is_none_or(|reader| read.contains(&reader)) {
                cx.refuse(finding);
            } else {
                cx.report(finding);
            }
        }
    }
    if wants_table && read.contains(&Json) {
        tables(cx, names.sets());
    }
}

/// The format that a value is about (none: all), and whether it can be read.
fn value(site: &SetSite<'_>, text: &Text) -> Option<(Option<ResponseFormat>, Result<(), Diagnostic>)> {
    Some(if site.is("Charset") {
        (None, parse_charset(text).map(drop))
    } else if site.is("JSONFormat") {
        (Some(Json), parse_json_format(text).map(drop))
    } else if site.is("XMLFormat") {
        (Some(Xml), parse_xml_format(text))
    } else if site.is("FMT") {
        (Some(Csv), parse_separator(text).map(drop))
    } else if site.is("QuoteCharacter") {
        (Some(Csv), parse_quote(text).map(drop))
    } else if site.is("IncludeColumnHeaders") {
        (Some(Csv), parse_switch("IncludeColumnHeaders", text).map(drop))
    } else {
        return None;
    })
}

/// The operation decides how a response is read, whatever `Format` says.
fn contradiction(cx: &mut Cx<'_>, text: &Text, format: ResponseFormat, read: &[ResponseFormat]) {
    if read.is_empty() || read.contains(&format) {
        return;
    }
    let (word, op) = match format {
        Json => ("JSON", "jsonproviderGet"),
        Xml => ("XML", "xmlproviderGet"),
        Csv => ("CSV", "csvproviderGet"),
        Plain => return,
    };
    let label = Label::new(text.span(), "has no effect: the operation decides");
    let message = format!("`Format` is `{}`, but no operation here reads {word}", text.as_str().trim());
    cx.report(
        Diagnostic::new(&codes::structure::format_contradicted, message, label)
            .help(format!("call `{op}` to read {word}, or leave `Format` out")),
    );
}

/// With `JSONRows` a row path names a table.
fn tables(cx: &mut Cx<'_>, sets: &[SetSite<'_>]) {
    for site in sets.iter().filter(|site| site.method != Method::Write) {
        let is_rows = site.kind() == Some(Kind::Paths);
        let text = site.value.and_then(Template::literal_text).filter(|_| is_rows);
        if let Some(text) = text.filter(|text| !is_table_path(text))
            && let Err(finding) = parse_table_paths(&text)
        {
            cx.refuse(finding);
        }
    }
}
