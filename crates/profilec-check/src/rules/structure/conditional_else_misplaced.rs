//! `else` outside a conditional, `case` and `default` outside `select`.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};
use crate::rules::is_meant_as_keyword;

pub(crate) const RULE: Rule = Rule::Statement(conditional_else_misplaced);

fn conditional_else_misplaced(cx: &mut Cx<'_>, statement: &Statement) {
    let parent = cx.parent().and_then(Statement::id);
    let (belongs, help) = match statement.id() {
        Some(KeywordId::Else) => (
            parent.is_some_and(KeywordId::is_conditional),
            "put it directly inside the conditional whose other branch it is",
        ),
        Some(KeywordId::Case | KeywordId::Default) => {
            (parent == Some(KeywordId::Select), "put it directly inside an `api:select`")
        }
        _ => return,
    };
    // In a misspelt element, that is the cause.
    let is_misspelt = |parent: &Statement| parent.keyword.is_none() && is_meant_as_keyword(parent);
    if belongs || cx.parent().is_some_and(is_misspelt) {
        return;
    }
    let name = &statement.name;
    let label = match cx.parent() {
        Some(parent) => format!("`{}` has no branches of this kind", parent.name.node),
        None => "stands alone".to_owned(),
    };
    cx.refuse(
        Diagnostic::new(
            &codes::structure::conditional_else_misplaced,
            format!("`{}` belongs to no conditional here", name.node),
            Label::new(name.span, label),
        )
        .help(help),
    );
}
