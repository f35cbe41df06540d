//! A cursor goes into the URL as it came.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Part, Template};

use crate::cx::{Cx, Rule};
use crate::flow::Kind;
use crate::names::{Index, SetSite, literal_name};
use crate::rules::request::url::query_values;

pub(crate) const RULE: Rule = Rule::Document(marker_not_encoded);

fn marker_not_encoded<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    if !cx.names().marker_setters().any(|site| is_cursor(cx, site)) {
        return;
    }
    let mut seen = HashSet::new();
    for value in query_values(cx) {
        let chain = cx.values().chain(value.reference);
        let is_plain = matches!(chain.kind, Kind::Marker) && chain.is_as_it_came();
        if !is_plain
            || chain.has_code_for_default()
            || counts(&value.parameter)
            || !seen.insert(chain.first.span)
        {
            continue;
        }
        let Some((name, _)) = literal_name(chain.first) else { continue };
        cx.report(
            Diagnostic::new(
                &codes::paging::marker_not_encoded,
                format!("`{name}` goes into the URL as it came"),
                Label::new(chain.first.span, "a cursor may hold `+`, `/` or `=`"),
            )
            .help(format!("write `[{name} | urlencode]`"))
            .fix(encode(value.reference.span)),
        );
    }
}

/// Adds `urlencode` before the closing bracket.
pub(crate) fn encode(reference: Span) -> Fix {
    let end = Span::at(reference.end().saturating_sub(1).max(reference.start()));
    Fix::risky("add `urlencode`", vec![Edit { span: end, text: " | urlencode".to_owned() }])
}

/// Whether a place sets the marker to text of the response.
fn is_cursor<'a>(cx: &Cx<'a>, site: &SetSite<'a>) -> bool {
    if site.is("ElementMapName") {
        return site.literal.is_some() && !path_counts(cx, site.index());
    }
    let Some([Part::Reference(reference)]) = site.value.map(|value| value.parts.as_slice()) else {
        return false;
    };
    let chain = cx.values().chain(reference);
    let Some((name, _)) = literal_name(chain.first) else { return false };
    let is_mapped = matches!(chain.kind, Kind::Mapped);
    chain.is_as_it_came()
        && !counts(name)
        && is_mapped
        && cx.names().mapping(name).is_none_or(|map| !path_counts(cx, map.index()))
}

/// Whether the mapped value with this number looks like a count or an id, by the last step of its path.
fn path_counts(cx: &Cx<'_>, index: Index) -> bool {
    let mut paths = cx.names().numbered("ElementMapPath", index);
    paths.any(|site| {
        let path = site.value.and_then(Template::as_literal).unwrap_or_default();
        let last = path.trim_end_matches('/').rsplit(['/', '.']).next().unwrap_or_default();
        counts(last) || last.eq_ignore_ascii_case("id") || last.ends_with("_id") || last.ends_with("Id")
    })
}

/// Whether a name is that of a number of pages or rows.
fn counts(name: &str) -> bool {
    let bare: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let words = ["token", "cursor", "url", "link", "uri", "after", "before", "key", "id"];
    let numbers = ["page", "offset", "skip", "start", "from", "index", "number", "row", "position"];
    bare == "p"
        || (!words.iter().any(|word| bare.contains(word)) && numbers.iter().any(|word| bare.contains(word)))
}
