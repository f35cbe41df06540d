//! Where a quoted attribute value ends, when people forget to end it or quote inside it.

use super::character::{is_blank, is_curly_quote, is_name, run};

/// Where a value ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueEnd {
    /// At the quote at this offset.
    Quote(usize),
    /// At the quote at this offset; there are unescaped quotes before it.
    QuoteAfterInner(usize),
    /// Its quote is missing; it must have been meant at this offset.
    Missing(usize),
    /// At the end of a file that was cut off.
    Cut,
}

/// Finds the end of the value that starts at `start`, after its opening quote.
///
/// The next quote ends it, except where what surrounds that quote says otherwise: a quote right after
/// ` name=` opens the next attribute, and a quote that no attribute or tag end follows is part of the
/// value if a better one comes on the same line. `complete` says that the file's end is there.
pub(super) fn value_end(text: &str, start: usize, quote: char, complete: bool) -> ValueEnd {
    let Some(first) = text[start..].find(quote).map(|at| start + at) else {
        let value = &text[start..];
        let end = || tag_end(value).or_else(|| value.find('<')).unwrap_or(value.len());
        return if complete { ValueEnd::Missing(start + end()) } else { ValueEnd::Cut };
    };
    if ends_value(&text[first + 1..]) {
        return ValueEnd::Quote(first);
    }
    if let Some(before) = opens_attribute(&text[start..first]) {
        return ValueEnd::Missing(start + tag_end(&text[start..first]).unwrap_or(before));
    }
    let after = &text[first + 1..];
    if after.starts_with(quote) && ends_value(&after[1..]) {
        return ValueEnd::Quote(first);
    }
    better_end(text, first, quote).map_or(ValueEnd::Quote(first), ValueEnd::QuoteAfterInner)
}

/// Whether what follows a quote says that the quote ends a value: the tag's end, or another attribute.
fn ends_value(after: &str) -> bool {
    let touching = after;
    let after = after.trim_start_matches(is_blank);
    if after.is_empty() || after.starts_with(['>', '<']) || after.starts_with("/>") {
        return true;
    }
    let name = run(after, is_name);
    let rest = after[name..].trim_start_matches(is_blank);
    name > 0
        && rest.strip_prefix('=').is_some_and(|value| {
            // Apart from the quote, an attribute may come whose value has no opening quote.
            let bare = touching.len() > after.len()
                && value.starts_with(|c| !is_blank(c) && !matches!(c, '=' | '>' | '<'));
            bare || value
                .trim_start_matches(is_blank)
                .starts_with(|c| matches!(c, '"' | '\'') || is_curly_quote(c))
        })
}

/// Where a value ends that is beyond doubt one: on its line, without `=` and `<`, and ended by its quote.
pub(super) fn plain_value(text: &str, start: usize, quote: char) -> Option<usize> {
    let end = start + text[start..].find([quote, '\n', '\r', '=', '<'])?;
    (text[end..].starts_with(quote) && ends_value(&text[end + 1..])).then_some(end)
}

/// If a value ends in ` name=`, as it does when the quote after it opens the next attribute: where the
/// blanks before the name start.
fn opens_attribute(value: &str) -> Option<usize> {
    let before_equals = value.strip_suffix('=')?;
    let before_name = before_equals.trim_end_matches(is_name);
    let kept = before_name.trim_end_matches(is_blank);
    (before_name.len() < before_equals.len() && kept.len() < before_name.len()).then_some(kept.len())
}

/// The first tag end in a value that markup follows: there the tag was meant to end.
fn tag_end(value: &str) -> Option<usize> {
    let is_end = |at: &usize| value[at + 1..].trim_start_matches(is_blank).starts_with('<');
    let at = value.match_indices('>').map(|(at, _)| at).find(is_end)?;
    Some(if value[..at].ends_with('/') { at - 1 } else { at })
}

/// A later quote on the same line that ends the value, with no attribute in between.
///
/// It gives up at `name="`. A value can only open after one of those, so no byte is looked at twice and
/// the scan is linear over a file.
fn better_end(text: &str, first: usize, quote: char) -> Option<usize> {
    let mut at = first + 1;
    loop {
        let next = at + text[at..].find([quote, '\n', '\r'])?;
        let before = &text[at..next];
        let name = before.trim_end_matches(|c| c == '=' || is_blank(c));
        let opens = name.ends_with(is_name) && before[name.len()..].contains('=');
        if opens || !text[next..].starts_with(quote) {
            return None;
        }
        if ends_value(&text[next + 1..]) {
            return Some(next);
        }
        at = next + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> (&str, ValueEnd) {
        let end = value_end(text, 0, '"', true);
        let at = match end {
            ValueEnd::Quote(at) | ValueEnd::QuoteAfterInner(at) | ValueEnd::Missing(at) => at,
            ValueEnd::Cut => text.len(),
        };
        (&text[..at], end)
    }

    #[test]
    fn the_next_quote_ends_a_value() {
        assert_eq!(value(r#"a" b="c"/>"#), ("a", ValueEnd::Quote(1)));
        assert_eq!(value(r#"a"b="c"/>"#), ("a", ValueEnd::Quote(1)));
        assert_eq!(value(r#"x y="/>"#), ("x y=", ValueEnd::Quote(4)));
        assert_eq!(value(r#"a", value="b">"#), ("a", ValueEnd::Quote(1)));
        assert_eq!(value(r#"a"" value="b">"#), ("a", ValueEnd::Quote(1)));
        assert_eq!(value(r#"a" flag value="b">"#), ("a", ValueEnd::Quote(1)));
        assert_eq!(value("a\"\n  <api:push/>"), ("a", ValueEnd::Quote(1)));
    }

    #[test]
    fn quotes_inside_a_value_stay_in_it() {
        assert_eq!(value(r#"say "hi" there"/>"#).0, r#"say "hi" there"#);
        assert_eq!(value(r#"{"a": "b"}"/>"#).0, r#"{"a": "b"}"#);
    }

    #[test]
    fn a_missing_quote_ends_before_the_next_attribute_or_tag() {
        assert_eq!(value(r#"a value="b"/>"#), ("a", ValueEnd::Missing(1)));
        assert_eq!(value("b/>\n<api:set attr=\"c\"/>").0, "b");
        assert_eq!(value("b>\n</api:call>\n</api:script>").0, "b");
    }
}
