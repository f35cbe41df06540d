//! `{name}` in a URI that no column or input fills.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Text};

use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(placeholder_unfilled);

fn placeholder_unfilled<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let filters: Vec<String> = document
        .info
        .iter()
        .flat_map(|info| {
            let columns = info.all_columns().filter_map(|column| column.filter());
            columns.chain(info.inputs.iter().filter_map(|input| input.filter()))
        })
        .map(|filter| filter.as_str().to_lowercase())
        .collect();
    let uris = cx.names().sets().iter().filter(|site| site.method != Method::Write && site.is("URI"));
    for text in uris.filter_map(|site| site.value).map(|value| &value.text) {
        for (name, range) in placeholders(text) {
            let filled = format!("{{{}}}", name.to_lowercase());
            if filters.iter().any(|filter| filter.contains(&filled)) {
                continue;
            }
            let bare = name.strip_prefix("_input.").unwrap_or(name);
            cx.report(
                Diagnostic::new(
                    &codes::request::placeholder_unfilled,
                    format!("nothing fills `{{{name}}}` in the URI"),
                    Label::new(text.span_of(range), "sent as it stands"),
                )
                .help(format!(
                    "write `[_input.{bare}]`, or declare `<input name=\"{bare}\" other:filter=\"{{{name}}}\"/>`"
                )),
            );
        }
    }
}

/// Each `{name}` and where it stands; `${name}` is another mistake.
fn placeholders(text: &Text) -> Vec<(&str, std::ops::Range<usize>)> {
    let all = text.as_str();
    let mut found = Vec::new();
    for (start, _) in all.match_indices('{') {
        let Some(inner) =
            all[start + 1..].split('}').next().filter(|inner| start + 1 + inner.len() < all.len())
        else {
            continue;
        };
        let is_name = inner.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if is_name && !all[..start].ends_with('$') {
            found.push((inner, start..start + inner.len() + 2));
        }
    }
    found
}
