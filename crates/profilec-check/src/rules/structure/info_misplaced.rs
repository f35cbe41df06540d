//! `api:info` where it declares nothing, or behind what it is the head of.

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::{Document, Info, Statement};
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

/// Inside another element.
pub(crate) const RULE: Rule = Rule::Statement(nested);
/// Behind other statements.
pub(crate) const ORDER: Rule = Rule::Document(order);

fn nested(cx: &mut Cx<'_>, statement: &Statement) {
    // Beside another one it is repeated, which is a finding of its own.
    if statement.id() != Some(KeywordId::Info) || own_info(cx.document()).is_some() {
        return;
    }
    // In an unknown element, that is the cause.
    let Some(parent) = cx.parent().filter(|parent| parent.keyword.is_some()) else { return };
    cx.refuse(
        Diagnostic::new(
            &codes::structure::info_misplaced,
            format!("`{}` stands inside `{}`", statement.name.node, parent.name.node),
            Label::new(statement.name.span, "declares nothing here"),
        )
        .help("put it directly into the root, before everything else"),
    );
}

/// The one that stands in the file itself; that of an included file stands in another text.
pub(super) fn own_info(document: &Document) -> Option<&Info> {
    let script = document.script.as_ref()?;
    document.info.as_ref().filter(|info| script.span.contains(info.span))
}

fn order<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let (Some(info), Some(script)) = (own_info(document), &document.script) else { return };
    let is_before = |statement: &&Statement| {
        statement.keyword.is_some()
            && statement.included.is_none()
            && statement.span.end() <= info.span.start()
    };
    let Some(first) = script.body.first().filter(is_before) else { return };
    let mut finding = Diagnostic::new(
        &codes::structure::info_misplaced,
        format!("`{}` is not the first in the script", info.name.node),
        Label::new(info.name.span, "read all the same"),
    )
    .label(Label::new(first.name.span, "stands before it"))
    .help("put it before everything else, where editors of profiles look for it");
    finding.severity = Severity::Info;
    cx.report(finding);
}
