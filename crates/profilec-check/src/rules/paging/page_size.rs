//! Page sizes that are not sent, that are none, or that differ from what the URL asks.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Part, Template};
use profilec_vocabulary::FormatterId;

use super::{declared_pagers, may_be_on, pagers};
use crate::cx::{Cx, Rule};
use crate::flow::is;
use crate::names::SetSite;
use crate::rules::request::url::{UNKNOWN, asked_uris, flattened, parameters};

/// What is not sent, and sizes that are none.
pub(crate) const RULE: Rule = Rule::Document(unsent);
/// Sizes that contradict each other.
pub(crate) const DIFFERS: Rule = Rule::Document(differs);

/// Parameters that ask for a number of rows.
const SIZES: [&str; 13] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "count",
    "top",
    "maxresults",
    "rows",
    "take",
    "pagelimit",
    "first",
    "resultsperpage",
    "maxrecords",
];
/// Parameters that say how many rows to leave out.
pub(super) const OFFSETS: [&str; 7] =
    ["offset", "skip", "start", "from", "startat", "startindex", "startrow"];

fn unsent<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.setters("PageSize") {
        if site.literal.as_deref().is_some_and(is_zero) {
            let label = Label::new(site.value_span(), "a page of no rows");
            let message = "`PageSize` is 0";
            cx.report(
                Diagnostic::new(&codes::paging::page_size_zero, message, label)
                    .help("write how many rows a page has, or leave it out"),
            );
        }
    }
    if names.sets_unknown_names() {
        return;
    }
    // A pager without the switch is a finding of its own, which says enough.
    let Some(site) = names.setters("PageSizeParam").next() else { return };
    let why = if !may_be_on(names) && pagers(names).next().is_none() {
        "paging is not on"
    } else if declared_pagers(names).next().is_none() && names.marker_setters().next().is_some() {
        "the script pages by itself"
    } else {
        return;
    };
    cx.report(
        Diagnostic::new(
            &codes::paging::size_not_sent,
            format!("`{}` is not sent: {why}", site.attribute()),
            Label::new(site.span, "has no effect"),
        )
        .help("write the parameter into `URI`, or page by `PageNumberParam` or `PageOffsetParam` with `EnablePaging`"),
    );
}

fn differs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    if cx.names().sets_unknown_names() || !may_be_on(cx.names()) {
        return;
    }
    let declared = declared_size(cx);
    let declared_step = declared_step(cx);
    let step = declared_step.or_else(|| scripted_step(cx));
    let mut seen = HashSet::new();
    for asked in asked_uris(cx) {
        if !seen.insert(asked.template.span()) {
            continue;
        }
        let url = flattened(cx, asked.template);
        let parameters = parameters(&url);
        let is_offset = |name: &str| OFFSETS.contains(&bare(name).as_str());
        let pages_by_offset =
            parameters.iter().any(|other| other.value.contains(UNKNOWN) && is_offset(&other.name));
        for parameter in &parameters {
            let Ok(size) = parameter.value.parse::<u64>() else { continue };
            let place = || place(asked.template, &parameter.name, &parameter.value);
            if let Some((name, declared, span)) = &declared
                && parameter.name == *name
                && size != *declared
            {
                cx.report(
                    Diagnostic::new(
                        &codes::paging::page_size_differs,
                        format!("the URL asks for {size} rows a page, `PageSize` for {declared}"),
                        Label::new(place(), "replaced in every request"),
                    )
                    .label(Label::new(*span, "this is sent"))
                    .help("say the size in one place"),
                );
                continue;
            }
            if let Some((step, span)) = step
                && (pages_by_offset || declared_step.is_some())
                && SIZES.contains(&bare(&parameter.name).as_str())
                && step > 1
                && size != step
            {
                let loss = if step > size { "rows between are never read" } else { "rows are read twice" };
                cx.report(
                    Diagnostic::new(
                        &codes::paging::page_size_differs,
                        format!("the offset grows by {step}, but a page has {size} rows"),
                        Label::new(span, loss),
                    )
                    .label(Label::new(place(), "asks for so many"))
                    .help("let the offset grow by the size of a page"),
                );
            }
        }
    }
}

/// The parameter, the size and the place of a size that is sent by itself.
fn declared_size(cx: &Cx<'_>) -> Option<(String, u64, Span)> {
    declared_pagers(cx.names()).next()?;
    let (parameter, size) = (only(cx, "PageSizeParam")?, only(cx, "PageSize")?);
    let number = size.literal.as_deref()?.trim().parse().ok()?;
    Some((parameter.literal.as_deref()?.trim().to_owned(), number, size.value_span()))
}

/// By how much a declared offset grows where the size is not sent by itself, and where that is said.
fn declared_step(cx: &Cx<'_>) -> Option<(u64, Span)> {
    let is_set = |name: &str| cx.names().setters(name).next().is_some();
    let size = only(cx, "PageSize").filter(|_| is_set("PageOffsetParam") && !is_set("PageSizeParam"))?;
    Some((size.literal.as_deref()?.trim().parse().ok()?, size.value_span()))
}

/// The place that sets a name, when there is one alone.
fn only<'n, 'a>(cx: &'n Cx<'a>, name: &str) -> Option<&'n SetSite<'a>> {
    let mut sites = cx.names().setters(name);
    sites.next().filter(|_| sites.next().is_none())
}

/// By how much the script's marker grows, and where that is said.
fn scripted_step<'a>(cx: &Cx<'a>) -> Option<(u64, Span)> {
    let mut setters = cx.names().marker_setters();
    let site: &SetSite<'a> = setters.next().filter(|_| setters.next().is_none())?;
    let [Part::Reference(reference)] = site.value?.parts.as_slice() else { return None };
    let chain = cx.values().chain(reference);
    let mut sums = chain.formatters.iter().filter(|call| is(call, FormatterId::Add));
    let (sum, None) = (sums.next()?, sums.next()) else { return None };
    let argument = sum.arguments.first()?;
    let text = match argument.node.parts.as_slice() {
        [Part::Literal(text)] => text.clone(),
        [Part::Reference(reference)] if reference.pipeline.is_empty() => {
            cx.values().constant_of(cx.flow().reaching(reference)?)?
        }
        _ => return None,
    };
    Some((text.trim().parse().ok()?, argument.span))
}

/// `limit=50` in the template that writes it; else the whole value.
fn place(template: &Template, name: &str, value: &str) -> Span {
    let text = template.text.as_str();
    for lead in ['?', '&'] {
        let needle = format!("{lead}{name}={value}");
        if let Some(at) = text.find(&needle) {
            return template.text.span_of(at + 1..at + needle.len());
        }
    }
    template.span()
}

pub(super) fn bare(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

fn is_zero(text: &str) -> bool {
    text.trim().parse::<u64>() == Ok(0)
}

#[cfg(test)]
mod tests {
    use super::{bare, is_zero};

    #[test]
    fn names_compare_by_their_letters() {
        assert_eq!(bare("$top"), "top");
        assert_eq!(bare("per_page"), "perpage");
        assert!(is_zero(" 0 ") && !is_zero("-1") && !is_zero(""));
    }
}
