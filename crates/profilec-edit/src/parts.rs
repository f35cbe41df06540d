//! Parts of texts: the lines of `setm`, the entries of lists.

use std::ops::Range;

/// `name = value`: where the two stand, with the blanks around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetLine {
    pub(crate) name: Range<usize>,
    /// `None` while there is no `=`.
    pub(crate) value: Option<Range<usize>>,
}

/// All lines of a body, blank ones included.
pub(crate) fn set_lines(body: &str) -> impl Iterator<Item = SetLine> {
    let mut next = 0;
    body.split('\n').map(move |line| {
        let start = next;
        let end = start + line.len();
        next = end + 1;
        match line.find('=').map(|at| start + at) {
            Some(equals) => SetLine { name: start..equals, value: Some(equals + 1..end) },
            None => SetLine { name: start..end, value: None },
        }
    })
}

/// The entry of a list at a place, without the blanks around it.
pub(crate) fn entry_at(list: &str, at: usize, is_separator: impl Fn(char) -> bool) -> Range<usize> {
    let (before, after) = list.split_at_checked(at).unwrap_or((list, ""));
    let start = before.rfind(&is_separator).map_or(0, |at| at + 1);
    let end = before.len() + after.find(&is_separator).unwrap_or(after.len());
    trimmed(list, start..end)
}

/// What text of a profile means, where it has the entities of XML itself.
pub(crate) fn decoded(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.into_iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

/// A range without the blanks at its ends; of blanks alone, the place behind them.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or_default();
    let start = range.end - written.trim_start().len();
    start..start + written.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_name_and_a_value() {
        let body = "a = [b]\r\n\n  c";
        let lines: Vec<SetLine> = set_lines(body).collect();
        let part = |range: Range<usize>| &body[trimmed(body, range)];
        let parts: Vec<_> = lines.into_iter().map(|line| (part(line.name), line.value.map(part))).collect();
        assert_eq!(parts, [("a", Some("[b]")), ("", None), ("c", None)]);
    }
}
