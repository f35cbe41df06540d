//! `CustomUrlParams` that begin with a separator, or say what the URL says.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::Document;

use super::url::{flattened, parameters};
use crate::cx::{Cx, Method, Rule};
use crate::flow::Given;

pub(crate) const RULE: Rule = Rule::Document(leading_separator);
pub(crate) const REPEATED: Rule = Rule::Document(repeated);

fn leading_separator<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.setters("CustomUrlParams") {
        let Some(text) = site.value.map(|value| &value.text) else { continue };
        let all = text.as_str();
        let start = all.len() - all.trim_start().len();
        let rest = &all[start..];
        let length = rest.len() - rest.trim_start_matches(['?', '&']).len();
        if length == 0 {
            continue;
        }
        let span = text.span_of(start..start + length);
        cx.report(
            Diagnostic::new(
                &codes::request::leading_separator,
                format!("`CustomUrlParams` begins with `{}`", &rest[..length]),
                Label::new(span, "is put in where the parameters are added"),
            )
            .help("begin with the first parameter: `a=1&b=2`")
            .fix(Fix::safe("remove it", vec![Edit { span, text: String::new() }])),
        );
    }
}

fn repeated<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let flow = cx.flow();
    let mut found: Vec<(String, Span, Span)> = Vec::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        let custom = call.input("customurlparams").and_then(|custom| flow.only_place(custom));
        let Some(Given::Template(custom)) = custom.map(|place| place.value) else { continue };
        let text = custom.text.as_str();
        let uri = ["uri", "url"].into_iter().find_map(|name| call.input(name));
        let Some(Given::Template(uri)) = uri.and_then(|uri| flow.only_place(uri)).map(|place| place.value)
        else {
            continue;
        };
        let present: HashSet<String> =
            parameters(&flattened(cx, uri)).into_iter().map(|parameter| parameter.name).collect();
        let mut at = 0;
        for pair in text.split('&') {
            let name = pair.split('=').next().unwrap_or_default();
            let lead = name.len() - name.trim_start_matches(['?', ' ']).len();
            let bare = name[lead..].trim_end();
            if !bare.is_empty() && present.contains(bare) {
                let span = custom.text.span_of(at + lead..at + lead + bare.len());
                found.push((bare.to_owned(), span, uri.span()));
            }
            at += pair.len() + 1;
        }
    }
    found.sort_by_key(|(_, span, _)| *span);
    found.dedup_by_key(|(_, span, _)| *span);
    for (name, span, uri) in found {
        cx.report(
            Diagnostic::new(
                &codes::request::parameter_repeated,
                format!("`{name}` of `CustomUrlParams` is not sent: the URL has it"),
                Label::new(span, "left out"),
            )
            .label(Label::new(uri, "has it already"))
            .help("keep one of the two"),
        );
    }
}
