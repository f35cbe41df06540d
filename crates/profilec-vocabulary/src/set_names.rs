//! Names that operations read: `<api:set attr="URI" …/>`.

use crate::Support;

/// One input of the row operations. Any other name is a variable of the script.
#[derive(Debug)]
pub struct SetName {
    /// As documented; a trailing `#` stands for a numbered family (`Header:Name#`).
    pub name: &'static str,
    /// Other accepted spellings.
    pub synonyms: &'static [&'static str],
    /// Whether it takes effect.
    pub support: Support,
    /// One line.
    pub doc: &'static str,
}

/// The set name that `written` is, ignoring case and a `#` with or without digits.
pub fn set_name(written: &str) -> Option<&'static SetName> {
    let bare = written.split('#').next().unwrap_or(written);
    let is = |name: &str| name.trim_end_matches('#').eq_ignore_ascii_case(bare);
    SET_NAMES.iter().find(|name| is(name.name) || name.synonyms.iter().any(|synonym| is(synonym)))
}

/// All set names.
pub static SET_NAMES: &[SetName] = &[];
