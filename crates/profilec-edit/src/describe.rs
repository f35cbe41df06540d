//! Entries of the vocabulary as Markdown.

use std::fmt::Write as _;

use profilec_vocabulary::{Formatter, Keyword, Parameter, Support, Type};

/// A name with its line, what profilec does with it, and its note.
pub(crate) fn entry(name: &str, doc: &str, support: Support, note: &str) -> String {
    let mut out = format!("`{name}`: {doc}");
    let _ = match support {
        Support::Runs => Ok(()),
        Support::Ignored => write!(out, "\n\nTaken without effect."),
        Support::NoEffect => write!(out, "\n\nTaken with a warning, without effect."),
        Support::Auth => write!(out, "\n\nDoes not run yet."),
        Support::Refused(why) => write!(out, "\n\nNever runs, because it {why}."),
    };
    if !note.is_empty() {
        let _ = write!(out, "\n\n{note}");
    }
    out
}

pub(crate) fn parameter(name: &str, parameter: &Parameter) -> String {
    let mut out = entry(name, parameter.doc, parameter.support, parameter.note);
    if parameter.required {
        out.push_str("\n\nRequired.");
    }
    if let Some(words) = parameter.kind.words() {
        let _ = write!(out, "\n\nOne of `{}`.", words.join("`, `"));
    }
    if let Some(default) = parameter.default {
        let _ = write!(out, "\n\nDefault: `{default}`.");
    }
    out
}

pub(crate) fn keyword(name: &str, keyword: &Keyword) -> String {
    let mut out = entry(name, keyword.doc, keyword.support, "");
    for (at, parameter) in keyword.parameters.iter().enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = write!(out, "{gap}\n- `{}`: {}", parameter.name, parameter.doc);
    }
    out
}

pub(crate) fn formatter(formatter: &Formatter) -> String {
    let mut out = entry(&formatter.signature(), formatter.doc, formatter.support, formatter.note);
    let told = formatter
        .arguments
        .iter()
        .filter(|argument| argument.kind.words().is_some() || argument.default.is_some());
    for (at, argument) in told.enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let _ = write!(out, "{gap}\n- `{}`", argument.name);
        if let Some(words) = argument.kind.words() {
            let _ = write!(out, ", one of `{}`", words.join("`, `"));
        }
        if let Some(default) = argument.default {
            let _ = write!(out, ", default `{default}`");
        }
    }
    out
}

pub(crate) fn column_type(written: &str, ty: &Type) -> String {
    format!("`{written}`: {}\n\nAlso written `{}`.", ty.doc, ty.spellings.join("`, `"))
}
