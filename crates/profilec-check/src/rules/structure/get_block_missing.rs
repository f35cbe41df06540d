//! Nothing in the profile reads rows.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

use super::root_not_script::root_is_script;
use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(get_block_missing);

fn get_block_missing<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let Some(script) = document.script.as_ref().filter(|_| root_is_script(document)) else { return };
    // A misspelt method is the cause, and is reported there.
    if document.is_partial()
        || document.is_procedure()
        || reads_rows(script, Method::Any)
        || script.body.iter().any(has_misspelt_method)
    {
        return;
    }
    let block = script.body.iter().find(|child| child.id() == Some(KeywordId::Script));
    let finding = Diagnostic::new(
        &codes::structure::get_block_missing,
        "nothing in this profile reads rows",
        Label::new(script.name.span, "has neither a block for GET nor a push outside all blocks"),
    );
    cx.refuse(match block.and_then(|block| block.value("method")) {
        // The block's method names the kind of query, not the verb that is sent.
        Some(method) => finding
            .label(Label::new(method.span(), "only writes run this block"))
            .help("a read that is sent as POST is a block with `method=\"GET\"` that sets the attribute `method` to `POST`"),
        None => finding.help("add `<api:script method=\"GET\">` with a call and a push in it"),
    });
}

/// Whether a block is for a method that there is none of.
fn has_misspelt_method(block: &Statement) -> bool {
    let Some(param) = block.param("method").filter(|param| param.value.as_literal().is_some()) else {
        return false;
    };
    let mut words = param.value.text.as_str().split(',').map(str::trim).filter(|word| !word.is_empty());
    words.any(|word| param.parameter.is_some_and(|known| known.kind.word(word).is_none()))
}

fn reads_rows(statement: &Statement, method: Method) -> bool {
    let inner = method.within(statement);
    (inner == Method::Get && method != Method::Get)
        || (statement.id() == Some(KeywordId::Push) && method != Method::Write)
        || statement.body.iter().any(|child| reads_rows(child, inner))
}
