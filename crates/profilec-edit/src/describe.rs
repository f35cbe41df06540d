//! Entries of the vocabulary as Markdown.

use std::fmt::Write as _;

use profilec_vocabulary::{Declaration, Formatter, Keyword, Kind, Operation, Parameter, Support, Type};

/// Words of an open set that are shown.
const MANY: usize = 5;

/// Text as code, whatever is in it: names of a profile are anybody's.
pub(crate) fn code(text: &str) -> String {
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let text = text.replace(['\r', '\n'], " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A name, and where it has its value from, a line each.
pub(crate) fn name(name: &str, origins: &[String]) -> String {
    format!("{}\n\n{}", code(name), origins.join("\n"))
}

/// A name with its line, what profilec does with it, and its note.
pub(crate) fn entry(name: &str, doc: &str, support: Support, note: &str) -> String {
    let mut out = format!("{}: {doc}", code(name));
    let _ = match support {
        Support::Runs => Ok(()),
        Support::Ignored => write!(out, "\n\nIt changes nothing in profilec."),
        Support::NoEffect => write!(out, "\n\nIt has no effect by itself: profilec warns of it."),
        Support::Auth => write!(out, "\n\nRead where the authentication asks for it."),
        Support::Refused(why) => write!(out, "\n\nprofilec never runs it, because it {why}."),
    };
    if !note.is_empty() {
        let _ = write!(out, "\n\nNote: {note}.");
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
    if let Kind::Usual(words) = parameter.kind {
        let _ = write!(out, "\n\nSuch as `{}`.", words.get(..MANY).unwrap_or(words).join("`, `"));
    }
    if let Some(default) = parameter.default.filter(|default| !default.is_empty()) {
        let _ = write!(out, "\n\nDefault: {}.", code(default));
    }
    out
}

/// A value that a parameter may have.
pub(crate) fn word(word: &str, of: &Parameter) -> String {
    let default = if of.default.is_some_and(|default| default.eq_ignore_ascii_case(word)) {
        "\n\nThis is the default."
    } else {
        ""
    };
    format!("{}, a value of `{}`: {}{default}", code(word), of.name, of.doc)
}

pub(crate) fn keyword(name: &str, keyword: &Keyword) -> String {
    let mut out = entry(name, keyword.doc, keyword.support, "");
    for (at, parameter) in keyword.parameters.iter().enumerate() {
        let gap = if at == 0 { "\n" } else { "" };
        let required = if parameter.required { " (required)" } else { "" };
        let _ = write!(out, "{gap}\n- `{}`{required}: {}", parameter.name, parameter.doc);
    }
    out
}

pub(crate) fn declaration(name: &str, declaration: Declaration) -> String {
    format!("{}: {}", code(name), declaration.doc())
}

pub(crate) fn operation(operation: &Operation) -> String {
    entry(operation.name, operation.doc, operation.support, operation.note)
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
        match argument.default {
            Some("") => out.push_str(", empty by default"),
            Some(default) => {
                let _ = write!(out, ", default {}", code(default));
            }
            None => {}
        }
    }
    out
}

pub(crate) fn column_type(written: &str, ty: &Type) -> String {
    let mut out = format!("{}: {}\n\nArrow: `{}`.", code(written), ty.doc, ty.arrow);
    let others = ty.spellings.iter().filter(|spelling| !spelling.eq_ignore_ascii_case(written));
    let others: Vec<&str> = others.copied().collect();
    if !others.is_empty() {
        let _ = write!(out, "\n\nAlso written `{}`.", others.join("`, `"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_holds_whatever_a_name_is() {
        assert_eq!(code("id"), "`id`");
        assert_eq!(code("a`](b)"), "`` a`](b) ``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(" "), "`\" \"`");
        assert_eq!(code("a\n\nb"), "`a  b`");
    }
}
