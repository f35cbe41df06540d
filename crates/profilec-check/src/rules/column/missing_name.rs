//! A column or input without a name.

use profilec_diagnostics::{Diagnostic, Label, Spanned, codes};
use profilec_syntax::{Info, PrefixedName, Text};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(missing_name);

fn missing_name(cx: &mut Cx<'_>, info: &Info) {
    for column in info.columns.iter().chain(&info.outputs) {
        unnamed(cx, &column.tag, column.name());
    }
    for input in &info.inputs {
        unnamed(cx, &input.tag, input.name());
    }
}

fn unnamed(cx: &mut Cx<'_>, tag: &Spanned<PrefixedName>, name: Option<&Text>) {
    if name.is_some_and(|name| !name.as_str().trim().is_empty()) {
        return;
    }
    let message = format!("this `{}` has no name", tag.node);
    cx.report(
        Diagnostic::new(&codes::column::missing_name, message, Label::new(tag.span, "needs `name`"))
            .help("add `name=\"…\"`: nothing can be read into it without one"),
    );
}
