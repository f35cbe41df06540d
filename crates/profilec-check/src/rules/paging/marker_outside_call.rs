//! The marker is set where no row carries it.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::KeywordId;

use super::may_be_on;
use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, is_marker};

pub(crate) const RULE: Rule = Rule::Document(marker_outside_call);

fn marker_outside_call<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    if names.sets_unknown_names() || !may_be_on(names) || names.calls().iter().any(CallSite::gives_marker) {
        return;
    }
    let mut seen = Seen::default();
    if let Some(script) = &document.script {
        look(script, Method::Any, false, &mut seen);
    }
    // One outside is a fine start when rows carry the others.
    let is_scripted = |span| names.marker_setters().find(|site| site.span == span);
    let Some(site) = seen.outside.and_then(is_scripted).filter(|_| !seen.inside && !seen.pushes) else {
        return;
    };
    cx.report(
        Diagnostic::new(
            &codes::paging::marker_outside_call,
            format!("`{}` is set outside the call, where no row carries it", site.spelling),
            Label::new(site.span, "never leads to a second page"),
        )
        .help("set it inside the `api:call`, before `api:push`, from what the response says"),
    );
}

#[derive(Default)]
struct Seen {
    /// The first place outside of calls that sets the marker.
    outside: Option<profilec_diagnostics::Span>,
    /// Rows carry a marker, or it is mapped.
    inside: bool,
    /// Rows are emitted outside of calls.
    pushes: bool,
}

fn look(node: &Statement, method: Method, in_call: bool, seen: &mut Seen) {
    let method = method.within(node);
    if method == Method::Write {
        return;
    }
    match node.id() {
        Some(KeywordId::Set | KeywordId::SetC) => {
            let attr = node.value("attr");
            let is_set = attr
                .and_then(|attr| attr.as_literal())
                .is_some_and(|name| is_marker(&name.trim().to_lowercase()));
            let span = attr.filter(|_| is_set).map(Template::span);
            seen.inside |= span.is_some() && in_call;
            seen.outside = seen.outside.or(span.filter(|_| !in_call));
        }
        Some(KeywordId::SetM) => {
            let text = node.text.as_ref().map(|text| text.text.as_str().to_lowercase());
            seen.inside |= text.is_some_and(|text| text.contains("rows@next"));
        }
        Some(KeywordId::Push) => seen.pushes |= !in_call,
        _ => {}
    }
    let in_call = in_call || node.id() == Some(KeywordId::Call);
    for child in &node.body {
        look(child, method, in_call, seen);
    }
}
