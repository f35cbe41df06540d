//! Text that nothing reads: between statements, or beside a `value`.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(stray_text);

/// One finding for an element, at the first line that is not blank.
fn stray_text(cx: &mut Cx<'_>, statement: &Statement) {
    // What an unknown element may hold is not known, and markup in a value is text itself.
    let Some(id) = statement.id() else { return };
    let in_text = cx.parents.iter().any(|parent| parent.id().is_none_or(KeywordId::takes_text));
    let Some(text) = &statement.text else { return };
    // The body of a `set` is its value, where it has no other.
    let value = statement.param("value").filter(|_| matches!(id, KeywordId::Set | KeywordId::SetC));
    if (id.takes_text() && value.is_none()) || in_text || statement.name.span.is_empty() {
        return;
    }
    // The start of a tag that is cut off reads as text.
    if cx.document().truncated {
        return;
    }
    let written = text.text.as_str();
    if written.trim().is_empty() {
        return;
    }
    let start = written.len() - written.trim_start().len();
    let line = written[start..].lines().next().unwrap_or_default().trim_end();
    let new = |label: &str| {
        Diagnostic::new(
            &codes::structure::stray_text,
            format!("nothing reads this text in `{}`", statement.name.node),
            Label::new(text.text.span_of(start..start + line.len()), label),
        )
    };
    cx.report(match value {
        Some(value) => new("stands beside a `value`")
            .label(Label::new(value.name.span, "what is set"))
            .help("keep one of the two: the attribute or the text"),
        None => new("stands between statements").help("make it a comment, `<!-- … -->`, or remove it"),
    });
}
