//! A constant that is no boolean word where one belongs: never true.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Info, Statement};
use profilec_vocabulary::{Evidence, KeywordId, Kind, Support, boolean_word, column_attribute};

use crate::cx::{Cx, Rule};

/// Attributes of keywords.
pub(crate) const RULE: Rule = Rule::Statement(parameters);
/// What is set for operations.
pub(crate) const INPUTS: Rule = Rule::Document(inputs);
/// Attributes of columns and inputs.
pub(crate) const IN_INFO: Rule = Rule::Info(in_info);

fn parameters(cx: &mut Cx<'_>, statement: &Statement) {
    let name = &statement.name.node;
    for param in &statement.params {
        if param.parameter.is_none_or(|known| known.kind != Kind::Boolean) {
            continue;
        }
        if param.value.as_literal().is_none_or(|written| !is_no_boolean(written)) {
            continue;
        }
        let help = if statement.id() == Some(KeywordId::Check) {
            format!("write `{}:equals` to compare, or leave `value` out to ask for any value", name.prefix)
        } else {
            "write `true` or `false`".to_owned()
        };
        let what = format!("the `{}` of `{name}`", param.name.node);
        cx.report(finding(&what, param.value.span(), help));
    }
}

fn inputs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets() {
        let Some(input) = names.input_of(site).filter(|input| input.parameter.kind == Kind::Boolean) else {
            continue;
        };
        // How CSV is laid out is refused, as the run does.
        let is_layout = site.is("IncludeColumnHeaders");
        if is_layout || site.literal.as_deref().is_none_or(|written| !is_no_boolean(written)) {
            continue;
        }
        let what = format!("the value of `{}`", input.parameter.name);
        cx.report(finding(&what, site.value_span(), "write `TRUE` or `FALSE`".to_owned()));
    }
}

fn in_info(cx: &mut Cx<'_>, info: &Info) {
    let columns = info.columns.iter().chain(&info.outputs).map(|column| &column.attributes);
    for attribute in columns.chain(info.inputs.iter().map(|input| &input.attributes)).flatten() {
        let name = &attribute.name.node.local;
        let is_switch = column_attribute(name).is_some_and(|known| {
            let parameter = &known.parameter;
            let has_meaning =
                parameter.support == Support::Runs || parameter.evidence == Evidence::Documented;
            parameter.kind == Kind::Boolean && has_meaning
        });
        let Some(value) = attribute.value.as_ref().filter(|_| is_switch) else { continue };
        if is_no_boolean(value.as_str()) {
            cx.report(finding(
                &format!("the value of `{name}`"),
                value.span(),
                "write `true` or `false`".to_owned(),
            ));
        }
    }
}

fn is_no_boolean(written: &str) -> bool {
    !written.trim().is_empty() && boolean_word(written).is_none()
}

fn finding(what: &str, span: Span, help: String) -> Diagnostic {
    let message = format!("{what} is no boolean word");
    Diagnostic::new(&codes::structure::not_a_boolean, message, Label::new(span, "never true")).help(help)
}
