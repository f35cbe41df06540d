//! The script reads an input that `api:info` does not declare.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Rule};
use crate::names::{bare, is_like_marker, part};
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
        let whole = read.reference.source_span;
        let finding = |span| {
            let message = format!("input `{name}` is read, but not declared");
            let label = Label::new(span, "`api:info` has no such input");
            Diagnostic::new(&codes::reference::input_undeclared, message, label)
        };
        let near = cx.near(&codes::reference::input_undeclared, name, || unread.iter().copied());
        let finding = match near {
            // The item is right, and stays.
            Some(near) => {
                let own = part(whole, read.name, name);
                let text = if own == whole { format!("_input.{near}") } else { near };
                let mut finding = suggest(finding(own), &text, own, false);
                finding.severity = Severity::Warning;
                finding
            }
            None => finding(whole).help(format!("add `<input name=\"{name}\"/>` to `api:info`")),
        };
        cx.report(finding);
    }
}

/// `site` in `_input.site`.
fn input_name(reference: &str) -> Option<&str> {
    let (item, name) = reference.split_once('.')?;
    item.eq_ignore_ascii_case("_input").then_some(name)
}
