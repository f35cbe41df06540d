//! Where values go: into columns at the end of their row, into captures at the end of the text.

use profilec_engine::Seen;
use profilec_plan::PlanColumn;
use xxhash_rust::xxh3::Xxh3;

use crate::column::{Column, Uses};
use crate::compile::{NodeId, Tree};
use crate::fault::{Fault, Scan};
use crate::join::{Join, Table};
use crate::scan::{Kind, Value};
use crate::string::text_of;
use crate::survey::{self, Facts};
use crate::watch::Watch;

/// What one page fills.
pub(crate) struct Sink {
    /// Values seen and not yet placed: of records, outside columns, captures.
    slots: Vec<Value>,
    /// The first slot of an outside column.
    first_outside: usize,
    /// Puts rows together from records of several levels; `None`: each record is a row.
    join: Option<Join>,
    pub(crate) row_columns: Vec<Column>,
    pub(crate) outside: Vec<Outside>,
    pub(crate) captures: Vec<Seen>,
    /// Rows so far.
    pub(crate) rows: usize,
    /// Every row has so many values, when they have positions.
    pub(crate) width: Option<usize>,
    hash: RowsHash,
    scratch: String,
    /// Watches the walk over a page that is surveyed.
    pub(crate) watch: Option<Box<Watch>>,
}

/// A column that repeats a value from outside on the rows of its scope.
#[derive(Debug)]
pub(crate) struct Outside {
    pub(crate) column: Column,
    /// Its text on the first row.
    pub(crate) first: Seen,
    filled: usize,
}

impl Sink {
    /// Nothing seen yet. `rows`: how many are expected.
    pub(crate) fn new(
        tree: &Tree,
        columns: &[PlanColumn],
        uses: impl Fn(usize) -> Uses,
        rows: usize,
    ) -> Self {
        let join = Join::of(tree);
        let first_outside = tree.levels.iter().map(|level| level.slots.end).max().unwrap_or(0);
        let column = |index: &usize| Column::new(*index, columns[*index].ty, uses(*index), rows);
        let row_columns: Vec<_> = tree.row_columns.iter().map(column).collect();
        let outside: Vec<_> = tree
            .outside_columns
            .iter()
            .map(|index| Outside { column: column(index), first: Seen::Absent, filled: 0 })
            .collect();
        Self {
            slots: vec![Value::ABSENT; first_outside + outside.len() + tree.captures],
            first_outside,
            join,
            row_columns,
            outside,
            captures: vec![Seen::Absent; tree.captures],
            rows: 0,
            width: None,
            hash: RowsHash::default(),
            scratch: String::new(),
            watch: None,
        }
    }

    /// A value stands at a node.
    #[inline]
    pub(crate) fn visit(&mut self, node: NodeId) {
        if let Some(watch) = &mut self.watch {
            watch.visit(node);
        }
    }

    /// What the columns saw, each with its index in the plan.
    pub(crate) fn take_facts(&mut self) -> Vec<(usize, Facts)> {
        let outside = self.outside.iter_mut().map(|outside| &mut outside.column);
        let columns = self.row_columns.iter_mut().chain(outside);
        columns.filter_map(|column| Some((column.index, column.facts.take()?))).collect()
    }

    /// A text ends: examples in it are told by the way to them.
    pub(crate) fn tell_examples(&mut self, text: &str, place: impl Fn(Value) -> String) {
        if self.watch.is_some() {
            let outside = self.outside.iter_mut().map(|outside| &mut outside.column);
            let columns = self.row_columns.iter_mut().chain(outside);
            survey::tell(columns.filter_map(|column| column.facts.as_mut()), text, place);
        }
    }

    /// A value for a slot. The last one counts; for captures the last that is not null.
    #[inline]
    pub(crate) fn take(&mut self, slot: usize, value: Value) {
        let is_capture = slot >= self.slots.len() - self.captures.len();
        if is_capture && value.is_null() && self.slots[slot].kind != Kind::Absent {
            return;
        }
        self.slots[slot] = value;
    }

    /// A record is complete. `is_document`: it is all of the body.
    pub(crate) fn end_record(
        &mut self,
        text: &str,
        level: usize,
        record: Value,
        is_document: bool,
    ) -> Scan<()> {
        if let Some(join) = &mut self.join {
            let mut table = Table {
                text,
                columns: &mut self.row_columns,
                rows: &mut self.rows,
                hash: &mut self.hash,
                scratch: &mut self.scratch,
            };
            return join.end_record(level, record, is_document, &mut self.slots, &mut table);
        }
        if let Some(width) = self.width
            && (record.count as usize != width || !matches!(record.kind, Kind::Array | Kind::Field))
        {
            return Err(Fault::ragged(record, width));
        }
        if self.row_columns.is_empty() {
            self.hash.add(record.source(text));
        }
        for (column, slot) in self.row_columns.iter_mut().zip(&mut self.slots) {
            let value = std::mem::replace(slot, Value::ABSENT);
            self.hash.add(if value.is_null() { "" } else { value.source(text) });
            column.fill(text, value, 1, &mut self.scratch)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Records that a total or an offset counts.
    pub(crate) fn records(&self) -> usize {
        self.join.as_ref().map_or(self.rows, Join::counted)
    }

    /// How rows are put together, when they are.
    pub(crate) fn join(&mut self) -> Option<&mut Join> {
        self.join.as_mut()
    }

    /// The scope of an outside slot ends: its value goes to the rows since the scope before.
    pub(crate) fn end_scope(&mut self, text: &str, slot: usize) -> Scan<()> {
        let value = std::mem::replace(&mut self.slots[slot], Value::ABSENT);
        let outside = &mut self.outside[slot - self.first_outside];
        if outside.filled == 0 {
            outside.first = seen(text, value, &mut self.scratch)?;
        }
        outside.column.fill(text, value, self.rows - outside.filled, &mut self.scratch)?;
        outside.filled = self.rows;
        Ok(())
    }

    /// The text ends: captures in it become texts of their own.
    pub(crate) fn end_text(&mut self, text: &str) -> Scan<()> {
        let first = self.slots.len() - self.captures.len();
        for (capture, slot) in self.captures.iter_mut().zip(&mut self.slots[first..]) {
            let value = std::mem::replace(slot, Value::ABSENT);
            if !value.is_null() || *capture == Seen::Absent {
                *capture = seen(text, value, &mut self.scratch)?;
            }
        }
        Ok(())
    }

    /// The page ends: rows without a scope have null outside. Gives the hash of the rows.
    pub(crate) fn end_page(&mut self) -> Scan<u64> {
        for outside in &mut self.outside {
            let rest = self.rows - outside.filled;
            outside.column.fill("", Value::ABSENT, rest, &mut self.scratch)?;
        }
        Ok(self.hash.finish())
    }
}

fn seen(text: &str, value: Value, scratch: &mut String) -> Scan<Seen> {
    let words = text_of(text, value, scratch).map_err(|lone| Fault::lone_surrogate(lone.0))?;
    Ok(match words {
        Some(words) => Seen::Value(words.to_owned()),
        None if value.kind == Kind::Null => Seen::Null,
        None => Seen::Absent,
    })
}

/// A hash over the row columns' values as written, null and absent alike. Collected in pieces: the values are
/// too short to hash one by one.
pub(crate) struct RowsHash {
    state: Box<Xxh3>,
    piece: Vec<u8>,
}

impl Default for RowsHash {
    fn default() -> Self {
        Self { state: Box::default(), piece: Vec::with_capacity(Self::PIECE * 2) }
    }
}

impl RowsHash {
    const PIECE: usize = 1 << 13;

    #[inline]
    pub(crate) fn add(&mut self, value: &str) {
        self.piece.extend_from_slice(value.as_bytes());
        // No byte of UTF-8: values cannot run into each other.
        self.piece.push(0xff);
        if self.piece.len() >= Self::PIECE {
            self.state.update(&self.piece);
            self.piece.clear();
        }
    }

    fn finish(&mut self) -> u64 {
        self.state.update(&self.piece);
        self.piece.clear();
        self.state.digest()
    }
}
