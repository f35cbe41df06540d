//! `api:check` of a constant that is no boolean word: never true.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(not_a_boolean);

const WORDS: [&str; 6] = ["true", "false", "yes", "no", "1", "0"];

fn not_a_boolean(cx: &mut Cx<'_>, statement: &Statement) {
    let (Some(KeywordId::Check), Some(value)) = (statement.id(), statement.value("value")) else { return };
    let Some(written) = value.as_literal().map(str::trim) else { return };
    if WORDS.iter().any(|word| word.eq_ignore_ascii_case(written)) {
        return;
    }
    let name = &statement.name.node;
    let prefix = &name.prefix;
    cx.report(
        Diagnostic::new(
            &codes::structure::not_a_boolean,
            format!("the `value` of `{name}` is no boolean word"),
            Label::new(value.span(), "never true"),
        )
        .help(format!("write `{prefix}:equals` to compare, or leave `value` out to ask for any value")),
    );
}
