//! No `api:info`: no columns.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::{KeywordId, closest};

use super::info_misplaced::own_info;
use super::root_not_script::root_is_script;
use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(info_missing);

fn info_missing<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let Some(script) = document.script.as_ref().filter(|_| root_is_script(document)) else { return };
    // A misspelt or unprefixed `info` is the cause, and is reported there.
    let is_near = |name: &str| name.eq_ignore_ascii_case("info") || closest(name, ["info"]).is_some();
    let stands_in =
        script.body.iter().any(|child| child.keyword.is_none() && is_near(&child.name.node.local))
            || has_nested(script);
    // Included files may declare only inputs.
    let included = document.info.as_ref().filter(|_| own_info(document).is_none());
    let has_columns = included.is_none_or(|info| !info.columns.is_empty() || !info.unknown.is_empty());
    if (document.info.is_some() && has_columns) || document.is_partial() || stands_in {
        return;
    }
    cx.refuse(
        Diagnostic::new(
            &codes::structure::info_missing,
            "this profile declares no columns",
            Label::new(script.name.span, "has no `api:info`"),
        )
        .help("add `<api:info title=\"…\">` with an `attr` for each column"),
    );
}

/// Whether one stands where it declares nothing, which is reported there.
fn has_nested(statement: &Statement) -> bool {
    statement.body.iter().any(|child| child.id() == Some(KeywordId::Info) || has_nested(child))
}
