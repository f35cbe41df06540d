//! Verb, body and media type that do not go together.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::{KeywordId, OperationId, Verb};

use crate::cx::{Cx, Method, Rule};
use crate::flow::{CallView, Given, Reaching};
use crate::names::CallSite;

pub(crate) const RULE: Rule = Rule::Document(body);

fn body<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    if cx.names().sets_unknown_names() {
        return;
    }
    let mut seen = HashSet::new();
    for call in cx.flow().calls().iter().filter(|call| call.method != Method::Write) {
        let Some(finding) = finding(cx, call).filter(|finding| seen.insert(finding.primary.span)) else {
            continue;
        };
        cx.report(finding);
    }
}

fn finding<'a>(cx: &Cx<'a>, call: &CallView<'a>) -> Option<Diagnostic> {
    let operation = CallSite::new(call.statement, call.method)?.operation()?;
    if !operation.support.is_runnable()
        || !matches!(operation.id, OperationId::FetchRows(_) | OperationId::Http(_))
    {
        return None;
    }
    let is_post_by_itself = matches!(operation.id, OperationId::Http(Verb::Post));
    let method = call.input("method");
    let verb = match method {
        Some(method) => cx.values().constant_of(method)?.trim().to_uppercase(),
        None if is_post_by_itself => "POST".to_owned(),
        None => "GET".to_owned(),
    };
    let data = ["data", "postdata"].into_iter().find_map(|name| call.input(name));
    if verb == "GET" {
        let data = data.filter(|data| data.certain && !is_empty(cx, data))?;
        let span = cx.flow().only_place(data)?.span;
        let label = Label::new(span, "most servers do not read it");
        let finding =
            Diagnostic::new(&codes::request::body_with_get, "this body goes out with a GET request", label);
        return Some(finding.help("set `method` to `POST`, or put the values into the URL"));
    }
    if verb != "POST" {
        return None;
    }
    let Some(data) = data else {
        let has_parameters = call.inputs().any(|(name, _)| name.starts_with("paramname"));
        // A POST whose values all stand in the URL is one on purpose; one that gives no rows may fetch a token.
        let has_url = call.inputs().any(|(name, _)| name.starts_with("urlparam"));
        let span = method.and_then(|method| value_span(cx, method))?;
        let gives_rows = emits(call.statement);
        return (gives_rows && !has_parameters && !has_url).then(|| {
            let label = Label::new(span, "sends nothing");
            Diagnostic::new(&codes::request::body_missing, "a POST request is sent without a body", label)
                .help("set `data`, or `ParamName#1` and `ParamValue#1`; or ask with `GET`")
        });
    };
    untyped(cx, call, data)
}

/// JSON whose media type nobody says.
fn untyped<'a>(cx: &Cx<'a>, call: &CallView<'a>, data: &Reaching) -> Option<Diagnostic> {
    let Given::Template(template) = cx.flow().only_place(data)?.value else { return None };
    let text = template.text.as_str().trim_start();
    let is_json = text.starts_with(['{', '"']) || text.starts_with("\\[");
    let says = |name: &str| {
        name == "contenttype" || name == "customheaders" || name.starts_with("header:content-type")
    };
    let is_header = |name: &str, reaching: &Reaching| {
        let is_name = name.starts_with("header:name");
        is_name
            && cx
                .values()
                .constant_of(reaching)
                .is_none_or(|name| name.trim().eq_ignore_ascii_case("content-type"))
    };
    if !is_json || call.inputs().any(|(name, reaching)| says(name) || is_header(name, reaching)) {
        return None;
    }
    let label = Label::new(cx.flow().only_place(data)?.span, "looks like JSON");
    let message = "nothing says which media type the body has";
    Some(
        Diagnostic::new(&codes::request::content_type_missing, message, label)
            .help("set `ContentType` to `application/json`: other engines may send it as a form"),
    )
}

/// Whether rows of the call itself are emitted, not those of a call within them.
fn emits(statement: &Statement) -> bool {
    let own = statement.body.iter().filter(|child| child.id() != Some(KeywordId::Call));
    statement.id() == Some(KeywordId::Push) || own.into_iter().any(emits)
}

fn is_empty(cx: &Cx<'_>, reaching: &Reaching) -> bool {
    cx.values().constant_of(reaching).is_some_and(|text| text.trim().is_empty())
}

fn value_span(cx: &Cx<'_>, reaching: &Reaching) -> Option<Span> {
    let place = cx.flow().only_place(reaching)?;
    Some(match place.value {
        Given::Template(template) => template.span(),
        _ => place.span,
    })
}
