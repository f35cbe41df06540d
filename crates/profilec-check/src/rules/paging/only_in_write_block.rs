//! Paging that is set only where writes run.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::PAGERS;
use crate::cx::{Cx, Method, Rule};
use crate::names::{CallSite, Names, SetSite};

pub(crate) const RULE: Rule = Rule::Document(only_in_write_block);

fn only_in_write_block<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let Some(site) = misplaced(names) else { return };
    let name = if site.is("ElementMapName") { "rows@next" } else { site.attribute() };
    cx.report(
        Diagnostic::new(
            &codes::paging::only_in_write_block,
            format!("`{name}` is set only in a block that writes run"),
            Label::new(site.span, "no read comes by here"),
        )
        .help("set it in the block for GET, or outside all blocks"),
    );
}

/// The first place of the half of paging that the reading path lacks.
pub(crate) fn misplaced<'n, 'a>(names: &'n Names<'a>) -> Option<&'n SetSite<'a>> {
    if names.sets_unknown_names() || !names.calls().iter().any(|call| call.method != Method::Write) {
        return None;
    }
    let is_switch = |site: &SetSite<'_>| site.is("EnablePaging");
    let is_pager = |site: &SetSite<'_>| site.gives_marker() || PAGERS.iter().any(|pager| site.is(pager));
    let only_in_writes = |is: &dyn Fn(&SetSite<'_>) -> bool| {
        let mut sites = names.sets().iter().filter(|site| is(site));
        let first = sites.next()?;
        (first.method == Method::Write && sites.all(|site| site.method == Method::Write)).then_some(first)
    };
    if names.calls().iter().any(CallSite::gives_marker) {
        return only_in_writes(&is_switch);
    }
    let (switch, pager) = (only_in_writes(&is_switch), only_in_writes(&is_pager));
    let reads_switch = names.setters("EnablePaging").any(|site| site.switch() != Some(false));
    match (switch, pager) {
        (Some(switch), Some(pager)) => Some(if switch.span < pager.span { switch } else { pager }),
        // The other half says that reads are meant to page.
        (Some(switch), None) => super::pagers(names).next().map(|_| switch),
        (None, Some(pager)) => reads_switch.then_some(pager),
        (None, None) => None,
    }
}
