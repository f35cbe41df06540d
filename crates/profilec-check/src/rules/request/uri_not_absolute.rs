//! A URL that does not begin with `http://` or `https://`.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Template};
use profilec_vocabulary::{FormatterId, closest};

use super::url::{Asked, asked_uris};
use crate::cx::{Cx, Rule};
use crate::flow::{Kind, Piece, is};

pub(crate) const RULE: Rule = Rule::Document(uri_not_absolute);

const SCHEMES: [&str; 2] = ["https", "http"];

fn uri_not_absolute<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let mut seen = HashSet::new();
    for Asked { template, .. } in asked_uris(cx) {
        if !seen.insert(template.span()) {
            continue;
        }
        let pieces = cx.values().pieces(template);
        let mut lead = String::new();
        let values = pieces.iter().filter_map(|piece| match piece {
            Piece::Text(..) => None,
            Piece::Value(reference) => Some(cx.values().chain(reference)),
        });
        // What a response gave counts from the page that it came with; what is not followed may have come so.
        let is_own = values.into_iter().all(|chain| match chain.kind {
            Kind::Input(..) | Kind::Connection => true,
            // The default goes into the first page's URL.
            Kind::Marker => chain.formatters.iter().any(|call| is(call, FormatterId::Def)),
            _ => false,
        });
        let mut is_whole = true;
        for piece in &pieces {
            let Piece::Text(text) = piece else {
                is_whole = false;
                break;
            };
            lead.push_str(text);
        }
        let Some(fault) = fault(lead.trim_start(), is_whole).filter(|_| is_own || lead.contains("://"))
        else {
            continue;
        };
        let finding = finding(template, &fault);
        cx.report(finding);
    }
}

/// What is wrong with a start of a URL.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// Another scheme.
    Scheme(String),
    /// `https:/host`, `https//host`: the colon or a slash is missing.
    Slashes,
    Relative,
    /// Nothing stands behind the scheme.
    NoHost,
}

fn fault(lead: &str, is_whole: bool) -> Option<Fault> {
    if lead.starts_with('{') || lead.is_empty() {
        // A placeholder, or nothing, which is another finding.
        return None;
    }
    let Some((scheme, rest)) = lead.split_once("://") else {
        let lower = lead.to_lowercase();
        let starts = |with: &&str| lower.strip_prefix(*with).is_some_and(|rest| rest.starts_with([':', '/']));
        if SCHEMES.iter().any(starts) {
            return Some(Fault::Slashes);
        }
        // A short start may be that of a scheme or host which goes on.
        return (is_whole || lead.contains(['/', '?'])).then_some(Fault::Relative);
    };
    let is_scheme = |scheme: &str| scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_scheme(scheme) {
        return Some(Fault::Relative);
    }
    if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Some(Fault::Scheme(scheme.to_owned()));
    }
    (is_whole && rest.trim().trim_start_matches('/').is_empty()).then_some(Fault::NoHost)
}

fn finding(template: &Template, fault: &Fault) -> Diagnostic {
    let code = &codes::request::uri_not_absolute;
    let at_start = |needle: &str| {
        let text = template.text.as_str();
        text.find(needle).map_or(template.span(), |at| template.text.span_of(at..at + needle.len()))
    };
    match fault {
        Fault::Scheme(scheme) => {
            let span = at_start(scheme);
            let label = Label::new(span, "only `http` and `https` are asked");
            let finding = Diagnostic::new(code, format!("`{scheme}` is no scheme of a web address"), label);
            match closest(scheme, SCHEMES).filter(|_| span != template.span()) {
                Some(near) => finding
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::risky(format!("write `{near}`"), vec![Edit { span, text: near.to_owned() }])),
                None => finding.help("ask an address that begins with `https://`"),
            }
        }
        Fault::Slashes => {
            let label = Label::new(first(template), "lacks `://` behind the scheme");
            Diagnostic::new(code, "the URL's scheme is not followed by `://`", label)
                .help("write `https://`, then the host")
        }
        Fault::Relative => {
            let label = Label::new(first(template), "begins without `https://`");
            Diagnostic::new(code, "the URL is not absolute", label).help(
                "write the whole address with scheme and host, or begin with one: `[_connection.BaseUrl]/…`",
            )
        }
        Fault::NoHost => {
            let label = Label::new(template.span(), "has no host");
            Diagnostic::new(code, "the URL names no host", label).help("write the host behind the scheme")
        }
    }
}

/// The beginning of the value, up to where its path goes on.
fn first(template: &Template) -> Span {
    let text = template.text.as_str();
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let end = rest.find([' ', '?', '[']).unwrap_or(rest.len());
    if end == 0 { template.span() } else { template.text.span_of(start..start + end) }
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};

    #[test]
    fn only_what_cannot_become_a_web_address_is_a_fault() {
        for (lead, is_whole, wanted) in [
            ("https://kilns.example/v1", true, None),
            ("HTTP://", false, None),
            ("https://", true, Some(Fault::NoHost)),
            ("http", false, None),
            ("{base}/v1", true, None),
            ("/v1/kilns", false, Some(Fault::Relative)),
            ("kilns.example/v1", true, Some(Fault::Relative)),
            ("htps://kilns.example", true, Some(Fault::Scheme("htps".to_owned()))),
            ("https:/kilns.example", true, Some(Fault::Slashes)),
            ("https//kilns.example", true, Some(Fault::Slashes)),
            ("kilns.example/go?to=https://x", true, Some(Fault::Relative)),
        ] {
            assert_eq!(fault(lead, is_whole), wanted, "{lead}");
        }
    }
}
