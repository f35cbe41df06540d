//! The next page is known, but paging is off: only the first page is read.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::only_in_write_block::misplaced;
use super::{companions, pagers};
use crate::cx::{Cx, Rule};
use crate::names::SetSite;

pub(crate) const RULE: Rule = Rule::Document(not_enabled);

fn not_enabled<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    if misplaced(names).is_some() {
        return;
    }
    let Some(pager) = pagers(names).next().or_else(|| companions(names).next()) else { return };
    // Anything but a literal "no" may turn it on.
    let off = |site: &SetSite<'_>| site.switch() == Some(false);
    let mut switches = names.setters("EnablePaging");
    let switch = switches.next();
    if names.sets_unknown_names()
        || switch.is_some_and(|first| !off(first))
        || switches.any(|site| !off(site))
    {
        return;
    }
    let is_misspelt_switch = |guess: &str| guess.eq_ignore_ascii_case("EnablePaging");
    if names.misspelt().map(|(_, near)| near).any(is_misspelt_switch) {
        return;
    }
    let name = if pager.is("ElementMapName") { "rows@next" } else { &pager.spelling };
    let finding = Diagnostic::new(
        &codes::paging::not_enabled,
        format!("`{name}` is set, but paging is not on: only the first page is read"),
        Label::new(pager.span, "this never leads to a second page"),
    );
    let finding = match switch {
        Some(switch) => finding.label(Label::new(switch.span, "turned off here")),
        None => finding,
    };
    cx.report(finding.help("set `EnablePaging` to `TRUE` before the call"));
}
