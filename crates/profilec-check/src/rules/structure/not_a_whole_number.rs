//! A constant that is no whole number where one belongs.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Info, Statement};
use profilec_vocabulary::{Kind, Support, column_attribute};

use crate::cx::{Cx, Rule};

/// Attributes of keywords.
pub(crate) const RULE: Rule = Rule::Statement(parameters);
/// What is set for operations.
pub(crate) const INPUTS: Rule = Rule::Document(inputs);
/// Attributes of columns.
pub(crate) const IN_INFO: Rule = Rule::Info(in_info);

/// Inputs whose value may end in `;start`.
const WITH_START: [&str; 2] = ["PageNumberParam", "PageOffsetParam"];

fn parameters(cx: &mut Cx<'_>, statement: &Statement) {
    for param in &statement.params {
        let is_number = param.parameter.is_some_and(|known| known.kind == Kind::Integer);
        if is_number && param.value.as_literal().is_some_and(is_no_number) {
            let what = format!("the `{}` of `{}`", param.name.node, statement.name.node);
            cx.report(finding(&what, param.value.span()));
        }
    }
}

fn inputs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets() {
        let is_number = names.input_of(site).is_some_and(|input| {
            let is_read = matches!(input.parameter.support, Support::Runs | Support::Ignored);
            input.parameter.kind == Kind::Integer && is_read
        });
        let Some(written) = site.literal.as_deref() else { continue };
        if is_number && is_no_number(written) {
            cx.report(finding(&format!("the value of `{}`", site.attribute()), site.value_span()));
        }
        let start = written.split_once(';').filter(|_| WITH_START.iter().any(|name| site.is(name)));
        if start.is_some_and(|(_, start)| is_no_number(start)) {
            cx.report(finding(&format!("the start in `{}`", site.attribute()), site.value_span()));
        }
    }
}

fn in_info(cx: &mut Cx<'_>, info: &Info) {
    let columns = info.columns.iter().chain(&info.outputs).flat_map(|column| &column.attributes);
    for attribute in columns {
        let name = &attribute.name.node.local;
        let is_number = column_attribute(name).is_some_and(|known| {
            known.parameter.kind == Kind::Integer && known.parameter.support == Support::Runs
        });
        let Some(value) = attribute.value.as_ref().filter(|_| is_number) else { continue };
        if is_no_number(value.as_str()) {
            cx.report(finding(&format!("the value of `{name}`"), value.span()));
        }
    }
}

fn is_no_number(written: &str) -> bool {
    let written = written.trim();
    let digits = written.strip_prefix('-').unwrap_or(written);
    !written.is_empty() && (digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn finding(what: &str, span: Span) -> Diagnostic {
    let message = format!("{what} is no whole number");
    Diagnostic::new(&codes::structure::not_a_whole_number, message, Label::new(span, "needs digits alone"))
        .help("write the number without unit, point or separators")
}
