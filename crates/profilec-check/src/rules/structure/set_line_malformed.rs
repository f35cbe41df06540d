//! A line of `setm` that sets nothing.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(set_line_malformed);

fn set_line_malformed(cx: &mut Cx<'_>, statement: &Statement) {
    if statement.id() != Some(KeywordId::SetM) {
        return;
    }
    let Some(text) = statement.text.as_ref().map(|body| &body.text) else { return };
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let written = line.trim();
        let sets = line.split_once('=').is_some_and(|(name, _)| !name.trim().is_empty());
        if sets || written.is_empty() {
            continue;
        }
        cx.refuse(
            Diagnostic::new(
                &codes::structure::set_line_malformed,
                format!("`{written}` sets nothing"),
                Label::new(text.span_of(start..start + written.len()), "not of the form `name = value`"),
            )
            .help(format!("write one `name = value` a line in `{}`", statement.name.node)),
        );
    }
}
