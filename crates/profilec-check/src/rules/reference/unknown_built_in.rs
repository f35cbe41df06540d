//! A name that starts with `_`, as those that are there by themselves do, and is none of them.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;
use profilec_vocabulary::{BUILT_IN_ITEMS, CONTROL_ATTRIBUTES, built_in_item, control_attribute};

use crate::cx::{Cx, Rule};
use crate::names::Names;
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Document(unknown_built_in);

fn unknown_built_in<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let code = &codes::reference::unknown_built_in;
    let names = cx.names();
    for read in names.reads() {
        let item = read.name.split_once('.');
        let first = item.map_or(read.name, |(item, _)| item);
        if !is_unknown_built_in(names, read.name) {
            continue;
        }
        let near = match item {
            Some(_) => cx.near(code, first, || {
                let items = BUILT_IN_ITEMS.iter().map(|item| item.name.trim_end_matches('#'));
                items.filter(|name| name.len() > 1)
            }),
            None => cx.near(code, first, || CONTROL_ATTRIBUTES.iter().map(|attribute| attribute.name)),
        };
        // A name that may come from elsewhere is told only when it is close to one that is known.
        if near.is_none() && names.sets_unknown_names() {
            continue;
        }
        // In a name with entities the places of its parts are not known here.
        let whole = read.reference.source_span;
        let is_plain = whole.len() as usize == read.name.len();
        let length = u32::try_from(first.len()).unwrap_or(u32::MAX);
        let part = whole.narrow(0..length).filter(|_| is_plain);
        let (kind, label) = match item {
            Some(_) => ("item", "neither made by the script nor there by itself"),
            None => ("attribute", "neither set nor added by a keyword"),
        };
        let label = Label::new(part.unwrap_or(whole), label);
        let finding = Diagnostic::new(code, format!("there is no {kind} `{first}`"), label);
        cx.report(match (near, item) {
            (Some(near), Some((_, name))) if part.is_none() => {
                suggest(finding, &format!("{near}.{name}"), whole, false)
            }
            (Some(near), _) => suggest(finding, &near, part.unwrap_or(whole), false),
            (None, _) => finding.help(
                "names with `_` in front belong to the language; set the name without it, and read that",
            ),
        });
    }
}

/// Whether a name starts as those that are there by themselves do, and is none of them.
pub(super) fn is_unknown_built_in(names: &Names<'_>, name: &str) -> bool {
    let item = name.split_once('.');
    let first = item.map_or(name, |(item, _)| item);
    let is_known = match item {
        Some(_) => built_in_item(first).is_some() || names.makes_item(first),
        None => control_attribute(first).is_some() || built_in_item(first).is_some() || names.makes(first),
    };
    first.starts_with('_') && !is_known && !first.contains(['*', ':'])
}
