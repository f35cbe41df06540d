//! `catch` and `finally` where nothing is guarded.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(catch_misplaced);

fn catch_misplaced(cx: &mut Cx<'_>, statement: &Statement) {
    if !matches!(statement.id(), Some(KeywordId::Catch | KeywordId::Finally)) {
        return;
    }
    // What cannot have a body of elements at all is refused as a whole.
    let guards = |parent: &&Statement| parent.id().is_some_and(KeywordId::has_body);
    let Some(parent) = cx.parent().filter(|parent| !guards(parent)) else { return };
    let name = &statement.name;
    cx.refuse(
        Diagnostic::new(
            &codes::structure::catch_misplaced,
            format!("`{}` guards nothing here", name.node),
            Label::new(name.span, format!("`{}` has no statements that can fail", parent.name.node)),
        )
        .help("put it directly inside the `api:try`, call, loop, conditional or script that it guards"),
    );
}
