//! A reference to what nothing ever sets.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Reference, Template};
use profilec_vocabulary::formatter;

use crate::cx::{Cx, Rule};
use crate::names::literal_name;
use crate::suggest::suggest;

use super::unknown_built_in::is_unknown_built_in;

pub(crate) const RULE: Rule = Rule::Template(never_set);

fn never_set<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    // `[x] == null` asks whether there is a value.
    let is_expression = cx.param.and_then(|param| param.parameter).is_some_and(|known| known.name == "exp");
    if is_expression && template.text.as_str().to_ascii_lowercase().contains("null") {
        return;
    }
    for reference in template.references() {
        let Some((name, span)) = literal_name(reference) else { continue };
        if name.is_empty() || cx.names().may_be_set(name, cx.method) || provides_for_absence(reference) {
            continue;
        }
        // A misspelt name of the language has a code of its own.
        if is_unknown_built_in(cx.names(), name) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::reference::never_set,
            format!("nothing sets `{name}`"),
            Label::new(span, "has no value in any run"),
        );
        let names = cx.names();
        let near = cx.near(finding.code, name, || names.spellings());
        cx.report(match near {
            Some(near) => suggest(finding, &near, span, false),
            None => {
                finding.help(format!("set it before it is read, or give a default: `[{name} | def('…')]`"))
            }
        });
    }
}

/// The first formatter gives a value where there is none. An unknown one is a finding of its own.
fn provides_for_absence(reference: &Reference) -> bool {
    let first = reference.pipeline.first();
    first.is_some_and(|call| formatter(&call.name.node).is_none_or(|known| known.accepts_undefined))
}
