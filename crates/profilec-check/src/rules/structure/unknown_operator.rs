//! A comparison that `api:if` does not have.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{KeywordId, Kind};

use crate::cx::{Cx, Rule};
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Statement(unknown_operator);

fn unknown_operator(cx: &mut Cx<'_>, statement: &Statement) {
    if statement.id() != Some(KeywordId::If) {
        return;
    }
    let Some(param) = statement.param("operator") else { return };
    let (value, kind) = (&param.value, param.parameter.map(|known| known.kind));
    let Some(words) = kind.and_then(Kind::words) else { return };
    let Some(written) = value.as_literal().map(str::trim) else { return };
    if words.iter().any(|known| known.eq_ignore_ascii_case(written)) {
        return;
    }
    let finding = Diagnostic::new(
        &codes::structure::unknown_operator,
        format!("unknown operator `{written}`"),
        Label::new(value.span(), "`api:if` has no such operator"),
    );
    let finding = did_you_mean(finding, written, value.span(), words.iter().copied());
    cx.refuse(match finding.help {
        Some(_) => finding,
        None => finding.help(format!("write one of `{}`", words.join("`, `"))),
    });
}
