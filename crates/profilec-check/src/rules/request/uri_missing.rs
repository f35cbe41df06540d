//! Rows are asked for, but nothing says where.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Template};

use crate::cx::{Cx, Method, Rule};
use crate::flow::CallView;
use crate::names::{CallSite, Names};

pub(crate) const RULE: Rule = Rule::Document(uri_missing);

fn uri_missing<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let is_uri = |guess: &str| {
        profilec_vocabulary::operation_input(guess).is_some_and(|known| known.parameter.is("URI"))
    };
    if names.sets_unknown_names() || names.misspelt().map(|(_, near)| near).any(is_uri) {
        return;
    }
    let calls = cx.flow().calls().iter().filter(|call| is_without(names, call));
    let sites = calls.filter_map(|call| CallSite::new(call.statement, call.method));
    let sites: Vec<CallSite<'a>> = sites.filter(|site| site.format().is_some()).collect();
    let first = names.setters("URI").next().map(|site| site.span);
    let is_asked = cx.flow().calls().iter().any(|call| call.method != Method::Write && has_uri(call));
    let help = "set `URI` before the call, or pass the connection option `URI`";
    let Some(set) = first else {
        if let Some(site) = sites.first() {
            let label = Label::new(site.op.span(), "needs `URI`");
            let message = "nothing says which URL to ask";
            cx.report(Diagnostic::new(&codes::request::uri_missing, message, label).help(help));
        }
        return;
    };
    for site in sites {
        let (span, message) = (site.op.span(), "nothing says which URL this call asks");
        let finding =
            Diagnostic::new(&codes::request::uri_missing, message, Label::new(span, "no `URI` reaches it"));
        let finding = if set > span && !is_asked {
            finding.label(Label::new(set, "set here, after the call"))
        } else {
            finding
        };
        cx.report(finding.help(help));
    }
}

/// Whether no URL reaches a call of the GET path, in an item whose attributes are all known.
fn is_without(names: &Names<'_>, call: &CallView<'_>) -> bool {
    let item = call.statement.value("in").or_else(|| call.statement.value("item")).map(Template::as_literal);
    let is_known = match item {
        Some(Some(items)) => !items.split(',').any(|item| names.is_open_item(item)),
        Some(None) => false,
        None => true,
    };
    call.method != Method::Write && is_known && !has_uri(call)
}

fn has_uri(call: &CallView<'_>) -> bool {
    ["uri", "url"].into_iter().any(|name| call.input(name).is_some())
}
