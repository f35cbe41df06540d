//! Paging is on or meant, but nothing says what the next page is.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::marker_misspelt::any_misspelt;
use super::only_in_write_block::misplaced;
use super::pagers;
use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, is_marker};

pub(crate) const RULE: Rule = Rule::Document(marker_never_set);

fn marker_never_set<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let names = cx.names();
    let by_operation = names.calls().iter().any(CallSite::gives_marker);
    if names.sets_unknown_names()
        || by_operation
        || pagers(names).next().is_some()
        || misplaced(names).is_some()
    {
        return;
    }
    // Half of a pair is told by itself.
    if names.setters("pagetokenparam").next().is_some() {
        return;
    }
    // Where nothing reads rows, that is what is told.
    if !names.calls().is_empty() && names.calls().iter().all(|call| call.method == Method::Write) {
        return;
    }
    // A misspelt `rows@next` or `PageNumberParam` is the cause, and is reported there.
    if names.misspelt().next().is_some() || any_misspelt(names, document) {
        return;
    }
    let code = &codes::paging::marker_never_set;
    if let Some(switch) = names.setters("EnablePaging").find(|site| site.switch() == Some(true)) {
        let label = Label::new(switch.span, "turned on here");
        cx.report(
            Diagnostic::new(code, "paging is on, but nothing says what the next page is", label).help(
                "set `rows@next` inside the call, or one of `PageNumberParam`, `PageOffsetParam`, `pageurlpath`, `pagetokenpath`",
            ),
        );
        return;
    }
    // A procedure pages by its caller.
    if document.is_procedure() || names.setters("EnablePaging").next().is_some() {
        return;
    }
    // That it is declared says nothing: templates of profiles have it, whether there are more pages or not.
    let Some(read) = names.reads().iter().find(|read| is_marker(&read.name.to_lowercase())) else { return };
    cx.report(
        Diagnostic::new(
            code,
            format!("`{}` is read, but nothing sets it", read.name),
            Label::new(read.reference.source_span, "has no value on any page"),
        )
        .help("set `EnablePaging` to `TRUE` and `rows@next` inside the call, or leave it out"),
    );
}
