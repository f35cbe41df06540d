//! A column without a type.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Column, Info};
use profilec_vocabulary::closest;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(type_missing);

fn type_missing(cx: &mut Cx<'_>, info: &Info) {
    for column in info.columns.iter().filter(|column| !has_type(column)) {
        let name = column.name().map_or("", |name| name.as_str().trim());
        if name.is_empty() {
            continue;
        }
        let place = Span::at(column.tag.span.end());
        cx.report(
            Diagnostic::new(
                &codes::column::type_missing,
                format!("column `{name}` has no type"),
                Label::new(column.tag.span, "read as text"),
            )
            .help("add `xs:type=\"string\"`, or the type that its values have")
            .fix(Fix::safe(
                "say that it is text",
                vec![Edit { span: place, text: " xs:type=\"string\"".to_owned() }],
            )),
        );
    }
}

/// Whether it has a type, or an attribute that was meant as one and is reported as that.
fn has_type(column: &Column) -> bool {
    let names = column.attributes.iter().map(|attribute| attribute.name.node.local.as_str());
    names.filter(|name| name.len() > 2).any(|name| closest(name, ["type"]).is_some())
}
