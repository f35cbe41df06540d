//! One use of a formatter: its value and arguments.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::Formatter;

use super::{Ambient, number};
use crate::script::is_true;

/// Bytes of a value. A template that makes more is a slip, or wants the memory filled.
pub(crate) const LONGEST: usize = 64 << 20;

/// A formatter at work on a value that is there.
pub(super) struct Call<'c> {
    pub(super) formatter: &'c Formatter,
    pub(super) value: &'c str,
    pub(super) arguments: &'c [String],
    pub(super) ambient: &'c Ambient,
}

impl Call<'_> {
    pub(super) fn argument(&self, at: usize) -> Option<&str> {
        self.arguments.get(at).map(String::as_str)
    }

    /// An argument, empty when it is left out.
    pub(super) fn text(&self, at: usize) -> &str {
        self.argument(at).unwrap_or_default()
    }

    /// An argument that is a whole number.
    pub(super) fn whole(&self, at: usize) -> Result<Option<i64>, Diagnostic> {
        self.argument(at).map(|text| number::whole(self.formatter, text)).transpose()
    }

    /// An argument that counts characters; below zero is zero.
    pub(super) fn count(&self, at: usize) -> Result<Option<usize>, Diagnostic> {
        let whole = self.whole(at)?;
        Ok(whole.map(|whole| usize::try_from(whole.max(0)).unwrap_or(usize::MAX)))
    }

    /// Whether an argument is a true word.
    pub(super) fn is_set(&self, at: usize) -> bool {
        self.argument(at).is_some_and(is_true)
    }

    /// What a yes-or-no formatter gives: `true` and `false`, unless the arguments from `at` on replace them.
    pub(super) fn answer(&self, holds: bool, at: usize) -> String {
        if holds { self.argument(at).unwrap_or("true") } else { self.argument(at + 1).unwrap_or("false") }
            .to_owned()
    }

    /// Refuses a value of so many bytes before it is made, when they are too many.
    pub(super) fn room(&self, bytes: usize) -> Result<(), Diagnostic> {
        if bytes <= LONGEST { Ok(()) } else { Err(too_long(self.formatter.origin)) }
    }

    /// A value or an argument is of the wrong kind.
    pub(super) fn wrong(&self, message: String, label: &str) -> Diagnostic {
        Diagnostic::new(&codes::template::argument_type, message, Label::new(self.formatter.origin, label))
    }
}

/// A value is longer than [`LONGEST`].
pub(crate) fn too_long(origin: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::template::too_long,
        "this makes a text of more than 64 MiB",
        Label::new(origin, "grows beyond all bounds here"),
    )
    .help("a value that grows with each pass or formatter must be cut or left out")
}
