//! What belongs to a loop, outside every loop.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{KeywordId, is_in_loop};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(loop_missing);

fn loop_missing(cx: &mut Cx<'_>, statement: &Statement) {
    let (span, what) = match statement.id() {
        Some(KeywordId::Break | KeywordId::Continue | KeywordId::First | KeywordId::Last) => {
            (statement.name.span, statement.name.node.to_string())
        }
        _ => match statement.param("action").filter(|param| param.parameter.is_some()) {
            Some(action) => (action.name.span, action.name.node.to_string()),
            None => return,
        },
    };
    if is_in_loop(cx.parents.iter().map(|parent| parent.id())) {
        return;
    }
    cx.refuse(
        Diagnostic::new(
            &codes::structure::loop_missing,
            format!("`{what}` stands outside every loop"),
            Label::new(span, "belongs to no iteration"),
        )
        .help("put it inside an `api:call` or `api:enum`"),
    );
}
