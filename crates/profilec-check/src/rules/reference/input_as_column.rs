//! A parameter that is declared as a column, as was usual before inputs could be declared.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::{Column, Document};

use crate::cx::{Cx, Rule};
use crate::names::{bare, is_like_marker, is_marker};

pub(crate) const RULE: Rule = Rule::Document(input_as_column);

fn input_as_column<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let Some(info) = &document.info else { return };
    // Where no column has a path, names lead to the values.
    if names.sets_unknown_names() || info.columns.iter().all(|column| column.path().is_none()) {
        return;
    }
    let read: HashSet<String> = names.reads().iter().map(|read| bare(read.name)).collect();
    for column in &info.columns {
        let Some(name) = column.name().filter(|_| column.path().is_none() && column.filter().is_none())
        else {
            continue;
        };
        let own = bare(name.as_str());
        if !read.contains(&format!("_input.{own}"))
            || is_marker(&own)
            || is_like_marker(&own)
            || names.sets_name_of(&own)
            || names.maps(&own)
        {
            continue;
        }
        if cx.values().input(&own).is_some() {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::reference::input_as_column,
            format!("`{}` is a parameter, but is declared as a column", name.as_str().trim()),
            Label::new(name.span(), "has no path, and is read as an input"),
        )
        .help(format!("declare it as `<input name=\"{}\"/>`", name.as_str().trim()));
        cx.report(match rename_tag(column) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// Makes an `input` of an `attr` that closes itself.
pub(crate) fn rename_tag(column: &Column) -> Option<Fix> {
    // Behind the last value stand its quote and `/>`; an end tag would be longer.
    let last = column.attributes.last()?.value.as_ref()?.span().end();
    let closes_itself = column.span.end().saturating_sub(last) < 8;
    closes_itself
        .then(|| Fix::risky("write `input`", vec![Edit { span: column.tag.span, text: "input".to_owned() }]))
}
