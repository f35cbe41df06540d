//! A keyword without an attribute that it needs.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{KeywordId, closest};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(parameter_missing);

fn parameter_missing(cx: &mut Cx<'_>, statement: &Statement) {
    for missing in missing(statement) {
        // A misspelt attribute is the cause, and is reported there.
        let unknown = statement.params.iter().filter(|param| param.parameter.is_none());
        if unknown
            .map(|param| &param.name.node.local)
            .any(|name| closest(name, missing.iter().copied()).is_some())
        {
            continue;
        }
        let names: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
        let (last, rest) = names.split_last().map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
        let names = if rest.is_empty() { last.to_owned() } else { format!("{} or {last}", rest.join(", ")) };
        let example = missing.first().copied().unwrap_or_default();
        cx.refuse(
            Diagnostic::new(
                &codes::structure::parameter_missing,
                format!("`{}` lacks {names}", statement.name.node),
                Label::new(statement.name.span, format!("needs {names}")),
            )
            .help(format!("add `{example}=\"…\"`")),
        );
    }
}

/// Each list: one of these must be there, and none is.
pub(super) fn missing(statement: &Statement) -> Vec<Vec<&'static str>> {
    let Some(keyword) = statement.keyword else { return Vec::new() };
    let required = keyword.parameters.iter().filter(|parameter| parameter.required);
    let mut lists: Vec<Vec<&'static str>> = required.map(|parameter| vec![parameter.name]).collect();
    match keyword.id {
        KeywordId::Set => lists.push(vec!["attr", "copyfrom"]),
        KeywordId::SetC => lists.push(vec!["attr"]),
        KeywordId::Unset => lists.push(vec!["attr", "item"]),
        KeywordId::If => lists.push(vec!["exp", "attr"]),
        KeywordId::Enum => lists.push(vec!["list", "range", "attr", "item", "prefix"]),
        _ => {}
    }
    lists.retain(|names| names.iter().all(|name| statement.param(name).is_none()));
    lists
}
