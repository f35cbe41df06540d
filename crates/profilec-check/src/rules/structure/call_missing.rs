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
    let Some(push) = first_push(script, Method::Any) else { return };
    cx.refuse(
        Diagnostic::new(
            &codes::structure::call_missing,
            "nothing in this profile asks for rows",
            Label::new(push.name.span, "emits a row without a value"),
        )
        .help("put it into an `<api:call op=\"jsonproviderGet\">`"),
    );
}

/// The first push that a read runs, once. An unknown keyword may be the misspelt call; that finding comes first.
fn first_push(statement: &Statement, method: Method) -> Option<&Statement> {
    let inner = method.within(statement);
    // A call without an operation is told as that, and a loop makes rows of its own.
    let makes_rows = matches!(statement.id(), Some(KeywordId::Call | KeywordId::Enum));
    if inner == Method::Write || makes_rows || has_unknown(statement) {
        return None;
    }
    if statement.id() == Some(KeywordId::Push) {
        return Some(statement);
    }
    statement.body.iter().find_map(|child| first_push(child, inner))
}

fn has_unknown(statement: &Statement) -> bool {
    statement.keyword.is_none() || statement.body.iter().any(|child| child.keyword.is_none())
}
