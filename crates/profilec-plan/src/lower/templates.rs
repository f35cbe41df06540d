//! Templates with formatters resolved.

use profilec_diagnostics::{Span, codes};
use profilec_syntax::{self as syntax, Part, Source};
use profilec_vocabulary::{FORMATTERS, Support, closest, formatter};

use super::findings::Findings;
use crate::{Formatter, Reference, Template, TemplatePart, Value};

pub(crate) fn template(source: &syntax::Template, findings: &mut Findings) -> Template {
    from_parts(&source.parts, source.span(), findings)
}

/// A template that is this text.
pub(crate) fn literal(text: &str, origin: Span) -> Template {
    let parts = if text.is_empty() { Vec::new() } else { vec![TemplatePart::Literal(text.to_owned())] };
    Template { parts, origin }
}

pub(crate) fn from_parts(parts: &[Part], origin: Span, findings: &mut Findings) -> Template {
    let parts = parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => TemplatePart::Literal(text.clone()),
            Part::Reference(source) => TemplatePart::Reference(reference(source, findings)),
        })
        .collect();
    Template { parts, origin }
}

fn reference(source: &syntax::Reference, findings: &mut Findings) -> Reference {
    let value = match &source.source {
        Source::Null => Value::Null,
        Source::Quoted(text) => Value::Quoted(text.clone()),
        Source::Name(parts) => Value::Attribute(from_parts(parts, source.source_span, findings)),
    };
    let accepts_undefined = source
        .pipeline
        .first()
        .and_then(|call| formatter(&call.name.node))
        .is_some_and(|first| first.accepts_undefined);
    let pipeline = source.pipeline.iter().filter_map(|call| pipe(call, findings)).collect();
    Reference { value, pipeline, accepts_undefined, origin: source.source_span }
}

fn pipe(call: &syntax::FormatterCall, findings: &mut Findings) -> Option<Formatter> {
    let written = &call.name.node;
    let Some(known) = formatter(written) else {
        findings.report(
            &codes::template::unknown_formatter,
            call.name.span,
            format!("unknown formatter `{written}`"),
            "no formatter has this name",
            closest(written, FORMATTERS.iter().map(|formatter| formatter.name))
                .map(|name| format!("did you mean `{name}`?")),
        );
        return None;
    };
    if known.support != Support::Runs {
        findings.not_yet(call.name.span, &format!("formatter `{written}`"));
        return None;
    }
    let count = call.arguments.len();
    if count < known.min() || count > known.max() {
        findings.report(
            &codes::template::argument_count,
            call.name.span,
            format!("`{written}` is given {count} argument{}", if count == 1 { "" } else { "s" }),
            if count < known.min() { "too few arguments" } else { "too many arguments" },
            Some(format!("its form is `{}`", known.signature())),
        );
        return None;
    }
    let arguments = call
        .arguments
        .iter()
        .map(|argument| from_parts(&argument.node.parts, argument.span, findings))
        .collect();
    Some(Formatter { id: known.id, arguments, origin: call.name.span })
}
