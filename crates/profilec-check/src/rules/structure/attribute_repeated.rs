//! One attribute under two of its names: only the first is read.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Label, Severity, Spanned, codes};
use profilec_syntax::{Attribute, Info, PrefixedName, Statement, Text};
use profilec_vocabulary::{Kind, Parameter, Support, column_attribute, keyword};

use crate::cx::{Cx, Rule};

/// Attributes of keywords.
pub(crate) const RULE: Rule = Rule::Statement(of_keyword);
/// Attributes of `api:info`, columns and inputs.
pub(crate) const IN_INFO: Rule = Rule::Info(in_info);

/// An attribute with a meaning.
type Given<'a> = (&'static Parameter, &'a Spanned<PrefixedName>, Option<&'a Text>);

fn of_keyword(cx: &mut Cx<'_>, statement: &Statement) {
    let given = statement
        .params
        .iter()
        .filter_map(|param| Some((param.parameter?, &param.name, Some(&param.value.text))));
    for finding in repeated(&statement.name.node, given) {
        if finding.severity == Severity::Error { cx.refuse(finding) } else { cx.report(finding) }
    }
}

fn in_info(cx: &mut Cx<'_>, info: &Info) {
    let columns = info.columns.iter().chain(&info.outputs);
    let columns = columns.map(|column| (&column.tag.node, &column.attributes));
    let inputs = info.inputs.iter().map(|input| (&input.tag.node, &input.attributes));
    let of_column = |name: &str| column_attribute(name).map(|known| &known.parameter);
    let mut findings = of_info(info);
    for (tag, attributes) in columns.chain(inputs) {
        findings.extend(repeated(tag, known(attributes, of_column)));
    }
    for finding in findings {
        if finding.severity == Severity::Error { cx.refuse(finding) } else { cx.report(finding) }
    }
}

fn of_info(info: &Info) -> Vec<Diagnostic> {
    let of_info = |name: &str| keyword("info").and_then(|info| info.parameter(name));
    repeated(&info.name.node, known(&info.attributes, of_info))
}

fn known(
    attributes: &[Attribute],
    find: impl Fn(&str) -> Option<&'static Parameter>,
) -> impl Iterator<Item = Given<'_>> {
    let attributes = attributes.iter().filter(|attribute| attribute.name.node.prefix != "xmlns");
    attributes.filter_map(move |attribute| {
        Some((find(&attribute.name.node.local)?, &attribute.name, attribute.value.as_ref()))
    })
}

fn repeated<'a>(tag: &PrefixedName, given: impl Iterator<Item = Given<'a>>) -> Vec<Diagnostic> {
    let mut seen: HashMap<&str, (&Spanned<PrefixedName>, Option<&Text>)> = HashMap::new();
    let mut findings = Vec::new();
    for (parameter, name, value) in given {
        let Some((first, kept)) = seen.get(parameter.name) else {
            seen.insert(parameter.name, (name, value));
            continue;
        };
        // A repeated name is a fault of the XML, and is reported there.
        if first.node == name.node {
            continue;
        }
        let mut finding = Diagnostic::new(
            &codes::structure::attribute_repeated,
            format!("`{}` of `{tag}` is the same attribute as `{}`", name.node, first.node),
            Label::new(name.span, "nothing reads this one"),
        )
        .label(Label::new(first.span, "the first one counts"))
        .help(format!("keep one of the two, best as `{}`", parameter.name));
        // Only text for people, the same again, or what another program may read is lost.
        let is_other = |name: &Spanned<PrefixedName>| name.node.prefix == "other";
        let is_harmless = *kept == value
            || is_other(first) != is_other(name)
            || parameter.support == Support::Ignored
            || (parameter.kind == Kind::Text && parameter.name == "desc");
        if is_harmless {
            finding.severity = Severity::Warning;
        }
        findings.push(finding);
    }
    findings
}
