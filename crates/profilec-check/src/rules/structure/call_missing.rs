//! Rows are emitted, and nothing asks for any.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Statement, Text};
use profilec_vocabulary::KeywordId;

use super::root_not_script::root_is_script;
use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(call_missing);

fn call_missing<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let Some(script) = document.script.as_ref().filter(|_| root_is_script(document)) else { return };
    let Some(info) = &document.info else { return };
    if document.is_partial()
        || document.is_procedure()
        || names.sets_unknown_names()
        || names.calls().iter().any(|call| call.method != Method::Write)
    {
        return;
    }
    // The script may make the rows itself.
    let is_made = |name: &Text| names.sets_name_of(name.as_str());
    let makes_values = names.sets().iter().any(|site| site.known().is_none()) || names.reads_unknown_names();
    if makes_values || info.columns.iter().filter_map(|column| column.name()).any(is_made) {
        return;
    }
    let Some(push) = only_push(script, Method::Any) else { return };
    cx.report(
        Diagnostic::new(
            &codes::structure::call_missing,
            "nothing in this profile asks for rows",
            Label::new(push.name.span, "emits a row without a value"),
        )
        .help("put it into an `<api:call op=\"jsonproviderGet\">`"),
    );
}

/// The first push that a read runs, when blocks, sets and pushes are all that there is: anything else may make rows,
/// or is what is wrong.
fn only_push(statement: &Statement, method: Method) -> Option<&Statement> {
    let inner = method.within(statement);
    let is_plain = |child: &Statement| {
        let method = inner.within(child);
        method == Method::Write
            || match child.id() {
                Some(KeywordId::Set) => child.param("attr").is_some() && child.body.is_empty(),
                Some(KeywordId::Push) => child.params.is_empty() && child.body.is_empty(),
                Some(KeywordId::Script) => true,
                _ => false,
            }
    };
    if inner == Method::Write || !statement.body.iter().all(is_plain) {
        return None;
    }
    statement.body.iter().find_map(|child| match child.id() {
        Some(KeywordId::Push) => Some(child),
        Some(KeywordId::Script) => only_push(child, inner),
        _ => None,
    })
}
