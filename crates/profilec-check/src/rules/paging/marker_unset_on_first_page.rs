//! The marker is read without a default where the first page is asked for.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Template;

use crate::cx::{Cx, Method, Rule};
use crate::flow::Kind;
use crate::names::literal_name;
use crate::rules::reference::never_set::{asks_for_null, provides_for_absence};

pub(crate) const RULE: Rule = Rule::Template(marker_unset_on_first_page);

fn marker_unset_on_first_page<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    let values = cx.values();
    if cx.method == Method::Write || cx.names().sets_unknown_names() || asks_for_null(cx, template) {
        return;
    }
    if values.input("rows@next").is_some_and(|input| input.default().is_some()) {
        return;
    }
    for reference in template.references() {
        let Some((name, span)) = literal_name(reference) else { continue };
        // In a branch, another test may have seen to it that this is not the first page.
        let is_missing =
            cx.flow().reaching(reference).is_some_and(|reaching| reaching.is_nothing() && !reaching.branched);
        if !is_missing || provides_for_absence(reference) || !matches!(values.kind(reference), Kind::Marker) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::paging::marker_unset_on_first_page,
            format!("`{name}` has no value on the first page"),
            Label::new(span, "read before a page has set it"),
        )
        .help(format!(
            "give the first page's value, `[{name} | def('1')]`, or read it inside `api:check attr=\"{name}\"`"
        ));
        cx.report_first("rows@next", finding, "and read here");
    }
}
