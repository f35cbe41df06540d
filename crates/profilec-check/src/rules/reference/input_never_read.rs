//! A declared input that nothing reads.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::{column_attribute, operation_input};

use crate::cx::{Cx, Rule};
use crate::names::{bare, is_like_marker, is_marker};

/// Each input is held against each misspelt name.
const MAX_MISSPELT: usize = 100;

pub(crate) const RULE: Rule = Rule::Document(input_never_read);

fn input_never_read<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let Some(info) = &document.info else { return };
    if document.is_partial() || names.reads_unknown_names() || names.sets_unknown_names() {
        return;
    }
    if document.script.as_ref().is_some_and(hands_inputs_on) {
        return;
    }
    // A read of an undeclared name that is like an input's is told where it stands.
    let misspelt: HashSet<String> = names
        .reads()
        .iter()
        .filter_map(|read| read.name.split_once('.').filter(|(item, _)| item.eq_ignore_ascii_case("_input")))
        .filter(|(_, name)| !names.is_input(name))
        .map(|(_, name)| bare(name))
        .collect();
    let mut mentioned = HashSet::new();
    if let Some(script) = &document.script {
        named_in_text(script, &mut mentioned);
    }
    for input in &info.inputs {
        let Some(name) = input.name() else { continue };
        let own = bare(name.as_str());
        if own.is_empty()
            || own.contains('*')
            || is_marker(&own)
            || is_like_marker(&own)
            || mentioned.contains(&own)
            || input.filter().is_some()
            // A misspelt attribute may be the filter.
            || input.attributes.iter().any(|attribute| column_attribute(&attribute.name.node.local).is_none())
            || names.reads_name_of(&own)
            || cx.values().column(&own).is_some()
            || operation_input(&own).is_some()
        {
            continue;
        }
        // Many misspelt names are mended first.
        let near = |other: &String| profilec_vocabulary::closest(other, [own.as_str()]).is_some();
        if misspelt.len() > MAX_MISSPELT || misspelt.iter().any(near) {
            continue;
        }
        let edits = vec![Edit { span: input.span, text: String::new() }];
        cx.report(
            Diagnostic::new(
                &codes::reference::input_never_read,
                format!("input `{}` is never read", name.as_str().trim()),
                Label::new(name.span(), "its value changes nothing"),
            )
            .help(format!("read it, `[_input.{}]`, or remove it", name.as_str().trim()))
            .fix(Fix::risky("remove the input", edits).of_elements()),
        );
    }
}

/// Names behind `_input.` and `{` in texts: what stands in a broken reference or an unfilled placeholder is told there.
fn named_in_text(node: &Statement, names: &mut HashSet<String>) {
    for template in node.params.iter().map(|param| &param.value).chain(&node.text) {
        let text = template.text.as_str().to_lowercase();
        for lead in ["_input.", "{"] {
            for (at, _) in text.match_indices(lead) {
                let name = &text[at + lead.len()..];
                let end =
                    name.find(|c: char| !(c.is_alphanumeric() || "_-@.".contains(c))).unwrap_or(name.len());
                names.insert(name[..end].to_owned());
            }
        }
    }
    for child in &node.body {
        named_in_text(child, names);
    }
}

/// Whether the inputs as a whole go to an operation, whose table of inputs may be its own.
fn hands_inputs_on(node: &Statement) -> bool {
    let names = ["in", "item"].into_iter().filter_map(|name| node.value(name));
    let is_input = |item: &Template| {
        item.as_literal()
            .is_none_or(|items| items.split(',').any(|item| item.trim().eq_ignore_ascii_case("_input")))
    };
    names.into_iter().any(is_input) || node.body.iter().any(hands_inputs_on)
}
