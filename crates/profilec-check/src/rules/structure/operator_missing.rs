//! `api:if` that compares without saying how.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(operator_missing);

fn operator_missing(cx: &mut Cx<'_>, statement: &Statement) {
    let (Some(KeywordId::If), Some(value)) = (statement.id(), statement.param("value")) else { return };
    let has = |name: &str| statement.param(name).is_some();
    // An unknown attribute may be the misspelt operator; that finding comes first.
    let may_be_misspelt = statement.params.iter().any(|param| param.parameter.is_none());
    if has("operator") || has("exp") || !has("attr") || may_be_misspelt {
        return;
    }
    let edits =
        vec![Edit { span: Span::at(value.name.span.start()), text: "operator=\"equals\" ".to_owned() }];
    cx.report(
        Diagnostic::new(
            &codes::structure::operator_missing,
            format!("`{}` compares without `operator`", statement.name.node),
            Label::new(value.name.span, "taken for equality"),
        )
        .help("write `operator=\"equals\"`")
        .fix(Fix::safe("write `operator=\"equals\"`", edits)),
    );
}
