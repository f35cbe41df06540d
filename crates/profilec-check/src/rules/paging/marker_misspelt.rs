//! A name that is meant as `rows@next` and is another.

use std::collections::BTreeMap;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Statement, Template};
use profilec_vocabulary::KeywordId;

use super::pagers;
use crate::cx::{Cx, Rule};
use crate::names::{Names, is_like_marker, part};

pub(crate) const RULE: Rule = Rule::Document(marker_misspelt);

/// The places of one misspelt name, those that set it first.
#[derive(Debug, Default)]
struct Places {
    sets: Vec<(Span, String)>,
    others: Vec<(Span, String)>,
}

fn marker_misspelt<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    for (name, places) in misspelt(cx.names(), document) {
        let is_set = !places.sets.is_empty();
        let mut all: Vec<(Span, String)> = places.sets.into_iter().chain(places.others).collect();
        let Some((first, _)) = all.first().cloned() else { continue };
        let why =
            if is_set { "an ordinary name: it leads to no second page" } else { "nothing gives it a value" };
        all.sort();
        all.dedup();
        let edits = all.into_iter().map(|(span, text)| Edit { span, text }).collect();
        cx.report(
            Diagnostic::new(
                &codes::paging::marker_misspelt,
                format!("`{name}` is not the marker of the next page"),
                Label::new(first, why),
            )
            .help("did you mean `rows@next`?")
            .fix(Fix::risky("write `rows@next`", edits)),
        );
    }
}

/// Whether some name is meant as the marker: then what lacks one is told there.
pub(crate) fn any_misspelt(names: &Names<'_>, document: &Document) -> bool {
    !misspelt(names, document).is_empty()
}

/// The misspelt names, each with what belongs in its places.
fn misspelt(names: &Names<'_>, document: &Document) -> BTreeMap<String, Places> {
    let mut found: BTreeMap<String, Places> = BTreeMap::new();
    // Beside another way to the next page, a name that is set is a variable.
    let has_marker = pagers(names).next().is_some();
    let is_meant = |name: &str| is_like_marker(name) && !(has_marker && names.sets_name_of(name));
    for site in names.sets() {
        if let Some((lead, own)) = split(&site.spelling).filter(|(_, own)| is_meant(own)) {
            let places = found.entry(own.to_lowercase()).or_default();
            let is_whole = site.spelling.len() == site.span.len() as usize;
            places.sets.push(if is_whole {
                meant(site.span, &site.spelling, lead, own)
            } else {
                meant(site.span, own, "", own)
            });
        }
        if let Some(name) = site.maps().filter(|name| is_meant(name)) {
            let places = found.entry(name).or_default();
            places.sets.push((site.value_span(), "rows@next".to_owned()));
        }
    }
    for read in names.reads() {
        if let Some((lead, own)) = split(read.name).filter(|(_, own)| is_meant(own)) {
            let places = found.entry(own.to_lowercase()).or_default();
            places.others.push(meant(read.reference.source_span, read.name, lead, own));
        }
    }
    let inputs = document.info.iter().flat_map(|info| &info.inputs).filter_map(|input| input.name());
    for name in inputs.filter(|name| is_meant(name.as_str().trim())) {
        let places = found.entry(name.as_str().trim().to_lowercase()).or_default();
        places.others.push((name.span(), "rows@next".to_owned()));
    }
    if let Some(script) = &document.script {
        tested(script, &is_meant, &mut found);
    }
    found
}

/// The item in front of a name, with its dot, and the name. `rows.next` is a name.
fn split(written: &str) -> Option<(&str, &str)> {
    if is_like_marker(written) {
        return Some(("", written));
    }
    let at = written.find('.')? + 1;
    Some((&written[..at], &written[at..]))
}

/// What belongs in the place of a misspelt name: the item in front of it stays, where it can be told apart.
fn meant(whole: Span, written: &str, lead: &str, own: &str) -> (Span, String) {
    let span = part(whole, written, own);
    (span, if span == whole { format!("{lead}rows@next") } else { "rows@next".to_owned() })
}

/// Conditions that test such a name.
fn tested(node: &Statement, is_meant: &dyn Fn(&str) -> bool, found: &mut BTreeMap<String, Places>) {
    let attr = node.value("attr").filter(|_| node.id().is_some_and(KeywordId::is_conditional));
    if let Some((attr, written)) = attr.and_then(|attr| Some((attr, Template::as_literal(attr)?.trim())))
        && let Some((lead, own)) = split(written).filter(|(_, own)| is_meant(own))
    {
        let places = found.entry(own.to_lowercase()).or_default();
        places.others.push(meant(attr.span(), written, lead, own));
    }
    for child in &node.body {
        tested(child, is_meant, found);
    }
}
