//! What settings make of findings: allowed, a warning, or an error.

use crate::{Code, Severity, codes};

/// What is made of findings; the graver, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// They are not told, only counted.
    Allow,
    /// They are warnings.
    Warn,
    /// They are errors.
    Deny,
}

/// Which findings a setting speaks of: those of a code, or of all codes of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The area of this name.
    Area(&'static str),
    /// This code.
    Code(&'static Code),
}

impl Kind {
    /// The kind of this name: an area (`paging`), a code with or without `profilec::`, or the last part of a code
    /// when no other one ends with it.
    pub fn named(name: &str) -> Option<Self> {
        let area = codes::AREAS.iter().find(|area| **area == name);
        area.map(|area| Self::Area(area)).or_else(|| codes::named(name).map(Self::Code))
    }

    /// All names, for a did-you-mean: areas, and codes in full, without `profilec::`, and by their last part.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        let of_code = |code: &&'static Code| [code.id, code.bare(), code.name()];
        codes::AREAS.iter().copied().chain(codes::ALL.iter().flat_map(of_code))
    }

    /// Whether it speaks of findings of a code.
    pub fn covers(self, code: &Code) -> bool {
        match self {
            Self::Area(area) => area == code.area(),
            Self::Code(own) => own == code,
        }
    }
}

/// Levels of kinds. Of several that speak of a code the last one wins.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    given: Vec<(Kind, Level)>,
}

impl Levels {
    /// Adds one that wins over those before it.
    pub fn set(&mut self, kind: Kind, level: Level) {
        self.given.push((kind, level));
    }

    /// What is made of findings of a code; `None`: what the code itself says.
    pub fn of(&self, code: &Code) -> Option<Level> {
        self.given.iter().rev().find(|(kind, _)| kind.covers(code)).map(|(_, level)| *level)
    }
}

impl Level {
    /// The severity of what is told; `None` when it is not.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_named_in_every_way_that_leaves_no_doubt() {
        let code = Some(Kind::Code(&codes::paging::not_enabled));
        for name in ["profilec::paging::not_enabled", "paging::not_enabled", "not_enabled"] {
            assert_eq!(Kind::named(name), code, "{name}");
        }
        assert_eq!(Kind::named("paging"), Some(Kind::Area("paging")));
        for name in ["", "Paging", "paging::", "profilec::paging", "profilec", "not"] {
            assert_eq!(Kind::named(name), None, "{name}");
        }
    }

    #[test]
    fn the_last_level_that_speaks_of_a_code_wins() {
        let mut levels = Levels::default();
        levels.set(Kind::Code(&codes::paging::not_enabled), Level::Deny);
        levels.set(Kind::Area("paging"), Level::Allow);
        levels.set(Kind::Code(&codes::paging::page_size_zero), Level::Warn);
        assert_eq!(levels.of(&codes::paging::not_enabled), Some(Level::Allow));
        assert_eq!(levels.of(&codes::paging::page_size_zero), Some(Level::Warn));
        assert_eq!(levels.of(&codes::xml::doctype), None);
    }
}
