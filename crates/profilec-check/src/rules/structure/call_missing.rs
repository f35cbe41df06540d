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
    if names.reads_unknown_names() || info.columns.iter().filter_map(|column| column.name()).any(is_made) {
        return;
    }
    let Some(push) = only_push(script) else { return };
    cx.report(
        Diagnostic::new(
            &codes::structure::call_missing,
            "nothing in this profile asks for rows",
            Label::new(push.name.span, "emits a row without a value"),
        )
        .help("put it into an `<api:call op=\"jsonproviderGet\">`"),
    );
}

/// The first push that a read runs, when blocks, sets and pushes are all that there is, and conditions without pushes:
/// anything else may make rows, or is what is wrong.
fn only_push(script: &Statement) -> Option<&Statement> {
    let mut pushes = Vec::new();
    is_plain(script, Method::Any, &mut pushes).then_some(())?;
    pushes.into_iter().next()
}

fn is_plain<'a>(statement: &'a Statement, outer: Method, pushes: &mut Vec<&'a Statement>) -> bool {
    let method = outer.within(statement);
    if method == Method::Write {
        return true;
    }
    match statement.id() {
        Some(KeywordId::Set) => statement.param("attr").is_some() && statement.body.is_empty(),
        Some(KeywordId::Push) => {
            pushes.push(statement);
            statement.params.is_empty() && statement.body.is_empty()
        }
        Some(KeywordId::Include) if statement.included.is_none() => false,
        Some(KeywordId::Script | KeywordId::Include) => {
            statement.body.iter().all(|child| is_plain(child, method, pushes))
        }
        Some(id) if id.is_conditional() || id == KeywordId::Else => {
            // An action leaves out what follows.
            let before = pushes.len();
            statement.param("action").is_none()
                && statement.body.iter().all(|child| is_plain(child, method, pushes))
                && pushes.len() == before
        }
        _ => false,
    }
}
