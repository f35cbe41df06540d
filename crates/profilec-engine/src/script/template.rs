//! Templates: text with values put in.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::{Name, Reference, Template, TemplatePart, Value as Source, Word};

use super::iterate::array;
use super::{Environment, Found, Value};
use crate::formatters;

/// The text of a template.
///
/// # Errors
/// A reference to nothing, or a formatter that cannot work on its value.
pub(crate) fn evaluate(template: &Template, environment: &Environment) -> Result<Value, Diagnostic> {
    let mut made = Value::trusted(String::new(), template.origin);
    for part in &template.parts {
        match part {
            TemplatePart::Literal(text) => made.text.push_str(text),
            TemplatePart::Reference(reference) => {
                if let Some(value) = resolve(reference, environment)? {
                    if made.text.len().saturating_add(value.text.len()) > formatters::LONGEST {
                        return Err(formatters::too_long(reference.origin));
                    }
                    made.text.push_str(&value.text);
                    made.from_response |= value.from_response;
                }
            }
        }
    }
    Ok(made)
}

/// The text of a name, which is rarely computed.
///
/// # Errors
/// As [`evaluate`].
pub(crate) fn name(name: &Name, environment: &Environment) -> Result<String, Diagnostic> {
    match name.literal() {
        Some(text) => Ok(text.to_owned()),
        None => evaluate(name, environment).map(|value| value.text),
    }
}

/// What a word means.
///
/// # Errors
/// As [`evaluate`]; a computed word that the parameter does not take.
pub(crate) fn word<T: Copy>(word: &Word<T>, environment: &Environment) -> Result<T, Diagnostic> {
    let (text, parameter, words) = match word {
        Word::Written(meaning) => return Ok(*meaning),
        Word::Computed { text, parameter, words } => (text, parameter, words),
    };
    let value = evaluate(text, environment)?;
    let written = value.text.trim();
    let known = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(written));
    known.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let names: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        Diagnostic::new(
            &codes::structure::unknown_word,
            format!("`{parameter}` cannot be `{written}`"),
            Label::new(text.origin, "gives none of the words that it takes"),
        )
        .help(format!("make it give one of {}", names.join(", ")))
    })
}

/// A reference's value; `None`: null, which reads as the empty text.
fn resolve(reference: &Reference, environment: &Environment) -> Result<Option<Value>, Diagnostic> {
    let values = source(reference, environment)?;
    if reference.pipeline.is_empty() {
        return Ok(joined(values));
    }
    let mut from_response = values.iter().any(|value| value.from_response);
    let mut texts: Vec<String> = values.into_iter().map(|value| value.text).collect();
    for formatter in &reference.pipeline {
        // What has no value any more has no origin either.
        from_response &= !texts.is_empty();
        let mut arguments = Vec::with_capacity(formatter.arguments.len());
        for argument in &formatter.arguments {
            let argument = evaluate(argument, environment)?;
            from_response |= argument.from_response;
            arguments.push(argument.text);
        }
        texts = formatters::apply(formatter, texts, &arguments, &environment.ambient)?;
    }
    let text = texts.into_iter().next();
    Ok(text.map(|text| Value { text, origin: reference.origin, from_response }))
}

/// What a pipeline starts with: no value is null; several only where its first formatter takes an array.
fn source(reference: &Reference, environment: &Environment) -> Result<Vec<Value>, Diagnostic> {
    let written = match &reference.value {
        Source::Null => return Ok(Vec::new()),
        Source::Quoted(text) => return Ok(vec![Value::trusted(text.clone(), reference.origin)]),
        Source::Attribute(written) => written,
    };
    let name = name(written, environment)?;
    let takes_array = reference.pipeline.first().is_some_and(|formatter| formatter.id.takes_array());
    if name.ends_with(":*") {
        let values = environment.prefixed(&name);
        return Ok(if takes_array { values } else { joined(values).into_iter().collect() });
    }
    if takes_array {
        let values = array(None, &name, environment);
        if values.len() > 1 {
            return Ok(values.into_iter().map(|(_, value)| value).collect());
        }
    }
    match environment.find(&name) {
        Found::Value(value) => Ok(vec![value.clone()]),
        Found::Null => Ok(Vec::new()),
        Found::Missing if reference.accepts_undefined => Ok(Vec::new()),
        Found::Missing => Err(undefined(&name, reference)),
    }
}

/// Several values as one text, each on a line of its own.
fn joined(values: Vec<Value>) -> Option<Value> {
    values.into_iter().reduce(|mut all, more| {
        all.text.push('\n');
        all.text.push_str(&more.text);
        all.from_response |= more.from_response;
        all
    })
}

fn undefined(name: &str, reference: &Reference) -> Diagnostic {
    let lower = name.to_lowercase();
    let help = match lower.split_once('.') {
        Some(("_input", "rows@next")) => {
            "there is no marker on the first page: write `[_input.rows@next | def('…')]` with the first one"
                .to_owned()
        }
        Some(("_input", _)) => format!("pass `-i {}=…`, or give it a default with `def('…')`", &name[7..]),
        Some(("_connection", _)) => {
            format!("pass `-c {}=…`, or give it a default with `def('…')`", &name[12..])
        }
        _ if lower == "rows@next" => {
            "there is no marker on the first page: write `[rows@next | def('…')]` with the first one"
                .to_owned()
        }
        _ => "set it before, or give it a default with `def('…')`".to_owned(),
    };
    Diagnostic::new(
        &codes::reference::undefined,
        format!("`{name}` has no value"),
        Label::new(reference.origin, "nothing has set it when this is read"),
    )
    .help(help)
}
