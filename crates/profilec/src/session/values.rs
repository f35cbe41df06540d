//! `NAME=VALUE`: where a value comes from, and what becomes of `${NAME}` in it.

use std::{cell::Cell, io::Read, path::Path};

use super::settings;
use crate::{
    failure::Failure,
    oauth::Tokens,
    place::{self, Place, without_line_end},
    profile,
    terminal::{Terminal, environment},
};

/// Values as the user gave them, resolved.
pub(crate) struct Values<'a> {
    terminal: &'a Terminal,
    variables: Vec<(String, String)>,
    /// Standard input can be read once.
    stdin_read: Cell<bool>,
    /// Those that values and requests name.
    pub(crate) tokens: Tokens<'a>,
}

impl<'a> Values<'a> {
    /// With the variables of `--var`, for a profile: where it is tells which OAuth entries there are, and when it is
    /// standard input, no value is.
    pub(crate) fn new(vars: &[String], terminal: &'a Terminal, profile: &Path) -> Result<Self, Failure> {
        let stdin_read = Cell::new(profile == Path::new("-"));
        let tokens = Tokens::near(profile, terminal);
        let mut values = Self { terminal, variables: Vec::new(), stdin_read, tokens };
        for var in vars {
            let (name, value) = named("--var", var)?;
            let (value, secret) = values.fetched(value)?.unwrap_or((value.to_owned(), false));
            if secret || profilec_auth::looks_secret(name) {
                terminal.masker.learn(&value);
            }
            values.variables.insert(0, (name.to_owned(), value));
        }
        Ok(values)
    }

    /// Splits `NAME=VALUE` and resolves the value. What came from a place for secrets, or goes by a name that
    /// looks like one, is masked from now on.
    pub(crate) fn named(&self, option: &str, text: &str) -> Result<(String, String), Failure> {
        let (name, value) = named(option, text)?;
        Ok((name.to_owned(), self.resolved(name, value)?))
    }

    /// The value of this name.
    pub(crate) fn resolved(&self, name: &str, value: &str) -> Result<String, Failure> {
        let (value, secret) = match self.fetched(value)? {
            Some(fetched) => fetched,
            None => (self.filled(value)?, false),
        };
        if secret || settings::is_secret(name, &value) {
            self.terminal.masker.learn(&value);
        }
        if secret {
            let parts = settings::parts(name, &value);
            // What every client sends says nothing of who asks.
            let telling = parts.iter().filter(|(name, _)| !is_usual(name));
            telling.for_each(|(_, part)| settings::learn_part(part, &self.terminal.masker));
        }
        Ok(value)
    }

    /// A value that stands elsewhere, and whether that is a place for secrets; `None`: it stands here.
    fn fetched(&self, value: &str) -> Result<Option<(String, bool)>, Failure> {
        let fetched = if let Some(entry) = value.strip_prefix("oauth:") {
            self.tokens.stand_in(entry)?
        } else if let Some(place) = Place::of(value) {
            place.fetch(Path::new(""))?
        } else if value == "-" {
            if self.stdin_read.replace(true) {
                return Err(Failure::new("standard input is asked for twice"));
            }
            let mut text = String::new();
            std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
                Failure::new(format!("standard input cannot be read: {}", profile::plain(&error)))
            })?;
            without_line_end(text)
        } else {
            return Ok(None);
        };
        Ok(Some((fetched, true)))
    }

    /// The value with each `${NAME}` replaced: from `--var`, else from the environment.
    fn filled(&self, value: &str) -> Result<String, Failure> {
        let mut out = String::new();
        let mut rest = value;
        while let Some((before, after)) = rest.split_once("${") {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                out.push_str("${");
                rest = after;
                continue;
            };
            out.push_str(&self.variable(name)?);
            rest = after;
        }
        out.push_str(rest);
        Ok(out)
    }

    fn variable(&self, name: &str) -> Result<String, Failure> {
        if let Some((_, value)) = self.variables.iter().find(|(variable, _)| variable == name) {
            return Ok(value.clone());
        }
        let Some(value) = environment(name) else {
            let known = self.variables.iter().map(|(variable, _)| variable.as_str());
            let otherwise = format!("give it with `--var {name}=VALUE` or in the environment");
            return Err(Failure::unknown("variable", name, known, &otherwise));
        };
        self.terminal.masker.learn(&value);
        Ok(value)
    }
}

/// Whether a header is one that says what is sent or wanted, and never who asks.
fn is_usual(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    header == "user-agent" || header.starts_with("accept") || header.starts_with("content-")
}

/// `A=b;C="d;e"`: names and values; blanks around both do not count.
pub(crate) fn pairs(option: &str, text: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut pairs = Vec::new();
    let mut rest = text;
    while !rest.trim_matches([' ', ';', '\n', '\r', '\t']).is_empty() {
        let (piece, after) = piece(rest);
        rest = after;
        if piece.trim().is_empty() {
            continue;
        }
        let Some((name, value)) = piece.split_once('=') else {
            // The piece may be a secret: only its place is told.
            let at = pairs.len() + 1;
            return Err(Failure::new(format!("part {at} of {option} has no `=`"))
                .help("write `NAME=VALUE;NAME=VALUE`, a value with `;` between quotes"));
        };
        pairs.push((name.trim().to_owned(), unquoted(value.trim()).to_owned()));
    }
    Ok(pairs)
}

/// Up to the next `;` that is not between quotes, and what follows it.
fn piece(text: &str) -> (&str, &str) {
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (Some(quote), _) if c == quote => open = None,
            (None, '"' | '\'') if text[..at].trim_end().ends_with('=') => open = Some(c),
            (None, ';') => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    (text, "")
}

fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

fn named<'t>(option: &str, text: &'t str) -> Result<(&'t str, &'t str), Failure> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim(), value)),
        // What stands there may be a secret; it is not repeated.
        _ => Err(Failure::new(format!("`{option}` needs `NAME=VALUE`"))),
    }
}

/// The text of a file.
pub(super) fn read_text(path: &str) -> std::io::Result<String> {
    place::read_text(Path::new(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Color;

    #[test]
    fn variables_are_filled_in_and_a_lone_dollar_stays() {
        let terminal = Terminal::new(Color::Never);
        let vars = ["HOST=example.org".to_owned(), "HOST=b.example".to_owned()];
        let values = Values::new(&vars, &terminal, Path::new("a.rsd")).unwrap();
        assert_eq!(values.resolved("a", "https://${HOST}/$x${").unwrap(), "https://b.example/$x${");
        let failure = values.resolved("a", "${HOTS}").unwrap_err();
        assert_eq!(failure.help.as_deref(), Some("did you mean `HOST`?"));
    }

    #[test]
    fn connection_strings_have_quoted_values() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let wanted = vec![pair("User", "a'b"), pair("Other", "x=1;y=2"), pair("Password", "p=q")];
        assert_eq!(pairs("x", "User=a'b; Other=\"x=1;y=2\" ;Password=p=q;").unwrap(), wanted);
        assert!(pairs("x", "User").is_err());
    }

    #[test]
    fn a_value_of_a_secret_name_is_masked() {
        let terminal = Terminal::new(Color::Never);
        let values = Values::new(&[], &terminal, Path::new("a.rsd")).unwrap();
        values.named("-i", "api_key=s3cr3tvalue").unwrap();
        assert!(!terminal.masker.mask("https://h/?k=s3cr3tvalue").contains("s3cr3tvalue"));
    }
}
