//! Pages by number or offset in no order that is asked for.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Document, Template};

use super::page_size::{OFFSETS, bare};
use super::{declared_pagers, may_be_on};
use crate::cx::{Cx, Rule};
use crate::rules::request::url::{UNKNOWN, asked_uris, flattened, parameters};

pub(crate) const RULE: Rule = Rule::Document(order_not_asked);

/// Parameters that ask for a page by its number.
const NUMBERS: [&str; 6] = ["page", "pagenumber", "pageno", "pageindex", "pg", "p"];

fn order_not_asked<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let has_body = names.setters("data").next().is_some();
    if names.sets_unknown_names()
        || !may_be_on(names)
        || has_body
        || names.sets().iter().any(|site| is_order(site.attribute()))
    {
        return;
    }
    let urls: Vec<(&Template, String)> =
        asked_uris(cx).into_iter().map(|asked| (asked.template, flattened(cx, asked.template))).collect();
    if urls.is_empty() || urls.iter().any(|(_, url)| may_ask_for_order(url)) {
        return;
    }
    let by_number =
        |site: &&crate::names::SetSite<'_>| site.is("PageNumberParam") || site.is("PageOffsetParam");
    let declared = declared_pagers(names).find(by_number).map(crate::names::SetSite::value_span);
    let written = || {
        names.marker_setters().next()?;
        urls.iter().find_map(|(template, url)| counted(template, url))
    };
    let Some(place) = declared.or_else(written) else { return };
    cx.report(
        Diagnostic::new(
            &codes::paging::order_not_asked,
            "pages are counted, and no order is asked for",
            Label::new(place, "rows that come or go meanwhile move others to another page"),
        )
        .help("if the API can sort, ask for an order that stays, `&sort=id` or as its documentation says"),
    );
}

/// Whether the query of a flattened URL asks for an order, or cannot be known.
fn may_ask_for_order(url: &str) -> bool {
    let Some((base, query)) = url.split_once('?') else {
        // The whole URL may come from a response, a part of it from elsewhere.
        return url.ends_with(UNKNOWN);
    };
    let is_open = |pair: &str| pair.split('=').next().is_some_and(|name| name.contains(UNKNOWN));
    base == UNKNOWN.to_string()
        || query.split('&').any(is_open)
        || parameters(url).iter().any(|parameter| is_order(&parameter.name) || is_order(&parameter.value))
}

fn is_order(text: &str) -> bool {
    // A query language may stand in a parameter, with its blanks escaped.
    let bare = bare(&text.replace("%20", ""));
    bare.contains("sort") || bare.contains("orderby") || bare == "order"
}

/// The parameter that counts pages or rows, where it is written.
fn counted(template: &Template, url: &str) -> Option<Span> {
    let counts =
        |name: &str| NUMBERS.contains(&bare(name).as_str()) || OFFSETS.contains(&bare(name).as_str());
    let parameter =
        parameters(url).into_iter().find(|one| one.value.contains(UNKNOWN) && counts(&one.name))?;
    let text = template.text.as_str();
    let at = ['?', '&'].iter().find_map(|lead| text.find(&format!("{lead}{}=", parameter.name)))?;
    Some(template.text.span_of(at + 1..at + 1 + parameter.name.len()))
}
