//! A column that neither a path nor the script fills, but for its name.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Column, Document};
use profilec_vocabulary::{OperationId, ResponseFormat, closest};

use crate::cx::{Cx, Method, Rule};
use crate::names::{bare, is_like_marker, is_marker};

pub(crate) const RULE: Rule = Rule::Document(path_missing);

fn path_missing<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    // In CSV a field has the name of its column.
    let mut reads = names.calls().iter().filter(|call| call.method != Method::Write).peekable();
    let reads_rows = reads.peek().is_some();
    let reads_trees = reads.all(|call| {
        call.operation().is_some_and(|operation| {
            matches!(operation.id, OperationId::FetchRows(ResponseFormat::Json | ResponseFormat::Xml))
        })
    });
    let Some(info) = document.info.as_ref().filter(|_| reads_rows && reads_trees) else {
        return;
    };
    // What is copied from item to item may be any column. Where no column has a path, names lead to the values.
    if document.is_partial()
        || names.sets_unknown_names()
        || names.reads_unknown_names()
        || !info.columns.iter().any(has_path)
    {
        return;
    }
    // A name that the script meant to set is told there.
    let meant: HashSet<String> = names.misspelt().map(|(_, near)| near.to_lowercase()).collect();
    for column in info.columns.iter().filter(|column| !has_path(column)) {
        let Some(name) = column.name().map(|name| name.as_str().trim()).filter(|name| !name.is_empty())
        else {
            continue;
        };
        // What the script sets is filled; what it takes as an input, and a filter, are for the request.
        if meant.contains(&name.to_lowercase())
            || names.sets_name_of(name)
            || names.maps(name)
            || names.reads_input(name)
            || column.filter().is_some()
            || is_marker(&bare(name))
            || is_like_marker(name)
            || is_of_response(name)
        {
            continue;
        }
        let step = name.replace('.', "/");
        let text = format!(" other:xPath=\"{step}\"");
        let finding = Diagnostic::new(
            &codes::column::path_missing,
            format!("column `{name}` has no path"),
            Label::new(column.tag.span, "filled only if the rows have a member of this name"),
        )
        .help(format!("add `other:xPath=\"{step}\"`, or the path that its values have"));
        let is_plain = step.chars().all(|c| c.is_alphanumeric() || "_-/".contains(c));
        cx.report(if is_plain {
            let edit = Edit { span: Span::at(column.tag.span.end()), text };
            finding.fix(Fix::safe("write the path that is read now", vec![edit]))
        } else {
            finding
        });
    }
}

/// Whether an attribute of this name tells of the answer itself: its status, a header.
fn is_of_response(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("header:") || name.starts_with("http:")
}

/// Whether it has a path, or an attribute that was meant as one and is reported as that.
fn has_path(column: &Column) -> bool {
    let mut names = column.attributes.iter().map(|attribute| attribute.name.node.local.as_str());
    names.clone().any(|name| name.eq_ignore_ascii_case("xpath"))
        || names.any(|name| name.len() > 3 && closest(name, ["xpath", "path"]).is_some())
}
