//! Two blocks for one method: only the first runs.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(method_block_repeated);

fn method_block_repeated<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let mut seen: Vec<(String, Span)> = Vec::new();
    let blocks = document.script.iter().flat_map(|script| &script.body);
    let blocks = blocks.filter(|block| block.id() == Some(KeywordId::Script));
    for value in blocks.filter_map(|block: &Statement| block.value("method")) {
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
