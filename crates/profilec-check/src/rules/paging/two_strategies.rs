//! Two ways to the next page at once: one of them counts.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::{PAGERS, may_be_on};
use crate::cx::{Cx, Method, Rule};
use crate::names::SetSite;

pub(crate) const RULE: Rule = Rule::Document(two_strategies);

fn two_strategies<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    if names.sets_unknown_names() || !may_be_on(names) {
        return;
    }
    let flow = cx.flow();
    let mut markers: Vec<&SetSite<'_>> = names.marker_setters().collect();
    markers.sort_by_key(|site| site.span);
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        let mut found = Vec::new();
        for name in PAGERS {
            let reaching = call.input(&name.to_lowercase());
            let place = reaching.and_then(|reaching| flow.only_place(reaching));
            let is_empty = reaching
                .and_then(|reaching| cx.values().constant_of(reaching))
                .is_some_and(|text| text.trim().is_empty());
            found.extend(place.filter(|_| !is_empty).map(|place| (name, place.span)));
        }
        // `pageurlpath` wins over `pagetokenpath`, that over a number, that over an offset.
        found.sort_by_key(|(name, _)| ORDER.iter().position(|other| other == name));
        let Some((winner, winner_span)) = found.first().copied() else { continue };
        let whole = call.statement.span;
        let scripted = markers.partition_point(|site| site.span.start() < whole.start());
        let scripted = markers.get(scripted).filter(|site| site.span.end() <= whole.end());
        let scripted = scripted.map(|site| (site.spelling.as_str(), site.span));
        let idle = found.get(1).copied().or(scripted);
        let Some((idle, idle_span)) = idle else { continue };
        cx.report(
            Diagnostic::new(
                &codes::paging::two_strategies,
                format!("`{idle}` does nothing: `{winner}` leads to the next page"),
                Label::new(idle_span, "a second way to the next page"),
            )
            .label(Label::new(winner_span, "the one that counts"))
            .help("keep one of the two"),
        );
        // The others would say the same of the same places.
        return;
    }
}

/// The one before counts.
const ORDER: [&str; 4] = ["pageurlpath", "pagetokenpath", "PageNumberParam", "PageOffsetParam"];
