//! A constant that is no boolean word where one belongs: never true.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Statement, Template};
use profilec_vocabulary::{KeywordId, boolean_word};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(not_a_boolean);

/// Set names that turn something on.
const SWITCHES: [&str; 3] = ["EnablePaging", "encodepostdata", "ignorecontenttype"];

fn not_a_boolean(cx: &mut Cx<'_>, statement: &Statement) {
    let Some(value) = statement.value("value").filter(|value| is_no_boolean(value)) else { return };
    let name = &statement.name.node;
    let (what, help) = match statement.id() {
        Some(KeywordId::Check) => {
            let help = "to compare, or leave `value` out to ask for any value";
            (format!("the `value` of `{name}`"), format!("write `{}:equals` {help}", name.prefix))
        }
        Some(KeywordId::Set) => match switch(statement) {
            Some(switch) => (format!("the value of `{switch}`"), "write `TRUE` or `FALSE`".to_owned()),
            None => return,
        },
        _ => return,
    };
    let label = Label::new(value.span(), "never true");
    let message = format!("{what} is no boolean word");
    cx.report(Diagnostic::new(&codes::structure::not_a_boolean, message, label).help(help));
}

fn is_no_boolean(value: &Template) -> bool {
    value.as_literal().is_some_and(|written| !written.trim().is_empty() && boolean_word(written).is_none())
}

fn switch(set: &Statement) -> Option<&'static str> {
    let attribute = set.value("attr")?.as_literal()?.trim();
    SWITCHES.into_iter().find(|switch| switch.eq_ignore_ascii_case(attribute))
}
