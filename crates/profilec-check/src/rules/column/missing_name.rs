//! A column or input without a name.

use profilec_diagnostics::{Diagnostic, Label, Spanned, codes};
use profilec_syntax::{Attribute, Info, PrefixedName, Text};
use profilec_vocabulary::closest;

use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Info(missing_name);

fn missing_name(cx: &mut Cx<'_>, info: &Info) {
    for column in info.columns.iter().chain(&info.outputs) {
        unnamed(cx, &column.tag, &column.attributes, column.name());
    }
    for input in &info.inputs {
        unnamed(cx, &input.tag, &input.attributes, input.name());
    }
}

fn unnamed(cx: &mut Cx<'_>, tag: &Spanned<PrefixedName>, attributes: &[Attribute], name: Option<&Text>) {
    // That a value is missing is said there.
    let has_no_value = |attribute: &Attribute| {
        let name = &attribute.name.node;
        name.prefix.is_empty() && name.local.eq_ignore_ascii_case("name") && attribute.value.is_none()
    };
    if name.is_some_and(|name| !name.as_str().trim().is_empty()) || attributes.iter().any(has_no_value) {
        return;
    }
    let message = format!("this `{}` has no name", tag.node);
    let is_slip = |attribute: &&Attribute| {
        let name = &attribute.name.node;
        name.prefix.is_empty() && name.local != "name" && closest(&name.local, ["name"]).is_some()
    };
    if let Some(misspelt) = attributes.iter().find(is_slip) {
        let (span, written) = (misspelt.name.span, &misspelt.name.node);
        let label = Label::new(span, format!("`{written}` is not `name`"));
        cx.report(suggest(Diagnostic::new(&codes::column::missing_name, message, label), "name", span, true));
        return;
    }
    cx.report(
        Diagnostic::new(&codes::column::missing_name, message, Label::new(tag.span, "needs `name`"))
            .help("add `name=\"…\"`: nothing can be read into it without one"),
    );
}
