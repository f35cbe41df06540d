//! `--connection-file`: connection options in a flat TOML table.

use std::path::Path;

use toml::{Table, Value};

use crate::{
    failure::Failure,
    profile::{name, plain},
};

/// Names and values, in the order of names. Whole numbers and booleans are taken as they would be typed.
pub(super) fn read(path: &Path) -> Result<Vec<(String, String)>, Failure> {
    let text = read_text(path)
        .map_err(|error| Failure::new(format!("`{}` cannot be read: {}", name(path), plain(&error))))?;
    parse(&text, &name(path))
}

fn parse(text: &str, file: &str) -> Result<Vec<(String, String)>, Failure> {
    // The parser's own report quotes the line, and with it secrets.
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        Failure::new(format!("`{file}` is not TOML: {}, on line {line}", error.message().trim()))
            .help("write a line `Name = \"value\"` for each connection option")
    })?;
    table
        .into_iter()
        .map(|(option, value)| match value {
            Value::String(text) => Ok((option, text)),
            Value::Integer(number) => Ok((option, number.to_string())),
            Value::Boolean(truth) => Ok((option, truth.to_string())),
            other => Err(Failure::new(format!("`{option}` in `{file}` is a TOML {}", other.type_str()))
                .help("write the value between quotes")),
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "the binary touches files")]
fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_texts_numbers_and_booleans() {
        let options =
            parse("User = 'ann'\nTimeout = 30\nReadonly = true\n\"Odd Name\" = \"a=b;c\"", "c.toml");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut wanted =
            [pair("User", "ann"), pair("Timeout", "30"), pair("Readonly", "true"), pair("Odd Name", "a=b;c")];
        let mut options = options.unwrap();
        options.sort();
        wanted.sort();
        assert_eq!(options, wanted);
    }

    #[test]
    fn what_is_no_option_is_named_without_its_value() {
        let failure = parse("[User]\nname = 's3cret'", "c.toml").unwrap_err();
        assert_eq!(failure.message, "`User` in `c.toml` is a TOML table");
        let failure = parse("User = 'ann'\nPassword = s3cret", "c.toml").unwrap_err();
        assert!(failure.message.starts_with("`c.toml` is not TOML: "), "{}", failure.message);
        assert!(failure.message.ends_with(", on line 2"), "{}", failure.message);
        assert!(!failure.message.contains("s3cret"), "{}", failure.message);
    }
}
