//! JSON bodies: one document, or one a line.

use profilec_diagnostics::Diagnostic;
use profilec_engine::{Member, RowPathSeen};
use profilec_plan::JsonLayout;
use profilec_syntax::RowPath;

use crate::compile::Tree;
use crate::fault::{Fault, Place};
use crate::query::find_rows;
use crate::seen::Sights;
use crate::sink::Sink;
use crate::walk::{walk_body, walk_row};

/// What a walk needs besides the text.
pub(crate) struct Json<'w> {
    pub(crate) tree: &'w Tree,
    pub(crate) rows: Option<&'w RowPath>,
    pub(crate) sink: &'w mut Sink,
    pub(crate) hints: &'w mut [u32],
}

impl Json<'_> {
    /// Walks a body. Gives the members beside the rows and what stood at the row path.
    ///
    /// # Errors
    /// A finding: it is no JSON, or a value does not fit.
    pub(crate) fn walk(
        mut self,
        text: &str,
        layout: &JsonLayout,
        place: &Place<'_>,
    ) -> Result<(Vec<Member>, RowPathSeen), Diagnostic> {
        if *layout == JsonLayout::Lines {
            return self.lines(text, place);
        }
        let sights = self.document(text, place, true)?;
        let row_path = sights.row_path(text);
        Ok((sights.members, row_path))
    }

    /// Walks the documents of the lines; empty lines have none.
    fn lines(&mut self, text: &str, place: &Place<'_>) -> Result<(Vec<Member>, RowPathSeen), Diagnostic> {
        let mut seen: Option<RowPathSeen> = None;
        let mut members = Vec::new();
        let lines = text.split('\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
        for (at, line) in lines {
            let is_first = seen.is_none();
            let sights = self.document(line, &place.at_line(at + 1), is_first).map_err(|finding| {
                if is_first && Fault::check(text).is_ok() { place.one_document() } else { finding }
            })?;
            let here = sights.row_path(line);
            // What is beside the rows of one line is not beside the rows of the next.
            members = if is_first { sights.members } else { Vec::new() };
            seen = Some(match seen {
                Some(before) if weight(&before) >= weight(&here) => before,
                _ => here,
            });
        }
        Ok((members, seen.unwrap_or(RowPathSeen::NoBody)))
    }

    fn document(&mut self, text: &str, place: &Place<'_>, is_whole: bool) -> Result<Sights, Diagnostic> {
        let mut sights = Sights::default();
        if let Some(RowPath::Query(query)) = self.rows {
            sights.rows = true;
            self.found_rows(text, query, place)?;
        }
        walk_body(text, self.tree, self.sink, &mut sights, self.hints, is_whole)
            .map_err(|fault| place.report(&fault, text, ""))?;
        Ok(sights)
    }

    fn found_rows(&mut self, text: &str, query: &str, place: &Place<'_>) -> Result<(), Diagnostic> {
        // A body that is no JSON is told about by the walk that follows.
        let broken = |error: String| match Fault::check(text) {
            Err(fault) => place.report(&fault, text, ""),
            Ok(()) => place.query_failed(query, &error),
        };
        for (pointer, row) in find_rows(text, query).map_err(broken)? {
            walk_row(&row, self.tree, self.sink, self.hints)
                .map_err(|fault| place.report(&fault, &row, &pointer))?;
        }
        Ok(())
    }
}

/// Of what stood at the row path of several documents, the heaviest is told: a scalar may be lost rows, and
/// rows in one document show that the path is right.
fn weight(seen: &RowPathSeen) -> u8 {
    match seen {
        RowPathSeen::NoBody => 0,
        RowPathSeen::Null => 1,
        RowPathSeen::Missing { .. } => 2,
        RowPathSeen::Rows => 3,
        RowPathSeen::Scalar { .. } => 4,
    }
}
