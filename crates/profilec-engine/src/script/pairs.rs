//! The pairs of `map`.

use profilec_diagnostics::{Diagnostic, Label, codes};

use super::Value;

/// `to=from` pairs. Between two stands whatever no name can hold; blanks round `=` do not count.
///
/// # Errors
/// A name without its counterpart.
pub(super) fn pairs(written: &Value) -> Result<Vec<(String, String)>, Diagnostic> {
    let mut pairs = Vec::new();
    let mut rest = skip(&written.text);
    while !rest.is_empty() {
        let (to, after) = word(rest);
        let (from, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => word(after.trim_start()),
            None => ("", after),
        };
        if to.is_empty() || from.is_empty() {
            let near = if to.is_empty() { rest } else { to };
            return Err(Diagnostic::new(
                &codes::template::argument_type,
                format!("`{}` in `map` is not a pair", near.chars().take(40).collect::<String>().trim()),
                Label::new(written.origin, "must be pairs like `to=from`"),
            ));
        }
        pairs.push((to.to_owned(), from.to_owned()));
        rest = skip(after);
    }
    Ok(pairs)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || "_-.:*#@$".contains(c)
}

fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c| !is_of_name(c)).unwrap_or(text.len()))
}

fn skip(text: &str) -> &str {
    text.trim_start_matches(|c| !is_of_name(c) && c != '=')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Vec<(String, String)>, Diagnostic> {
        pairs(&Value { text: text.to_owned(), ..Value::default() })
    }

    #[test]
    fn anything_that_no_name_holds_separates_pairs() {
        let wanted = [("a", "b"), ("c:*", "d:*")].map(|(to, from)| (to.to_owned(), from.to_owned()));
        for text in ["a=b,c:*=d:*", " a = b ;\n c:* = d:*; ", "a=b c:*=d:*", "a=b|c:*=d:*"] {
            assert_eq!(of(text).expect(text), wanted, "{text}");
        }
        assert!(of("").expect("no pairs").is_empty());
    }

    #[test]
    fn half_a_pair_is_an_error() {
        for text in ["a", "a=", "=b", "a=b,c", "a=b=c"] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
