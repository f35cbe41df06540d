//! How `rows@next` is declared: as an input, not as a column.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Info};

use super::may_be_on;
use crate::cx::{Cx, Rule};
use crate::names::{bare, is_like_marker, is_marker};
use crate::rules::reference::input_as_column::rename_tag;

/// As a column.
pub(crate) const COLUMN: Rule = Rule::Info(column);
/// Not at all.
pub(crate) const UNDECLARED: Rule = Rule::Document(undeclared);

fn column<'a>(cx: &mut Cx<'a>, info: &'a Info) {
    for column in &info.columns {
        let Some(name) = column.name().filter(|name| is_marker(&bare(name.as_str()))) else { continue };
        let finding = Diagnostic::new(
            &codes::paging::marker_is_column,
            format!("`{}` is declared as a column", name.as_str().trim()),
            Label::new(name.span(), "every row has it as a value"),
        )
        .help("declare it as `<input name=\"rows@next\"/>`: it belongs to the paging, not to the rows");
        cx.report(match rename_tag(column) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

fn undeclared<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let Some(info) = &document.info else { return };
    if !may_be_on(names) || names.marker_setters().next().is_none() {
        return;
    }
    let declared = info.inputs.iter().filter_map(|input| input.name());
    let columns = info.columns.iter().filter_map(|column| column.name());
    let is_declared = declared
        .chain(columns)
        .map(|name| bare(name.as_str()))
        .any(|name| is_marker(&name) || is_like_marker(&name));
    if is_declared {
        return;
    }
    let place = info.inputs.last().map(|input| input.span).or(info.columns.last().map(|column| column.span));
    let finding = Diagnostic::new(
        &codes::paging::marker_undeclared,
        "`rows@next` is not declared as an input",
        Label::new(info.name.span, "has no `input` of this name"),
    )
    .help("add `<input name=\"rows@next\"/>`: editors of profiles expect it, engines do not need it");
    cx.report(match place {
        Some(place) => finding.fix(
            Fix::risky(
                "declare it",
                vec![Edit { span: Span::at(place.end()), text: "\n<input name=\"rows@next\"/>".to_owned() }],
            )
            .of_elements(),
        ),
        None => finding,
    });
}
