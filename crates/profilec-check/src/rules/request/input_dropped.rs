//! A required input that only the first page is asked with.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Reference, Template};

use crate::cx::{Cx, Method, Rule};
use crate::flow::{CallView, Declared, Given, Kind, Piece};
use crate::names::literal_name;

pub(crate) const RULE: Rule = Rule::Document(input_dropped);

fn input_dropped<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let flow = cx.flow();
    let mut found: Vec<(Span, String, Span)> = Vec::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        let Some(uri) = ["uri", "url"].into_iter().find_map(|name| call.input(name)) else { continue };
        let uris: Vec<Uri<'a>> = flow
            .places(uri)
            .unwrap_or_default()
            .into_iter()
            .filter_map(|place| match place.value {
                Given::Template(template) => Some(Uri::new(cx, template)),
                _ => None,
            })
            .collect();
        let mut lost = Vec::new();
        for first in uris.iter().filter(|uri| !uri.has_marker) {
            for later in uris.iter().filter(|uri| uri.has_marker && uri.is_own) {
                let dropped = first
                    .required
                    .iter()
                    .filter(|(name, _)| !later.required.iter().any(|(other, _)| other == name));
                lost.extend(dropped.map(|(name, reference)| (later.span, name.clone(), reference.span)));
            }
        }
        if !lost.is_empty() {
            let elsewhere = required_elsewhere(cx, call);
            found.extend(lost.into_iter().filter(|(_, name, _)| !elsewhere.contains(name)));
        }
    }
    found.sort();
    found.dedup();
    for (span, name, read) in found {
        cx.report(
            Diagnostic::new(
                &codes::request::input_dropped,
                format!("pages after the first are asked without the required input `{name}`"),
                Label::new(span, "does not read it"),
            )
            .label(Label::new(read, "the first page does"))
            .help("put it into this URL, too, unless the marker stands for the whole request"),
        );
    }
}

/// The required inputs that go out with the request beside its URL.
fn required_elsewhere<'a>(cx: &Cx<'a>, call: &CallView<'a>) -> HashSet<String> {
    let beside = call.inputs().filter(|(input, _)| !matches!(*input, "uri" | "url"));
    let places = beside.flat_map(|(_, reaching)| cx.flow().places(reaching).unwrap_or_default());
    let templates = places.filter_map(|place| match place.value {
        Given::Template(template) => Some(template),
        _ => None,
    });
    templates.flat_map(|template| Uri::new(cx, template).required).map(|(name, _)| name).collect()
}

/// What a URL is made of.
struct Uri<'a> {
    span: Span,
    has_marker: bool,
    /// It begins with text of the profile: it is no link of the response.
    is_own: bool,
    required: Vec<(String, &'a Reference)>,
}

impl<'a> Uri<'a> {
    fn new(cx: &Cx<'a>, template: &'a Template) -> Self {
        let pieces = cx.values().pieces(template);
        let is_own = matches!(pieces.first(), Some(Piece::Text(text)) if text.contains("://"));
        let mut uri = Self { span: template.span(), has_marker: false, is_own, required: Vec::new() };
        for piece in pieces {
            let Piece::Value(reference) = piece else { continue };
            let chain = cx.values().chain(reference);
            match chain.kind {
                Kind::Marker => uri.has_marker = true,
                Kind::Input(Some(Declared::Input(input))) if input.is_required() => {
                    let name = literal_name(chain.first).and_then(|(name, _)| name.split_once('.'));
                    uri.required.extend(name.map(|(_, name)| (name.to_lowercase(), reference)));
                }
                _ => {}
            }
        }
        uri
    }
}
