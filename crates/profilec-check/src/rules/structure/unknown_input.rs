//! A pair in an `op` that its operation does not read.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::Document;
use profilec_vocabulary::operation;

use crate::cx::{Cx, Rule};
use crate::names::is_marker;

pub(crate) const RULE: Rule = Rule::Document(unknown_input);

fn unknown_input<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let misspelt: HashSet<Span> = names.misspelt().map(|(site, _)| site.span).collect();
    for site in names.sets() {
        let Some(operation) = site.operation.and_then(operation) else { continue };
        let is_known = site.known().is_some_and(|input| input.is_read_by(operation.id));
        // A slip is a finding of its own; what the script reads is a variable.
        if is_known
            || !operation.support.is_runnable()
            || is_marker(&site.attribute().to_lowercase())
            || names.is_read(site)
            || misspelt.contains(&site.span)
        {
            continue;
        }
        cx.report(
            Diagnostic::new(
                &codes::structure::unknown_parameter,
                format!("`{}` has no input `{}`", operation.name, site.attribute()),
                Label::new(site.span, "has no effect"),
            )
            .help("parameters of the URL belong into `URI`, or into `UrlParamName#1` and `UrlParamValue#1`"),
        );
    }
}
