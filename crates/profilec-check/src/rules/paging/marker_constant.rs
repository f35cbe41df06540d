//! The marker is the same after every page: the second page is the last.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Statement, Template};
use profilec_vocabulary::KeywordId;

use super::may_be_on;
use crate::cx::{Cx, Method, Rule};
use crate::flow::Kind;
use crate::names::is_marker;
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Statement(marker_constant);

fn marker_constant<'a>(cx: &mut Cx<'a>, node: &'a Statement) {
    if !matches!(node.id(), Some(KeywordId::Set | KeywordId::SetC)) || cx.method == Method::Write {
        return;
    }
    let Some(attr) = node.value("attr") else { return };
    let is_set = attr.as_literal().is_some_and(|name| is_marker(&name.trim().to_lowercase()));
    let in_call = cx.parents.iter().any(|parent| parent.id() == Some(KeywordId::Call));
    // The names of the whole profile are gone through for the few that are.
    if !is_set || !in_call {
        return;
    }
    let names = cx.names();
    // Several may take turns.
    let is_only = names.marker_setters().nth(1).is_none();
    if !is_only || names.sets_unknown_names() || !may_be_on(names) {
        return;
    }
    let Some(value) = node.value("value").or(node.text.as_ref()) else { return };
    // The name of a variable is meant as its value, whatever the conditions say.
    let forgotten =
        value.as_literal().map(str::trim).filter(|text| names.sets_name_of(text) || names.maps(text));
    if value.as_literal().is_some_and(|text| text.trim().is_empty())
        || !cx.values().is_same_on_all_pages(value)
        || (forgotten.is_none() && cx.parents.iter().any(|parent| may_tell_pages_apart(cx, parent)))
    {
        return;
    }
    let name = attr.as_literal().unwrap_or_default().trim();
    let finding = Diagnostic::new(
        &codes::paging::marker_constant,
        format!("`{name}` is the same after every page: paging stops after the second"),
        Label::new(value.span(), "does not depend on the page"),
    );
    cx.report(match forgotten {
        Some(variable) => suggest(finding, &format!("[{variable}]"), value.span(), false),
        None => finding.help("compute it from the current marker, `[page | add(1)]` with `page` set from `[rows@next | def('1')]`, or from the response"),
    });
}

/// A condition may hold on the first page alone: then two pages are meant. One about the response does not say so.
fn may_tell_pages_apart<'a>(cx: &Cx<'a>, parent: &'a Statement) -> bool {
    match parent.id() {
        Some(KeywordId::Select | KeywordId::First | KeywordId::Last | KeywordId::Enum) => true,
        Some(id) if id.is_conditional() => {
            let attr = parent.value("attr").and_then(Template::as_literal);
            let is_mapped =
                attr.is_some_and(|attr| cx.names().maps(attr) || cx.values().column(attr).is_some());
            let mut references = parent.params.iter().flat_map(|param| param.value.references());
            let about_response = references
                .all(|reference| matches!(cx.values().kind(reference), Kind::Mapped | Kind::Column));
            !(is_mapped && about_response)
        }
        _ => false,
    }
}
