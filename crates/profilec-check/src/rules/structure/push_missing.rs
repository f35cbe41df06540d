//! The GET path emits no rows.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

use super::root_not_script::root_is_script;
use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(push_missing);

fn push_missing<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let Some(script) = document.script.as_ref().filter(|_| root_is_script(document)) else { return };
    // An unknown keyword may be the misspelt `push`; that finding comes first.
    let settles = |statement: &Statement| statement.keyword.is_none() || is(statement, KeywordId::Push);
    if document.is_partial() || document.is_procedure() || find(script, Method::Any, &settles).is_some() {
        return;
    }
    let culprit = find(script, Method::Any, &|statement| is(statement, KeywordId::Call))
        .or_else(|| script.body.iter().find(|child| Method::Any.within(child) == Method::Get));
    let Some(culprit) = culprit else { return };
    cx.refuse(
        Diagnostic::new(
            &codes::structure::push_missing,
            "nothing in this profile emits rows",
            Label::new(culprit.name.span, "has no `api:push` in it"),
        )
        .help("write `<api:push/>` inside the `api:call`"),
    );
}

fn is(statement: &Statement, keyword: KeywordId) -> bool {
    statement.id() == Some(keyword)
}

/// The first statement that a read runs and that passes the test.
fn find<'a>(
    statement: &'a Statement,
    method: Method,
    test: &dyn Fn(&Statement) -> bool,
) -> Option<&'a Statement> {
    let inner = method.within(statement);
    if inner == Method::Write {
        return None;
    }
    if test(statement) {
        return Some(statement);
    }
    statement.body.iter().find_map(|child| find(child, inner, test))
}
