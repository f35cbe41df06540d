//! Kinds of characters.

/// A blank of XML.
pub(super) const fn is_xml_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// A blank to a person: those of XML, those of Unicode, and the two that have no width.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

/// A typographic quote, as word processors put in.
pub(super) const fn is_curly_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’')
}

/// May start a tag's name.
pub(super) fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '_' | ':')
}

/// May stand in a name. Wider than XML: a name is only ever compared.
pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | ':' | '-' | '.')
        || (!c.is_ascii() && !is_blank(c) && !is_curly_quote(c) && !c.is_control())
}

/// A control character that XML 1.0 has no way to write.
pub(super) const fn is_forbidden_control(c: char) -> bool {
    (c as u32) < 0x20 && !matches!(c, '\t' | '\r' | '\n')
}

/// A character for a message: itself, or its escape.
pub(super) fn shown(text: &str) -> String {
    text.chars()
        .take(20)
        .flat_map(char::escape_debug)
        .collect::<String>()
        .replace("\\\"", "\"")
        .replace("\\'", "'")
        .replace("\\\\", "\\")
}

/// The length of the run at the start of `text` whose characters satisfy `is`.
pub(super) fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}
