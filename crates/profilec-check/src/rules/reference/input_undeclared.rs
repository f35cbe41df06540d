//! The script reads an input that `api:info` does not declare.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Rule};
use crate::names::{bare, is_like_marker};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Document(input_undeclared);

/// Once for each name: more reads of it have the same cause.
fn input_undeclared<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let mut seen = HashSet::new();
    let read: HashSet<String> =
        names.reads().iter().filter_map(|read| input_name(read.name)).map(bare).collect();
    let inputs = document.info.iter().flat_map(|info| &info.inputs).filter_map(|input| input.name());
    let unread: Vec<&str> =
        inputs.map(|input| input.as_str().trim()).filter(|input| !read.contains(&bare(input))).collect();
    for read in names.reads() {
        let Some(name) = input_name(read.name) else { continue };
        if names.is_input(name) || is_like_marker(name) || !seen.insert(bare(name)) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::reference::input_undeclared,
            format!("input `{name}` is read, but not declared"),
            Label::new(read.reference.source_span, "`api:info` has no such input"),
        );
        let finding = if let Some(near) = cx.near(finding.code, name, || unread.iter().copied()) {
            let mut finding = suggest(finding, &near, read.reference.source_span, false);
            if let Some(edit) = finding.fixes.first_mut().and_then(|fix| fix.edits.first_mut()) {
                edit.text.insert_str(0, "_input.");
            }
            finding.severity = Severity::Warning;
            finding
        } else {
            finding.help(format!("add `<input name=\"{name}\"/>` to `api:info`"))
        };
        cx.report(finding);
    }
}

/// `site` in `_input.site`.
fn input_name(reference: &str) -> Option<&str> {
    let (item, name) = reference.split_once('.')?;
    item.eq_ignore_ascii_case("_input").then_some(name)
}
