//! The elements of `api:info`.

/// An element of `api:info`; it has no prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Declaration {
    /// `attr`: a column.
    Attr,
    /// `input`: a parameter.
    Input,
    /// `output`: a column of a procedure.
    Output,
}

/// All of them, by name.
pub static DECLARATIONS: &[Declaration] = &[Declaration::Attr, Declaration::Input, Declaration::Output];

/// The element of this name, ignoring case.
pub fn declaration(name: &str) -> Option<Declaration> {
    DECLARATIONS.iter().copied().find(|known| known.name().eq_ignore_ascii_case(name))
}

impl Declaration {
    /// As written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attr => "attr",
            Self::Input => "input",
            Self::Output => "output",
        }
    }

    /// One line.
    pub const fn doc(self) -> &'static str {
        match self {
            Self::Attr => "a column of the table",
            Self::Input => "an input of the run: `-i name=value`, read as `[_input.name]`",
            Self::Output => "a column of a procedure's result",
        }
    }
}
