//! A condition that names its attribute in brackets, and so tests the attribute that the value names.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::{Part, Statement};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};
use crate::names::literal_name;

pub(crate) const RULE: Rule = Rule::Statement(name_in_brackets);

fn name_in_brackets(cx: &mut Cx<'_>, statement: &Statement) {
    let is_condition = statement.id().is_some_and(KeywordId::is_conditional);
    let Some(attr) = statement.value("attr").filter(|_| is_condition) else { return };
    let [Part::Reference(reference)] = attr.parts.as_slice() else { return };
    let Some((name, _)) = literal_name(reference).filter(|_| reference.pipeline.is_empty()) else { return };
    // The value of a loop is often a name.
    if name.is_empty() || name.to_ascii_lowercase().ends_with("_value") {
        return;
    }
    cx.report(
        Diagnostic::new(
            &codes::structure::name_in_brackets,
            format!("`{}` tests the attribute that `{name}` names, not `{name}`", statement.name.node),
            Label::new(attr.span(), "in brackets it is the value"),
        )
        .help(format!("write `{name}` without brackets"))
        .fix(Fix::risky(format!("write `{name}`"), vec![Edit { span: attr.span(), text: name.to_owned() }])),
    );
}
