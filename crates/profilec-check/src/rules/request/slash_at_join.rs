//! A base and a path that do not meet at one slash.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Part, Reference, Template};

use super::url::asked_uris;
use crate::cx::{Cx, Rule};
use crate::flow::{Given, Piece};

pub(crate) const RULE: Rule = Rule::Document(slash_at_join);

fn slash_at_join<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let mut seen = std::collections::HashSet::new();
    for asked in asked_uris(cx) {
        if !seen.insert(asked.template.span()) {
            continue;
        }
        let mut url = String::new();
        let mut last: Option<&Reference> = None;
        for part in &asked.template.parts {
            let (text, reference) = match part {
                Part::Literal(text) => (Some(text.clone()), None),
                Part::Reference(reference) => (known_text(cx, reference), Some(reference)),
            };
            let Some(text) = text else { break };
            // A joint needs a variable on one side at least.
            if let Some(joint) = reference.or(last)
                && let Some(fault) = fault(&url, &text)
            {
                let finding = finding(cx, fault, last, joint);
                cx.report(finding);
                break;
            }
            url.push_str(&text);
            last = reference;
            if url.contains(['?', '#']) {
                break;
            }
        }
    }
}

/// The text of a reference: its constant, or what stands for a missing value.
fn known_text<'a>(cx: &Cx<'a>, reference: &'a Reference) -> Option<String> {
    let values = cx.values();
    if let Some(default) = values.default_of(reference) {
        return Some(default.to_owned());
    }
    let mut text = String::new();
    for piece in values.pieces_of(reference) {
        match piece {
            Piece::Text(piece) => text.push_str(&piece),
            Piece::Value(_) => return None,
        }
    }
    Some(text)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Double,
    Missing,
}

fn fault(before: &str, after: &str) -> Option<Fault> {
    let (_, rest) = before.split_once("://")?;
    if rest.contains(['?', '#']) {
        return None;
    }
    if rest.ends_with('/') && after.starts_with('/') {
        return Some(Fault::Double);
    }
    // A host that is whole by itself, and a path that goes straight on.
    let is_host = rest.contains('.') && !rest.contains('/') && !rest.ends_with('.');
    let is_path = after.starts_with(|c: char| c.is_ascii_alphabetic()) && after.contains('/');
    (is_host && is_path && !after.split('/').next().is_some_and(|first| first.contains(['.', ':'])))
        .then_some(Fault::Missing)
}

fn finding<'a>(cx: &Cx<'a>, fault: Fault, base: Option<&'a Reference>, joint: &Reference) -> Diagnostic {
    let code = &codes::request::slash_at_join;
    match fault {
        Fault::Double => {
            let label = Label::new(joint.span, "a slash stands on both sides of this joint");
            let finding = Diagnostic::new(code, "the URL's path begins with `//`", label)
                .help("end the base without a slash");
            let slash = base.and_then(|base| last_slash(cx, base));
            match slash {
                Some(span) => {
                    let edits = vec![Edit { span, text: String::new() }];
                    finding.fix(Fix::risky("remove the slash at the end of the base", edits))
                }
                None => finding,
            }
        }
        Fault::Missing => {
            let label = Label::new(joint.span, "no slash stands at this joint");
            Diagnostic::new(code, "the path goes on in the host's name", label)
                .help("begin the path with a slash")
        }
    }
}

/// The slash that ends the value of a variable, where that is written out.
fn last_slash<'a>(cx: &Cx<'a>, base: &'a Reference) -> Option<Span> {
    let place = cx.flow().only_place(cx.flow().reaching(base)?)?;
    let Given::Template(value) = place.value else { return None };
    let text = Template::literal_text(value)?;
    let length = text.as_str().len();
    text.as_str().ends_with('/').then(|| text.span_of(length - 1..length))
}

#[cfg(test)]
mod tests {
    use super::{Fault, fault};

    #[test]
    fn a_base_and_a_path_meet_at_one_slash() {
        for (before, after, wanted) in [
            ("https://a.example", "/v1", None),
            ("https://a.example/", "/v1", Some(Fault::Double)),
            ("https://a.example", "v1/items", Some(Fault::Missing)),
            ("https://a.example/", "v1", None),
            ("https://", "a.example/v1", None),
            ("https://a", ".example/v1", None),
            ("https://a.", "example/v1", None),
            ("https://a.example/x?back=/", "/v1", None),
            ("https://a.example", "?page=1/2", None),
            ("https://a.example", "s.example/v1", None),
        ] {
            assert_eq!(fault(before, after), wanted, "{before} {after}");
        }
    }
}
