//! A call of an operation that nobody knows.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{OPERATIONS, operation};

use crate::cx::{Cx, Rule};
use crate::names::CallSite;
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Statement(unknown_operation);

fn unknown_operation(cx: &mut Cx<'_>, statement: &Statement) {
    let Some(call) = CallSite::new(statement, cx.method) else { return };
    let Some(name) = call.name() else { return };
    if operation(name).is_some() || is_script(name) {
        return;
    }
    let text = &call.op.text;
    // The name alone, when what stands after it is decoded or computed.
    let start = text.as_str().find(name).unwrap_or_default();
    let span = if name.is_empty() { text.span() } else { text.span_of(start..start + name.len()) };
    let finding = Diagnostic::new(
        &codes::structure::unknown_operation,
        format!("unknown operation `{name}`"),
        Label::new(span, "no operation has this name"),
    );
    let finding = did_you_mean(finding, name, span, OPERATIONS.iter().map(|operation| operation.name));
    cx.refuse(match finding.help {
        Some(_) => finding,
        None => finding.help("JSON over HTTP is read by `jsonproviderGet`"),
    });
}

/// Another script file, or a URL: known to the language, and not supported yet.
pub(crate) fn is_script(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["rsb", "rsd"].iter().any(|known| known.eq_ignore_ascii_case(ending)) || name.contains("://")
}
