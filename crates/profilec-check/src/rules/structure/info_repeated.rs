//! A second `api:info`: only the first counts.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use super::info_misplaced::own_info;
use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(info_repeated);

fn info_repeated(cx: &mut Cx<'_>, statement: &Statement) {
    if statement.id() != Some(KeywordId::Info) {
        return;
    }
    let Some(first) = own_info(cx.document()) else { return };
    if first.name.span == statement.name.span {
        return;
    }
    let first = first.name.span;
    cx.report(
        Diagnostic::new(
            &codes::structure::info_repeated,
            "`api:info` is there twice",
            Label::new(statement.name.span, "what it declares is not used"),
        )
        .label(Label::new(first, "the first one counts"))
        .help("move its columns and inputs into the first"),
    );
}
