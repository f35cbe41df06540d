//! Written patterns and ranges that cannot be read.

use profilec_syntax::{Statement, parse_range, parse_regex};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(argument_type);

/// Computed ones show when they run.
fn argument_type(cx: &mut Cx<'_>, node: &Statement) {
    let (how, pattern) = match node.id() {
        Some(KeywordId::Match) => ("type", "pattern"),
        Some(KeywordId::Case) => ("match", "value"),
        Some(KeywordId::Enum) => {
            let range = node.value("range").filter(|_| node.value("list").is_none());
            if let Some((range, text)) = range.and_then(|range| Some((range, range.as_literal()?)))
                && let Err(finding) = parse_range(text, range.span())
            {
                cx.report(finding.help("write `1..5` or `a..e`"));
            }
            return;
        }
        _ => return,
    };
    let is_regex = node.value(how).and_then(|how| how.as_literal());
    if !is_regex.is_some_and(|how| how.trim().eq_ignore_ascii_case("regex")) {
        return;
    }
    let Some(pattern) = node.value(pattern) else { return };
    if let Some(text) = pattern.as_literal()
        && let Err(finding) = parse_regex(text, pattern.span())
    {
        cx.report(finding);
    }
}
