//! A value is percent-encoded, and what comes out is encoded again.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, FormatterCall, Part, Reference, Template};
use profilec_vocabulary::FormatterId;

use crate::cx::{Cx, Rule};
use crate::flow::{Chain, is};

/// Formatters one after the other, also through variables.
pub(crate) const RULE: Rule = Rule::Template(twice);
/// Inputs that the operation encodes by itself.
pub(crate) const INPUTS: Rule = Rule::Document(inputs);

/// Names whose values the operation encodes.
const ENCODED: [&str; 3] = ["UrlParamValue", "UrlParam:*", "ParamValue"];

fn twice<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    for reference in template.references() {
        let Some(last) = encodings(&reference.pipeline).last() else { continue };
        let chain = cx.values().chain(reference);
        let mut all = chain.encodings();
        let first = all.next().map(|call| call.name.span);
        if all.next().is_none() || decodes(&chain) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::request::encoded_twice,
            "this value is percent-encoded twice",
            Label::new(last.name.span, "encodes what is encoded already"),
        );
        let finding = match first.filter(|first| *first != last.name.span) {
            Some(first) => finding.label(Label::new(first, "encoded here")),
            None => finding,
        };
        let finding = finding.help("encode a value once, where it goes into the URL");
        cx.report(match removal(reference, last) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

fn inputs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let sites = ENCODED.iter().flat_map(|name| names.setters(name));
    let found: Vec<_> = sites.filter_map(|site| Some((site.attribute(), site.value?))).collect();
    for (name, value) in found {
        let [Part::Reference(reference)] = value.parts.as_slice() else { continue };
        let chain = cx.values().chain(reference);
        let mut encodings = chain.encodings();
        let (Some(first), None) = (encodings.next(), encodings.next()) else { continue };
        if decodes(&chain) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::request::encoded_twice,
            format!("`{name}` is percent-encoded twice"),
            Label::new(first.name.span, "the operation encodes it, too"),
        )
        .help("give the value as it is");
        cx.report(match removal(reference, first) {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

fn encodings(pipeline: &[FormatterCall]) -> impl Iterator<Item = &FormatterCall> {
    pipeline.iter().filter(|call| is(call, FormatterId::UrlEncode))
}

fn decodes(chain: &Chain<'_>) -> bool {
    chain.formatters.iter().any(|call| is(call, FormatterId::UrlDecode))
}

/// Takes `| urlencode` out, from the end of what stands before it.
fn removal(reference: &Reference, call: &FormatterCall) -> Option<Fix> {
    let at = reference.pipeline.iter().position(|other| other.name.span == call.name.span)?;
    // With arguments the end of the formatter before is not known here.
    let before = match at.checked_sub(1).map(|before| &reference.pipeline[before]) {
        None => reference.source_span.end(),
        Some(before) if before.arguments.is_empty() => before.name.span.end(),
        Some(_) => return None,
    };
    let has_arguments = !call.arguments.is_empty() || reference.source_span == reference.span;
    (!has_arguments && before <= call.name.span.end()).then(|| {
        let span = Span::new(before, call.name.span.end());
        Fix::risky("remove `urlencode`", vec![Edit { span, text: String::new() }])
    })
}
