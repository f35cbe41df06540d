//! JSON bodies: one document, or one a line.

use profilec_diagnostics::Diagnostic;
use profilec_engine::{Member, RowPathSeen, RowsCut};
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
    /// By level: the place of its records was there, be it empty.
    pub(crate) reached: Vec<bool>,
    /// A record that gives more rows than are written.
    pub(crate) cut: Option<RowsCut>,
}

impl<'w> Json<'w> {
    /// A walk that has seen nothing yet.
    pub(crate) fn new(
        tree: &'w Tree,
        rows: Option<&'w RowPath>,
        sink: &'w mut Sink,
        hints: &'w mut [u32],
    ) -> Self {
        let reached = vec![false; tree.levels.len()];
        Self { tree, rows, sink, hints, reached, cut: None }
    }

    /// Walks a body. Gives the members beside the rows and what stood at the row path.
    ///
    /// # Errors
    /// A finding: it is no JSON, or a value does not fit.
    pub(crate) fn walk(
        &mut self,
        text: &str,
        layout: &JsonLayout,
        place: &Place<'_>,
    ) -> Result<(Vec<Member>, RowPathSeen), Diagnostic> {
        if *layout == JsonLayout::Lines {
            return self.lines(text, place);
        }
        let sights = self.document(text, place, true)?;
        let row_path = sights.row_path(text, "");
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
            let here = sights.row_path(line, "");
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
        let mut sights = Sights::of(self.tree.levels.len());
        if let Some(RowPath::Query(query)) = self.rows {
            sights.rows = true;
            self.found_rows(text, query, &mut sights, place)?;
        }
        walk_body(text, self.tree, self.sink, &mut sights, self.hints, is_whole)
            .map_err(|fault| place.report(&fault, text, ""))?;
        self.note_cut(text, "", place);
        self.sink.tell_examples(text, |value| place.of(text, value, ""));
        for (reached, here) in self.reached.iter_mut().zip(&sights.reached) {
            *reached |= here;
        }
        Ok(sights)
    }

    /// Takes note of a record whose rows were cut; it is known by its place in this text only.
    fn note_cut(&mut self, text: &str, prefix: &str, place: &Place<'_>) {
        let cut = self.sink.join().and_then(|join| join.cut.take());
        if let Some(record) = cut.filter(|_| self.cut.is_none()) {
            self.cut = Some(place.cut(text, &record, prefix));
        }
    }

    fn found_rows(
        &mut self,
        text: &str,
        query: &str,
        sights: &mut Sights,
        place: &Place<'_>,
    ) -> Result<(), Diagnostic> {
        // A body that is no JSON is told about by the walk that follows.
        let broken = |error: String| match Fault::check(text) {
            Err(fault) => place.report(&fault, text, ""),
            Ok(()) => place.query_failed(query, &error),
        };
        for (pointer, row) in find_rows(text, query).map_err(broken)? {
            let mut own = Sights::of(sights.reached.len());
            walk_row(&row, self.tree, self.sink, &mut own, self.hints)
                .map_err(|fault| place.report(&fault, &row, &pointer))?;
            sights.add_row(&own, &row, &pointer);
            self.note_cut(&row, &pointer, place);
            self.sink.tell_examples(&row, |value| place.of(&row, value, &pointer));
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
        RowPathSeen::Rows | RowPathSeen::Unlike { .. } => 3,
        RowPathSeen::Scalar { .. } => 4,
    }
}
