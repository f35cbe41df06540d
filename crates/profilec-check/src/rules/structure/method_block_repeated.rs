//! Two blocks for one method: only the first runs.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(method_block_repeated);

fn method_block_repeated<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let mut seen: Vec<(String, Span)> = Vec::new();
    let mut blocks = Vec::new();
    if let Some(script) = &document.script {
        collect(script, &mut blocks);
    }
    for value in blocks.into_iter().filter_map(|block| block.value("method")) {
        let methods = value.text.as_str().split(',').map(|method| method.trim().to_ascii_uppercase());
        for method in methods.filter(|method| !method.is_empty()) {
            let Some((_, first)) = seen.iter().find(|(known, _)| *known == method) else {
                seen.push((method, value.span()));
                continue;
            };
            if *first == value.span() {
                continue;
            }
            cx.report(
                Diagnostic::new(
                    &codes::structure::method_block_repeated,
                    format!("there are two blocks for {method}"),
                    Label::new(value.span(), "this one never runs"),
                )
                .label(Label::new(*first, "the first one does"))
                .help("merge the two, or remove one"),
            );
        }
    }
}

/// The blocks at the root, those of the files that it includes among them.
fn collect<'a>(root: &'a Statement, blocks: &mut Vec<&'a Statement>) {
    for child in &root.body {
        match child.id() {
            Some(KeywordId::Script) => blocks.push(child),
            Some(KeywordId::Include) => collect(child, blocks),
            _ => {}
        }
    }
}
