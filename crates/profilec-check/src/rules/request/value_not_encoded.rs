//! Text of an input goes into a URL as it came.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Text};

use super::url::query_values;
use crate::cx::{Cx, Rule};
use crate::flow::{Declared, Kind, is_code};
use crate::names::literal_name;
use crate::rules::paging::marker_not_encoded::encode;

pub(crate) const RULE: Rule = Rule::Document(value_not_encoded);

fn value_not_encoded<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let mut seen = HashSet::new();
    for value in query_values(cx) {
        let chain = cx.values().chain(value.reference);
        let Kind::Input(Some(declared)) = chain.kind else { continue };
        if !chain.is_as_it_came()
            || chain.has_code_for_default()
            || !may_hold_any_text(declared)
            || !seen.insert(chain.first.span)
        {
            continue;
        }
        let Some((name, _)) = literal_name(chain.first) else { continue };
        cx.report(
            Diagnostic::new(
                &codes::request::value_not_encoded,
                format!("`{name}` goes into the URL as it is given"),
                Label::new(chain.first.span, "a `&`, `+` or `#` in it changes the request"),
            )
            .help(format!("write `[{name} | urlencode]`, or declare the input as a number"))
            .fix(encode(value.reference.span)),
        );
    }
}

/// Text, of which neither the allowed values nor the default say that it is harmless.
fn may_hold_any_text(declared: Declared<'_>) -> bool {
    let Some(input) = declared.as_input() else { return false };
    let is_harmless = |values: &Text| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~, ".contains(c);
        values.as_str().chars().all(plain) && !values.as_str().trim().is_empty()
    };
    declared.is_text()
        && !input.values().is_some_and(is_harmless)
        && !input.default().is_some_and(|default| is_code(default.as_str()))
}
