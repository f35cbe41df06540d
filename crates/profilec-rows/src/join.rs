//! Rows that are made of records of several levels: parents repeated, siblings each with each, what has no
//! children kept.
//!
//! Along a line of levels nothing is kept back: a record's rows go out when it ends, and its parent's values
//! follow when that one ends. Where a level has more than one below it, the places of one of its records' values
//! are kept until it ends, because its rows are known only then.

use std::ops::Range;

use crate::column::Column;
use crate::compile::{LevelNode, Tree};
use crate::fault::Scan;
use crate::scan::Value;
use crate::sink::RowsHash;

/// Rows that the siblings within one record give at most. The rest is left out, and told.
pub(crate) const MOST_JOINED: u64 = 100_000;

/// Where rows go.
pub(crate) struct Table<'t> {
    pub(crate) text: &'t str,
    pub(crate) columns: &'t mut [Column],
    pub(crate) rows: &'t mut usize,
    pub(crate) hash: &'t mut RowsHash,
    pub(crate) scratch: &'t mut String,
}

impl Table<'_> {
    /// Appends a value to columns, the same for `times` rows.
    fn fill(&mut self, column: usize, value: Value, times: usize) -> Scan<()> {
        match self.columns.get_mut(column) {
            Some(column) => column.fill(self.text, value, times, self.scratch),
            None => Ok(()),
        }
    }

    fn count(&mut self, column: usize, number: u64, times: usize) -> Scan<()> {
        self.columns.get_mut(column).map_or(Ok(()), |column| column.count(number, times))
    }
}

/// Puts rows together.
#[derive(Debug)]
pub(crate) struct Join {
    levels: Vec<Level>,
    /// A record whose rows were cut, and how many they would have been.
    pub(crate) cut: Option<(Value, u64)>,
}

/// What becomes of a record at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Its rows are out already; its values follow them.
    Follows,
    /// Its rows go out.
    Gives,
    /// It waits for the end of the record that it is in.
    Waits,
}

#[derive(Debug)]
struct Level {
    role: Role,
    kept: bool,
    parent: Option<usize>,
    children: Vec<usize>,
    /// The levels from the one that gives the rows to this one.
    line: Vec<usize>,
    /// The slots of a record's values, and the column of each.
    slots: Range<usize>,
    columns: Vec<usize>,
    /// Columns that number the records. Only a line of levels has any.
    numbers: Vec<usize>,
    /// Columns that are null where this level gives a row, or none below it has a record.
    others: Vec<usize>,
    /// Rows that have this level's values.
    filled: usize,
    /// Records so far, over the whole run.
    count: u64,
    /// Records of this page, and whether one was the whole body.
    came: usize,
    was_document: bool,
    waiting: Waiting,
}

/// Records that are kept back, one after another.
#[derive(Debug, Default)]
struct Waiting {
    /// Values of all slots.
    values: Vec<Value>,
    /// How many rows each gives.
    rows: Vec<u64>,
    /// By record and child: how many records of the child came until its end, and how many rows those of it give.
    inside: Vec<(usize, u64)>,
}

impl Join {
    /// `None` where each record is a row.
    pub(crate) fn of(tree: &Tree) -> Option<Self> {
        if tree.levels.len() <= 1 && tree.levels.iter().all(|level| level.numbers.is_empty()) {
            return None;
        }
        let children = |at: usize| {
            let is_child = move |level: &LevelNode| level.parent == Some(at);
            tree.levels.iter().enumerate().filter(move |(_, level)| is_child(level)).map(|(at, _)| at)
        };
        let is_union = tree.levels.iter().filter(|level| level.parent.is_none()).count() > 1;
        let mut levels: Vec<Level> = Vec::new();
        for (at, node) in tree.levels.iter().enumerate() {
            let below: Vec<usize> = children(at).collect();
            let above = node.parent.and_then(|parent| levels.get(parent));
            let role = match above {
                Some(above) if above.role != Role::Follows => Role::Waits,
                _ if is_union || below.len() != 1 => Role::Gives,
                _ => Role::Follows,
            };
            let line = match above {
                Some(above) if role == Role::Waits => above.line.iter().copied().chain([at]).collect(),
                _ => vec![at],
            };
            levels.push(Level {
                role,
                kept: node.kept,
                parent: node.parent,
                children: below,
                line,
                slots: node.slots.clone(),
                columns: node.columns.clone(),
                numbers: node.numbers.clone(),
                others: Vec::new(),
                filled: 0,
                count: 0,
                came: 0,
                was_document: false,
                waiting: Waiting::default(),
            });
        }
        let mut join = Self { levels, cut: None };
        join.find_others(tree);
        Some(join)
    }

    /// A level that gives rows leaves null what neither it, nor a level below, nor one above fills; one that
    /// follows leaves null what is below it, when nothing is.
    fn find_others(&mut self, tree: &Tree) {
        for at in 0..self.levels.len() {
            let is_within = |mut level: usize, outer: usize| loop {
                match tree.levels[level].parent {
                    _ if level == outer => return true,
                    Some(parent) => level = parent,
                    None => return false,
                }
            };
            let fills = |level: usize, column: &usize| {
                let level = &tree.levels[level];
                level.columns.contains(column) || level.numbers.contains(column)
            };
            let levels = 0..tree.levels.len();
            let others = (0..tree.row_columns.len()).filter(|column| match self.levels[at].role {
                Role::Waits => false,
                Role::Gives => {
                    !levels.clone().any(|it| (is_within(it, at) || is_within(at, it)) && fills(it, column))
                }
                Role::Follows => !levels.clone().any(|it| is_within(at, it) && fills(it, column)),
            });
            self.levels[at].others = others.collect();
        }
    }

    /// Goes on counting records where the page before stopped.
    pub(crate) fn count_from(&mut self, before: &[u64]) {
        self.levels.iter_mut().zip(before).for_each(|(level, before)| level.count = *before);
    }

    /// Records of each level so far, over the whole run.
    pub(crate) fn counted_to(&self) -> Vec<u64> {
        self.levels.iter().map(|level| level.count).collect()
    }

    /// Records of this page, by level.
    pub(crate) fn came(&self) -> Vec<usize> {
        self.levels.iter().map(|level| level.came).collect()
    }

    /// By level: whether records of it could be, because there were some to hold them.
    pub(crate) fn could_be(&self) -> Vec<bool> {
        let parents = self.levels.iter().map(|level| level.parent);
        parents.map(|parent| parent.is_none_or(|parent| self.levels[parent].came > 0)).collect()
    }

    /// Records that a total or an offset counts: those of the outermost level. The document itself is none where
    /// there are records in it.
    pub(crate) fn counted(&self) -> usize {
        let tops = self.levels.iter().enumerate().filter(|(_, level)| level.parent.is_none());
        tops.map(|(at, _)| self.counted_in(at)).sum()
    }

    fn counted_in(&self, at: usize) -> usize {
        let level = &self.levels[at];
        if level.was_document && level.came <= 1 && !level.children.is_empty() {
            return level.children.iter().map(|&child| self.counted_in(child)).max().unwrap_or(0);
        }
        level.came
    }

    /// A record ends; its values stand in the slots.
    pub(crate) fn end_record(
        &mut self,
        at: usize,
        record: Value,
        is_document: bool,
        slots: &mut [Value],
        table: &mut Table<'_>,
    ) -> Scan<()> {
        let level = &mut self.levels[at];
        level.came += 1;
        level.was_document |= is_document;
        // What stands around the rows may tell the page, as a time does.
        if !is_document || level.children.is_empty() {
            let values = slots.get(level.slots.clone()).unwrap_or_default();
            for value in values {
                table.hash.add(if value.is_null() { "" } else { value.source(table.text) });
            }
            if values.is_empty() && level.children.is_empty() {
                table.hash.add(record.source(table.text));
            }
        }
        match level.role {
            Role::Follows => {
                if level.follow(slots, table)? {
                    // They are null on the row that it is itself.
                    let below =
                        self.levels.iter_mut().skip(at + 1).filter(|level| level.role == Role::Follows);
                    below.for_each(|level| level.filled = *table.rows);
                }
                Ok(())
            }
            Role::Gives if level.children.is_empty() => {
                let range = level.slots.clone();
                for (&column, slot) in level.columns.iter().zip(slots.get_mut(range).unwrap_or_default()) {
                    table.fill(column, std::mem::replace(slot, Value::ABSENT), 1)?;
                }
                level.count += 1;
                for &column in &level.numbers {
                    table.count(column, level.count, 1)?;
                }
                for &column in &level.others {
                    table.fill(column, Value::ABSENT, 1)?;
                }
                *table.rows += 1;
                Ok(())
            }
            Role::Gives => {
                self.wait(at, slots);
                self.give(at, record, table)
            }
            Role::Waits => {
                self.wait(at, slots);
                Ok(())
            }
        }
    }

    /// Keeps a record back.
    fn wait(&mut self, at: usize, slots: &mut [Value]) {
        let level = &self.levels[at];
        let record = level.waiting.rows.len();
        let mut rows: u64 = 1;
        let mut any = level.children.is_empty() || level.kept;
        let mut inside = Vec::with_capacity(level.children.len());
        for (nth, &child) in level.children.iter().enumerate() {
            let all = &self.levels[child].waiting.rows;
            let first = level.records_before(record, nth);
            let within: u64 =
                all.get(first..).unwrap_or_default().iter().fold(0, |sum, rows| sum.saturating_add(*rows));
            inside.push((all.len(), within));
            any |= within > 0;
            rows = rows.saturating_mul(within.max(1));
        }
        let level = &mut self.levels[at];
        level.waiting.rows.push(if any { rows } else { 0 });
        level.waiting.inside.append(&mut inside);
        let values = slots.get_mut(level.slots.clone()).unwrap_or_default();
        level.waiting.values.extend(values.iter_mut().map(|slot| std::mem::replace(slot, Value::ABSENT)));
    }

    /// Writes the rows of the record that waits at this level, and forgets it.
    fn give(&mut self, at: usize, record: Value, table: &mut Table<'_>) -> Scan<()> {
        let all = self.levels[at].waiting.rows.first().copied().unwrap_or(0);
        if all > MOST_JOINED && self.cut.is_none_or(|(_, most)| most < all) {
            self.cut = Some((record, all));
        }
        let rows = all.min(MOST_JOINED);
        let mut runs = Vec::new();
        for level in self.levels.iter().filter(|level| level.line.first() == Some(&at)) {
            if level.columns.is_empty() {
                continue;
            }
            runs.clear();
            self.spread(&level.line, 0, 1, &mut Left { rows, runs: &mut runs });
            let width = level.columns.len();
            for (nth, &column) in level.columns.iter().enumerate() {
                for &(record, times) in &runs {
                    let value = record.and_then(|record| level.waiting.values.get(record * width + nth));
                    table.fill(column, value.copied().unwrap_or(Value::ABSENT), times)?;
                }
            }
        }
        let count = usize::try_from(rows).unwrap_or(usize::MAX);
        for &column in &self.levels[at].others {
            table.fill(column, Value::ABSENT, count)?;
        }
        *table.rows += count;
        for level in self.levels.iter_mut().filter(|level| level.line.first() == Some(&at)) {
            level.waiting.clear();
        }
        Ok(())
    }

    /// Tells in which rows a record of the last level of `line` stands, each row of `record` (of its first
    /// level) `times` over.
    fn spread(&self, line: &[usize], record: usize, times: u64, left: &mut Left<'_>) {
        let Some((&at, rest)) = line.split_first() else { return };
        let level = &self.levels[at];
        let rows = level.waiting.rows.get(record).copied().unwrap_or(0);
        let Some(next) = rest.first() else { return left.put(Some(record), rows.saturating_mul(times)) };
        if rows == 0 {
            return;
        }
        let (mut before, mut after) = (1_u64, times);
        let mut own = 0..0;
        for (nth, child) in level.children.iter().enumerate() {
            let (end, within) = level.inside(record, nth);
            if child == next {
                own = level.records_before(record, nth)..end;
                if within == 0 {
                    return left.put(None, rows.saturating_mul(times));
                }
            } else if own.is_empty() {
                before = before.saturating_mul(within.max(1));
            } else {
                after = after.saturating_mul(within.max(1));
            }
        }
        for _ in 0..before {
            for record in own.clone() {
                self.spread(rest, record, after, left);
            }
            if left.rows == 0 {
                return;
            }
        }
    }
}

impl Level {
    /// Repeats a record's values on the rows that came in it; without any, it is one itself: whether it is.
    fn follow(&mut self, slots: &mut [Value], table: &mut Table<'_>) -> Scan<bool> {
        self.count += 1;
        let is_row = self.kept && *table.rows == self.filled;
        if is_row {
            for &column in &self.others {
                table.fill(column, Value::ABSENT, 1)?;
            }
            *table.rows += 1;
        }
        let rows = *table.rows - self.filled;
        self.filled = *table.rows;
        let range = self.slots.clone();
        for (&column, slot) in self.columns.iter().zip(slots.get_mut(range).unwrap_or_default()) {
            table.fill(column, std::mem::replace(slot, Value::ABSENT), rows)?;
        }
        for &column in &self.numbers {
            table.count(column, self.count, rows)?;
        }
        Ok(is_row)
    }

    /// How many of a child's waiting records came until the end of a record, and how many rows those in it give.
    fn inside(&self, record: usize, child: usize) -> (usize, u64) {
        let at = record * self.children.len() + child;
        self.waiting.inside.get(at).copied().unwrap_or((0, 0))
    }

    /// How many of a child's waiting records came before a record.
    fn records_before(&self, record: usize, child: usize) -> usize {
        record.checked_sub(1).map_or(0, |last| self.inside(last, child).0)
    }
}

impl Waiting {
    fn clear(&mut self) {
        self.values.clear();
        self.rows.clear();
        self.inside.clear();
    }
}

/// Rows that are yet to be told, and the runs of rows with one record.
struct Left<'r> {
    rows: u64,
    runs: &'r mut Vec<(Option<usize>, usize)>,
}

impl Left<'_> {
    fn put(&mut self, record: Option<usize>, times: u64) {
        let times = times.min(self.rows);
        self.rows -= times;
        if times > 0 {
            self.runs.push((record, usize::try_from(times).unwrap_or(usize::MAX)));
        }
    }
}
