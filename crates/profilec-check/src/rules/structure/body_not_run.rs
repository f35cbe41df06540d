//! Statements inside a keyword that has no body.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId as Id;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(body_not_run);

fn body_not_run(cx: &mut Cx<'_>, statement: &Statement) {
    // What stands in `api:info` has findings of its own.
    let has_no_body = |id: Id| id != Id::Info && !id.has_body();
    if !statement.id().is_some_and(has_no_body) {
        return;
    }
    // Branches and handlers that belong to nothing here, and what is no keyword, have findings of their own.
    let is_told = |id| matches!(id, Id::Catch | Id::Finally | Id::Else | Id::Case | Id::Default);
    let dropped = statement.body.iter().find(|child| child.id().is_some_and(|id| !is_told(id)));
    let Some(dropped) = dropped else { return };
    let (outer, inner) = (&statement.name.node, &dropped.name);
    cx.refuse(
        Diagnostic::new(
            &codes::structure::body_not_run,
            format!("`{outer}` never runs the `{}` in it", inner.node),
            Label::new(inner.span, format!("`{outer}` has no body")),
        )
        .help(format!("put it before or after the `{outer}`")),
    );
}
