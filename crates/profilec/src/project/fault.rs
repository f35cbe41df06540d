//! What is wrong with a file of settings.

use std::{borrow::Cow, ops::Range};

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_vocabulary::{closest, instead};
use toml::{Spanned, de::DeValue};

/// A value that a setting cannot have.
pub(super) fn invalid(place: Range<usize>, message: String, label: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&codes::settings::invalid_value, message, Label::new(span(place), label)).help(help)
}

/// A value of a type that a setting does not have. `label`: which type it is not.
pub(super) fn wrong_type(key: &str, value: &Spanned<DeValue<'_>>, label: &str, help: &str) -> Diagnostic {
    invalid(value.span(), format!("`{key}` is a TOML {}", value.get_ref().type_str()), label, help)
}

/// A key that is no setting of a table; the empty table is the file. `instead_of`: what to say when no key is near.
pub(super) fn unknown_key(
    key: &Spanned<Cow<'_, str>>,
    table: &str,
    known: &[&str],
    otherwise: Option<String>,
) -> Diagnostic {
    let name = key.get_ref();
    let label = match table {
        "" => "no setting has this name".to_owned(),
        table => format!("no setting of `{table}` has this name"),
    };
    let help = match closest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.unwrap_or_else(|| instead(name, known)),
    };
    let label = Label::new(span(key.span()), label);
    Diagnostic::new(&codes::settings::unknown_key, format!("unknown key `{name}`"), label).help(help)
}

/// The texts of a list, each with its place, and what is wrong with the others.
pub(super) fn texts(
    key: &str,
    value: &Spanned<DeValue<'_>>,
) -> (Vec<(String, Range<usize>)>, Vec<Diagnostic>) {
    let help = "write a list of texts: `[\"…\", \"…\"]`";
    let DeValue::Array(list) = value.get_ref() else {
        return (Vec::new(), vec![wrong_type(key, value, "no list", help)]);
    };
    let (mut texts, mut faults) = (Vec::new(), Vec::new());
    for item in list {
        match item.get_ref() {
            DeValue::String(text) => texts.push((text.to_string(), item.span())),
            other => {
                let message = format!("an item of `{key}` is a TOML {}", other.type_str());
                faults.push(invalid(item.span(), message, "no text", help));
            }
        }
    }
    (texts, faults)
}

pub(super) fn span(range: Range<usize>) -> Span {
    Span::from_range(range)
}
