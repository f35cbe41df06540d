//! A constant that is no whole number where one belongs.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::{Kind, Support};

use crate::cx::{Cx, Rule};

/// Attributes of keywords.
pub(crate) const RULE: Rule = Rule::Statement(parameters);
/// What is set for operations.
pub(crate) const INPUTS: Rule = Rule::Document(inputs);

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
        if is_number && site.literal.as_deref().is_some_and(is_no_number) {
            cx.report(finding(&format!("the value of `{}`", site.attribute()), site.value_span()));
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
