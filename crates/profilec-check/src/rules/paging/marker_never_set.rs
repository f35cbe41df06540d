//! Paging is on, but nothing says what the next page is.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::pagers;
use crate::cx::{Cx, Rule};
use crate::rules::structure::set_name_misspelt::misspelt;

pub(crate) const RULE: Rule = Rule::Document(marker_never_set);

fn marker_never_set<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let Some(switch) = names.setters("EnablePaging").find(|site| site.switch() == Some(true)) else { return };
    let by_operation = names.calls().iter().any(crate::names::CallSite::gives_marker);
    if names.sets_unknown_names() || by_operation || pagers(names).next().is_some() {
        return;
    }
    // Half of a pair is told by itself.
    if names.setters("pagetokenparam").next().is_some() {
        return;
    }
    // A misspelt `rows@next` or `PageNumberParam` is the cause, and is reported there.
    if names.sets().iter().any(|site| misspelt(names, site).is_some()) {
        return;
    }
    cx.report(
        Diagnostic::new(
            &codes::paging::marker_never_set,
            "paging is on, but nothing says what the next page is",
            Label::new(switch.span, "turned on here"),
        )
        .help("set `rows@next` inside the call, or one of `PageNumberParam`, `PageOffsetParam`, `pageurlpath`, `pagetokenpath`"),
    );
}
