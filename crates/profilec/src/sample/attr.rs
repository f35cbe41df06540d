//! The places in an `attr` that findings about a column point at.

use profilec_diagnostics::Span;
use profilec_plan::PlanColumn;
use profilec_syntax::{Column, Document, Info, Text};

/// A column with its declaration.
#[derive(Clone, Copy)]
pub(super) struct Attr<'d> {
    name: Span,
    declared: Option<&'d Column>,
}

impl<'d> Attr<'d> {
    /// The declaration of a column.
    pub(super) fn of(column: &PlanColumn, document: &'d Document) -> Self {
        let mut all = document.info.iter().flat_map(Info::all_columns);
        let declared = all.find(|other| other.name().is_some_and(|name| name.span() == column.origin));
        Self { name: column.origin, declared }
    }

    /// Its type; without one its name.
    pub(super) fn ty(self) -> Span {
        self.declared.and_then(Column::ty).map_or(self.name, Text::span)
    }

    /// What `columnsize` says, and where.
    pub(super) fn size(self) -> Option<(usize, Span)> {
        let size = self.declared?.size()?;
        let characters = size.as_str().trim().parse().ok().filter(|characters| *characters > 0)?;
        Some((characters, size.span()))
    }

    /// Its path, when it is written.
    pub(super) fn path(self) -> Option<Span> {
        self.declared.and_then(Column::path).map(Text::span)
    }

    /// A step of its path; else the path; without one its name.
    pub(super) fn step(self, step: &str) -> Span {
        let Some(path) = self.declared.and_then(Column::path) else { return self.name };
        let text = path.as_str();
        let is_border =
            |c: Option<char>| c.is_none_or(|c| matches!(c, '/' | '.' | '[' | ']' | '\'' | '"' | ' '));
        let is_whole = |at: &usize| {
            let end = at + step.len();
            is_border(text.get(..*at).and_then(|before| before.chars().next_back()))
                && is_border(text.get(end..).and_then(|after| after.chars().next()))
        };
        let mut places = text.rmatch_indices(step).map(|(at, _)| at);
        match places.find(is_whole).filter(|_| !step.is_empty()) {
            Some(at) => path.span_of(at..at + step.len()),
            None => path.span(),
        }
    }
}
