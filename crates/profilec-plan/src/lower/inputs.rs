//! Inputs, and what the script reads of them and of the connection.

use std::collections::{BTreeSet, HashSet};

use profilec_diagnostics::Span;
use profilec_syntax::Document;

use super::columns::placeholder;
use crate::walk::{self, Access};
use crate::{Block, Input};

pub(crate) fn inputs(document: &Document, body: &Block) -> Vec<Input> {
    let read = reads_of(body, "_input");
    let mut seen = HashSet::new();
    let mut inputs = Vec::new();
    for input in document.info.iter().flat_map(|info| &info.inputs) {
        let Some(name) = input.name() else { continue };
        let lower = name.as_str().to_lowercase();
        if !seen.insert(lower.clone()) {
            continue;
        }
        let values = input.values().map(profilec_syntax::Text::as_str).unwrap_or_default();
        inputs.push(Input {
            name: name.as_str().to_owned(),
            default: input.default().map(|text| text.as_str().to_owned()),
            required: input.is_required(),
            values: values
                .split(',')
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .collect(),
            filter: input.filter().and_then(placeholder),
            origin: name.span(),
            read_at: read.iter().find(|(name, _)| *name == lower).map(|(_, span)| *span),
        });
    }
    inputs
}

/// The literal names that are read of an item; computed ones are not known before the run.
pub(crate) fn names_read(body: &Block, item: &str) -> BTreeSet<String> {
    reads_of(body, item).into_iter().map(|(name, _)| name).collect()
}

fn reads_of(body: &Block, item: &str) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    walk::statements(body, &mut |statement, _| {
        walk::reads(&statement.kind, &mut |read| {
            let Some(attribute) = read.attribute else { return };
            let access = Access::new(read.item, attribute);
            if access.item.as_deref() == Some(item) {
                found.extend(access.attribute.map(|name| (name, read.span)));
            }
        });
    });
    found
}
