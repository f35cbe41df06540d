//! The value formatters: `[name | formatter(arguments)]`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::index::Index;
use crate::{Evidence, FORMATTERS, FormatterId, Kind, Support};

/// One formatter.
#[derive(Clone, Copy, Debug)]
pub struct Formatter {
    /// Which.
    pub id: FormatterId,
    /// Its name, lower case.
    pub name: &'static str,
    /// Other names for the same.
    pub synonyms: &'static [&'static str],
    /// What it takes, the required ones first.
    pub arguments: &'static [Argument],
    /// It gives a value where the input is undefined (`def`, `allownull`, `empty`, `now`, …).
    pub accepts_undefined: bool,
    /// Whether it runs.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// Since when, or where; may be empty.
    pub note: &'static str,
    /// One line.
    pub doc: &'static str,
}

/// One argument of a formatter.
#[derive(Clone, Copy, Debug)]
pub struct Argument {
    /// What references call it.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Must be there.
    pub required: bool,
    /// What it is when it is not there.
    pub default: Option<&'static str>,
}

impl Formatter {
    /// Fewest arguments.
    pub fn min(&self) -> usize {
        self.arguments.iter().filter(|argument| argument.required).count()
    }

    /// Most arguments.
    pub const fn max(&self) -> usize {
        self.arguments.len()
    }

    /// `replace(oldvalue, newvalue[, ishex])`.
    pub fn signature(&self) -> String {
        let mut signature = format!("{}(", self.name);
        for (at, argument) in self.arguments.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            let _ = if argument.required {
                write!(signature, "{comma}{}", argument.name)
            } else {
                write!(signature, "[{comma}{}]", argument.name)
            };
        }
        signature + ")"
    }
}

/// The formatter of this name, ignoring case.
pub fn formatter(name: &str) -> Option<&'static Formatter> {
    static NAMES: LazyLock<Index<Formatter>> = LazyLock::new(|| {
        Index::new(FORMATTERS, |formatter| {
            std::iter::once(formatter.name).chain(formatter.synonyms.iter().copied())
        })
    });
    NAMES.get(name)
}
