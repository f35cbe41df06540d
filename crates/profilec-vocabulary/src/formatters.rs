//! The value formatters: `[name | formatter(arguments)]`.

use crate::Support;

/// A formatter's identity. `Other` stands for the known ones that do not run yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the formatter of its name; the table documents it")]
pub enum FormatterId {
    Add,
    AllowNull,
    Base64Encode,
    Contains,
    DateAdd,
    Def,
    Divide,
    Empty,
    Equals,
    Multiply,
    Now,
    Replace,
    Split,
    Substring,
    Subtract,
    ToDate,
    ToLower,
    ToUpper,
    Trim,
    UrlEncode,
    UtcNow,
    Other,
}

/// One formatter.
#[derive(Debug)]
pub struct Formatter {
    /// Which.
    pub id: FormatterId,
    /// Its name, lower case.
    pub name: &'static str,
    /// Other names for the same.
    pub synonyms: &'static [&'static str],
    /// Fewest arguments.
    pub min: usize,
    /// Most arguments.
    pub max: usize,
    /// It gives a value where the input is undefined (`def`, `allownull`, `empty`, `now`, …).
    pub accepts_undefined: bool,
    /// Whether it runs.
    pub support: Support,
    /// `replace(oldvalue, newvalue)`.
    pub signature: &'static str,
    /// One line.
    pub doc: &'static str,
}

/// The formatter of this name, ignoring case.
pub fn formatter(name: &str) -> Option<&'static Formatter> {
    FORMATTERS.iter().find(|formatter| {
        formatter.name.eq_ignore_ascii_case(name)
            || formatter.synonyms.iter().any(|synonym| synonym.eq_ignore_ascii_case(name))
    })
}

/// All formatters.
pub static FORMATTERS: &[Formatter] = &[];
