//! How pages are written.

use std::fmt::Write as _;

use profilec_vocabulary::{Argument, Evidence, Kind, Parameter, Support};

use crate::fixtures::link;

pub(crate) const GENERATED: &str =
    "Generated from the tables of `profilec-vocabulary`; change those, not this page.\n";
const MARKS: &str = "Evidence: D, a vendor's page states it; W, seen in published profiles; U, commonly held, no page known; I, inferred.\n";

/// A page's head.
pub(crate) fn page(title: &str, about: &str) -> String {
    format!("# {title}\n\n{about}\n{MARKS}{GENERATED}")
}

/// A heading, a sentence, and facts a line each.
pub(crate) fn section(page: &mut String, title: &str, doc: &str, facts: &str) {
    let _ = write!(page, "\n## `{title}`\n\n{}.\n{facts}\n", capitalized(doc));
}

/// A table's head.
pub(crate) fn head(page: &mut String, columns: &[&str]) {
    page.push('\n');
    row(page, columns);
    let _ = writeln!(page, "|{}", "---|".repeat(columns.len()));
}

/// A table's row.
pub(crate) fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

/// The cells of a parameter: name, other spellings, value, default, what it means, what becomes of it, evidence.
/// The name leads to its cases, where it has some in this folder.
pub(crate) fn cells(parameter: &Parameter, folder: &str) -> [String; 7] {
    [
        link(&code(parameter.name), folder, parameter.name),
        codes(parameter.synonyms),
        value(parameter.kind),
        match (parameter.required, parameter.default) {
            (true, _) => "required".to_owned(),
            (false, Some(default)) => code(default),
            (false, None) => String::new(),
        },
        noted(parameter.doc, parameter.note),
        support(parameter.support),
        mark(parameter.evidence).to_owned(),
    ]
}

/// The heads of those cells.
pub(crate) const CELLS: [&str; 7] =
    ["name", "also written", "value", "default", "meaning", "profilec", "evidence"];

/// An argument in words.
pub(crate) fn argument(argument: &Argument) -> String {
    let default = argument.default.map_or_else(String::new, |default| {
        if default.trim().is_empty() {
            format!(", \"{default}\" by default")
        } else {
            format!(", {} by default", code(default))
        }
    });
    format!("{}: {}{default}", code(argument.name), value(argument.kind))
}

/// A meaning with its note.
pub(crate) fn noted(doc: &str, note: &str) -> String {
    if note.is_empty() { doc.to_owned() } else { format!("{doc} ({note})") }
}

/// A kind in words.
pub(crate) fn value(kind: Kind) -> String {
    let words = match kind {
        Kind::Text => "text",
        Kind::Boolean => "boolean word",
        Kind::Integer => "whole number",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::DateFormat => "date format",
        Kind::Url => "URL",
        Kind::Path => "path",
        Kind::Paths => "row paths, separated by `;`",
        Kind::Word(words) => return codes(words),
        Kind::Words(words) => return format!("list of {}", codes(words)),
        Kind::Usual(words) => return format!("text, such as {}", codes(words.get(..2).unwrap_or(words))),
        Kind::List => "list",
        Kind::Name => "name of an attribute",
        Kind::Item => "name of an item",
        Kind::Operation => "operation",
        Kind::Expression => "expression",
        Kind::Pattern => "pattern",
        Kind::Regex => "regular expression",
        Kind::Pairs => "pairs",
        Kind::File => "file",
        Kind::Type => "type",
    };
    words.to_owned()
}

/// What profilec does, in words.
pub(crate) fn support(support: Support) -> String {
    match support {
        Support::Runs => "runs".to_owned(),
        Support::Ignored => "takes it; nothing depends on it".to_owned(),
        Support::NoEffect => "warns that it has no effect".to_owned(),
        Support::Auth => "reads it where the authentication asks for it".to_owned(),
        Support::Refused(why) => format!("refuses it: it {why}"),
    }
}

pub(crate) fn mark(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Documented => "D",
        Evidence::Wild => "W",
        Evidence::Unconfirmed => "U",
        Evidence::Inferred => "I",
    }
}

pub(crate) fn code(name: &str) -> String {
    format!("`{name}`")
}

pub(crate) fn codes(names: &[&str]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

pub(crate) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
