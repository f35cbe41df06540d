//! Row-dependence analysis: which call bodies must run once a row.
//!
//! A body runs once a page when nothing in it reads a value of the row or of the row before. Overrides
//! count: a column that the body has surely set by then is read from the script, not from the row.

use std::collections::{BTreeSet, HashSet};

use profilec_diagnostics::Span;
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, is_table_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

use super::columns::{RowItem, format};
use super::paths::ROW_PATHS;
use crate::walk::{self, Access, Read};
use crate::{Block, Body, Call, Plan, PlanColumn, StatementKind, Test};

/// Classifies every call body of the plan.
pub(crate) fn classify(plan: &mut Plan) {
    let rows = row_paths(&plan.body);
    let format = format(&plan.body);
    let varies: Vec<bool> =
        plan.columns.iter().map(|column| varies(column, rows.as_deref(), format)).collect();
    let columns = std::mem::take(&mut plan.columns);
    classify_block(&mut plan.body, &columns, &varies);
    plan.columns = columns;
}

fn classify_block(block: &mut Block, columns: &[PlanColumn], varies: &[bool]) {
    for statement in block {
        match &mut statement.kind {
            StatementKind::Call(call) => classify_call(call, columns, varies),
            StatementKind::If { then, otherwise, .. } => {
                classify_block(then, columns, varies);
                classify_block(otherwise, columns, varies);
            }
            StatementKind::Select(select) => {
                for case in &mut select.cases {
                    classify_block(&mut case.body, columns, varies);
                }
                classify_block(&mut select.default, columns, varies);
            }
            StatementKind::Try { body, catches, finally } => {
                classify_block(body, columns, varies);
                for catch in catches {
                    classify_block(&mut catch.body, columns, varies);
                }
                classify_block(finally, columns, varies);
            }
            StatementKind::Block(inner) | StatementKind::Enum { body: inner, .. } => {
                classify_block(inner, columns, varies);
            }
            _ => {}
        }
    }
}

fn classify_call(call: &mut Call, columns: &[PlanColumn], varies: &[bool]) {
    let Body::Page(block) = &mut call.body else { return };
    classify_block(block, columns, varies);
    let row = RowItem::of(call.output.as_ref());
    let carried = carried(block, &row);
    let mut analysis = Analysis {
        columns,
        varies,
        row,
        lacks_prefixes: call.ignored_prefixes.is_some(),
        carried,
        reads: BTreeSet::new(),
        because: None,
        loops: 0,
    };
    analysis.block(block, &mut HashSet::new());
    if let Some(because) = analysis.because {
        let reads = analysis.reads.into_iter().collect();
        call.body = Body::Row { block: std::mem::take(block), reads, because };
    }
}

/// Where the plan may say that its rows are. `None` when it does not say, or when a value is computed, a
/// general query or a table.
fn row_paths(body: &Block) -> Option<Vec<Vec<Step>>> {
    let mut values = Vec::new();
    let mut is_csv = false;
    walk::statements(body, &mut |statement, _| {
        if let StatementKind::Call(call) = &statement.kind {
            is_csv |= call.format == ResponseFormat::Csv;
        }
        if let StatementKind::Set { target, value } = &statement.kind {
            let access = Access::new(target.item.as_ref(), &target.attribute);
            if access.attribute.is_some_and(|name| ROW_PATHS.contains(&name.as_str())) {
                values.push(value);
            }
        }
    });
    if is_csv {
        // Every field is one of the row, whatever its path.
        return None;
    }
    let mut paths = Vec::new();
    for value in values {
        let text = Text::verbatim(value.literal()?, value.origin);
        if is_table_path(&text) {
            return None;
        }
        for path in parse_row_path(&text, ResponseFormat::Json).ok()? {
            match path {
                RowPath::Steps(steps) => paths.push(steps),
                RowPath::Query(_) => return None,
            }
        }
    }
    (!paths.is_empty()).then_some(paths)
}

/// Whether a column's value may differ between the rows of a page. One that shares its first step with the
/// rows belongs to their ancestors, and these may be many. In XML the first step is the root element, of which there
/// is one: the next step tells.
fn varies(column: &PlanColumn, rows: Option<&[Vec<Step>]>, format: ResponseFormat) -> bool {
    let Some(Path { anchor, steps }) = &column.path else { return false };
    let Some(rows) = rows else { return true };
    *anchor != Anchor::Root
        || rows.iter().any(|row| {
            let is_in_root_element =
                format == ResponseFormat::Xml && row.len() > 1 && row.first() == steps.first();
            let step = usize::from(is_in_root_element);
            match (row.get(step), steps.get(step)) {
                (Some(Step::Name(row)), Some(Step::Name(column))) => row == column,
                (Some(_), None) => !is_in_root_element,
                _ => true,
            }
        })
}

/// Names outside the row item that the body writes: `item.attribute`, or `item.` for a computed attribute.
/// They outlive a row, so the next row reads what this one left.
fn carried(block: &Block, row: &RowItem) -> HashSet<String> {
    let mut names = HashSet::new();
    walk::statements(block, &mut |statement, _| {
        let (item, attribute) = match &statement.kind {
            StatementKind::Set { target, .. } | StatementKind::Unset(target) => {
                (target.item.as_ref(), Some(&target.attribute))
            }
            StatementKind::CopyItem { to: item, .. }
            | StatementKind::Map { to: item, .. }
            | StatementKind::UnsetItem(item) => (Some(item), None),
            _ => return,
        };
        let access = match (item, attribute) {
            (item, Some(attribute)) => Access::new(item, attribute),
            (item, None) => {
                let item = item.and_then(|item| item.literal()).map(|item| item.trim().to_lowercase());
                Access { item, attribute: None, whole: None }
            }
        };
        if let Some(item) = access.item.filter(|item| !row.may_be(Some(item))) {
            names.insert(format!("{item}.{}", access.attribute.unwrap_or_default()));
        }
    });
    names
}

struct Analysis<'a> {
    columns: &'a [PlanColumn],
    varies: &'a [bool],
    row: RowItem,
    /// Names may lack the prefixes that their columns have.
    lacks_prefixes: bool,
    carried: HashSet<String>,
    reads: BTreeSet<usize>,
    because: Option<Span>,
    /// `enum`s around the statement: their control attributes are not the call's.
    loops: usize,
}

impl Analysis<'_> {
    /// Goes through a block; `set` holds what is surely set before each statement: bare names of the row
    /// item, and `item.attribute` of others.
    fn block(&mut self, block: &Block, set: &mut HashSet<String>) {
        for statement in block {
            let kind = &statement.kind;
            walk::reads(kind, &mut |read| self.read(read, set));
            if let Some(drawn) = walk::draws(kind) {
                self.depends(drawn);
            }
            match kind {
                StatementKind::Set { target, .. } => {
                    let appends = target.attribute.literal().is_some_and(|name| name.ends_with('#'));
                    let access = Access::new(target.item.as_ref(), &target.attribute);
                    let names = self.keys(&access);
                    if appends && names.iter().any(|name| self.carried.contains(name)) {
                        self.depends(target.origin);
                    }
                    set.extend(names);
                }
                StatementKind::Unset(target) => {
                    for name in self.keys(&Access::new(target.item.as_ref(), &target.attribute)) {
                        set.remove(&name);
                    }
                }
                StatementKind::UnsetItem(_) => set.clear(),
                StatementKind::Block(inner) => self.block(inner, set),
                StatementKind::If { test: Test::IsFirst | Test::IsLast, then, .. } => {
                    if self.loops == 0 {
                        self.depends(statement.origin);
                    }
                    self.block(then, &mut set.clone());
                }
                StatementKind::If { .. } | StatementKind::Select(_) => {
                    self.branches(&kind.blocks(), set);
                }
                StatementKind::Enum { body, .. } => {
                    self.loops += 1;
                    self.block(body, &mut set.clone());
                    self.loops -= 1;
                }
                // What an error cuts off has not been set.
                StatementKind::Try { body, catches, finally } => {
                    for block in [body].into_iter().chain(catches.iter().map(|catch| &catch.body)) {
                        self.block(block, &mut set.clone());
                    }
                    self.block(finally, set);
                }
                // It leaves what the row has.
                StatementKind::PageToken { .. } => self.depends(statement.origin),
                // It asks once for each row; its body reads this row, too, and writes one of its own.
                StatementKind::Call(call) => {
                    self.depends(call.origin);
                    self.loops += 1;
                    self.block(call.body.block(), &mut set.clone());
                    self.loops -= 1;
                }
                _ => {}
            }
        }
    }

    /// After branches, only what all of them set is sure.
    fn branches(&mut self, blocks: &[&Block], set: &mut HashSet<String>) {
        let mut ends = blocks.iter().map(|block| {
            let mut end = set.clone();
            self.block(block, &mut end);
            end
        });
        let Some(mut sure) = ends.next() else { return };
        for end in ends {
            sure.retain(|name| end.contains(name));
        }
        *set = sure;
    }

    /// The keys of a literal name: under the row item bare, else with its item.
    fn keys(&self, access: &Access) -> Vec<String> {
        let Some(attribute) = &access.attribute else { return Vec::new() };
        match &access.item {
            Some(item) if !self.row.may_be(Some(item)) => {
                access.whole.iter().cloned().chain([format!("{item}.{attribute}")]).collect()
            }
            _ => vec![attribute.clone()],
        }
    }

    fn read(&mut self, read: Read<'_>, set: &HashSet<String>) {
        let Some(attribute) = read.attribute else {
            let item = read.item.and_then(|item| item.literal()).map(|item| item.trim().to_lowercase());
            if item.is_none() || self.row.may_be(item.as_deref()) {
                self.any_column(read.span);
            } else if let Some(item) = item {
                self.carried_item(&item, read.span);
            }
            return;
        };
        let access = Access::new(read.item, attribute);
        let of_row = self.row.may_be(access.item.as_deref());
        let Some(name) = &access.attribute else {
            match &access.item {
                Some(item) if !of_row => self.carried_item(item, read.span),
                _ => self.any_column(read.span),
            }
            return;
        };
        if self.keys(&access).iter().any(|key| set.contains(key)) {
            return;
        }
        if of_row {
            self.column(name, read.span);
            if self.loops == 0 && name == "_index" {
                self.depends(read.span);
            }
        } else if let Some(item) = &access.item {
            let written = [format!("{item}.{name}"), format!("{item}.")];
            if written.iter().any(|name| self.carried.contains(name)) {
                self.depends(read.span);
            }
        }
        if let Some(whole) = access.whole.filter(|whole| whole != name) {
            self.column(&whole, read.span);
        }
    }

    /// A read of a whole item, or of a computed attribute of it.
    fn carried_item(&mut self, item: &str, span: Span) {
        let prefix = format!("{item}.");
        if self.carried.iter().any(|name| name.starts_with(&prefix)) {
            self.depends(span);
        }
    }

    fn column(&mut self, name: &str, span: Span) {
        let lacks_prefixes = self.lacks_prefixes;
        let is_meant = |column: &str| {
            let column = column.to_lowercase();
            let rest = || column.split_once(':').map(|(_, rest)| rest.to_owned());
            column == name || (lacks_prefixes && rest().as_deref() == Some(name))
        };
        for (index, column) in self.columns.iter().enumerate() {
            if self.varies.get(index) == Some(&true) && is_meant(&column.name) {
                self.reads.insert(index);
                self.because.get_or_insert(span);
            }
        }
        if let Some(prefix) = name.strip_suffix('*') {
            for (index, column) in self.columns.iter().enumerate() {
                if self.varies.get(index) == Some(&true) && column.name.to_lowercase().starts_with(prefix) {
                    self.reads.insert(index);
                    self.because.get_or_insert(span);
                }
            }
        }
    }

    fn any_column(&mut self, span: Span) {
        self.reads.extend((0..self.columns.len()).filter(|index| self.varies.get(*index) == Some(&true)));
        self.depends(span);
    }

    fn depends(&mut self, span: Span) {
        self.because.get_or_insert(span);
    }
}
