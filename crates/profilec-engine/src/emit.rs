//! What becomes of a page's rows: the body runs, and what it pushed is put together.

use std::ops::Range;
use std::rc::Rc;

use profilec_diagnostics::Diagnostic;
use profilec_plan::{Body, Call, ColumnSource, Extraction, Plan};

use crate::script::{Item, Machine, Output, PageOf, Position, Ran, RowItem, Value, shape};
use crate::{Emit, Override, PageSeen, PushedRow, Seen};

/// What a call takes of a page.
#[derive(Debug)]
pub(crate) struct Taken {
    /// The rows that it wants.
    pub(crate) wanted: Range<usize>,
    /// What its output items share.
    pub(crate) output: Output,
    /// The page.
    pub(crate) of: PageOf,
}

/// Rows to emit, before they are cut to what is wanted.
#[derive(Debug)]
pub(crate) enum Rows {
    /// All rows of the page, each with the same columns set, so many times.
    All { rows: usize, copies: usize, overrides: Vec<Override> },
    /// These.
    Picked(Vec<PushedRow>),
}

impl Rows {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::All { rows, copies, .. } => rows.saturating_mul(*copies),
            Self::Picked(rows) => rows.len(),
        }
    }

    /// As the driver carries it out.
    pub(crate) fn into_emit(self) -> Emit {
        match self {
            rows if rows.count() == 0 => Emit::Nothing,
            Self::All { copies, overrides, .. } => Emit::All { copies, overrides },
            Self::Picked(rows) => Emit::Picked(rows),
        }
    }

    /// The first of them, one by one.
    pub(crate) fn first(self, most: usize) -> Vec<PushedRow> {
        match self {
            Self::All { rows, copies, overrides } => (0..rows)
                .flat_map(|row| std::iter::repeat_n(row, copies))
                .take(most)
                .map(|row| PushedRow { row, overrides: overrides.clone() })
                .collect(),
            Self::Picked(mut rows) => {
                rows.truncate(most);
                rows
            }
        }
    }
}

/// Runs a call's body for a page's rows. A body that sends requests of its own only starts here; its rows are
/// pushed one by one later.
///
/// # Errors
/// What the script raises.
pub(crate) fn rows<'p>(
    machine: &mut Machine<'p>,
    plan: &Plan,
    call: &'p Call,
    extraction: &Extraction,
    seen: &PageSeen,
    taken: Taken,
) -> Result<Rows, Diagnostic> {
    let Taken { wanted, output, of } = taken;
    let block = call.body.block();
    let told = of_response(plan, extraction);
    let item = page_item(plan, extraction, seen, &output, &told);
    let page = Page { plan, extraction, seen, wanted, told, item };
    if page.wanted.is_empty() {
        // Records without a row in them are no empty page: the body still says what the next one is.
        let has_records = seen.page.rows == 0 && seen.page.records > 0;
        if has_records && matches!(call.body, Body::Page(_)) && !shape::calls(block) {
            let first = Position { at: 1, of: 1 };
            machine.run_body(call, page.row(0), &Rc::new(output), first, &mut Vec::new())?;
            machine.rows_through(call, &of);
        }
        return Ok(Rows::Picked(Vec::new()));
    }
    let output = Rc::new(output);
    if shape::calls(block) {
        machine.start_rows(call, page.wanted.clone().map(|at| page.row(at)).collect(), output, of);
        return Ok(Rows::Picked(Vec::new()));
    }
    let rows = run_bodies(machine, call, &page, &output)?;
    machine.rows_through(call, &of);
    Ok(rows)
}

/// A page whose rows a body runs for.
struct Page<'a> {
    plan: &'a Plan,
    extraction: &'a Extraction,
    seen: &'a PageSeen,
    /// The rows that the call wants.
    wanted: Range<usize>,
    /// The columns that tell of the answer itself.
    told: Vec<usize>,
    /// What all its rows have.
    item: Item,
}

impl Page<'_> {
    fn row(&self, at: usize) -> RowItem {
        RowItem { item: row_item(&self.item, self.plan, self.seen, at) }
    }

    /// Where a row stands among those that are wanted.
    fn position(&self, at: usize) -> Position {
        Position { at: at - self.wanted.start + 1, of: self.wanted.len() }
    }

    fn complete(&self, overrides: &mut Vec<Override>) {
        add_mapped(overrides, self.plan, self.extraction, self.seen);
        add_response(overrides, self.plan, &self.told, &self.item);
    }
}

/// Runs a body without calls for a page's rows: once for all, or once for each.
fn run_bodies<'p>(
    machine: &mut Machine<'p>,
    call: &'p Call,
    page: &Page<'_>,
    output: &Rc<Output>,
) -> Result<Rows, Diagnostic> {
    let all = page.seen.page.rows;
    let first = page.wanted.start;
    match &call.body {
        Body::Page(_) => {
            let mut pushes = Vec::new();
            let row = RowItem { item: page.item.clone() };
            let before = machine.steps_left();
            let ran = machine.run_body(call, row, output, page.position(first), &mut pushes)?;
            if ran == Ran::Through {
                machine.spend_for_rows(call, before, page.wanted.len())?;
            }
            for overrides in &mut pushes {
                page.complete(overrides);
            }
            let Some(same) = pushes.first().cloned() else { return Ok(Rows::Picked(Vec::new())) };
            // What leaves the loop does so in the first row.
            let rows = if ran == Ran::Left { first..first + 1 } else { page.wanted.clone() };
            if rows.len() == all && ran != Ran::Left && pushes.iter().all(|overrides| *overrides == same) {
                return Ok(Rows::All { rows: all, copies: pushes.len(), overrides: same });
            }
            let each = rows.flat_map(|row| {
                pushes.iter().map(move |overrides| PushedRow { row, overrides: overrides.clone() })
            });
            Ok(Rows::Picked(each.collect()))
        }
        Body::Row { .. } => {
            let mut picked = Vec::new();
            let mut pushes = Vec::new();
            for at in page.wanted.clone() {
                let ran = machine.run_body(call, page.row(at), output, page.position(at), &mut pushes)?;
                for mut overrides in pushes.drain(..) {
                    page.complete(&mut overrides);
                    picked.push(PushedRow { row: at, overrides });
                }
                if ran == Ran::Left {
                    break;
                }
            }
            let untouched = picked.len() == all
                && picked.iter().enumerate().all(|(at, push)| push.row == at && push.overrides.is_empty());
            Ok(if untouched {
                Rows::All { rows: all, copies: 1, overrides: Vec::new() }
            } else {
                Rows::Picked(picked)
            })
        }
    }
}

fn response(seen: &Seen, origin: profilec_diagnostics::Span) -> Option<Value> {
    seen.as_text().map(|text| Value::response(text, origin))
}

/// What every row of a page has: mapped values and columns outside the rows.
fn page_item(plan: &Plan, extraction: &Extraction, seen: &PageSeen, output: &Output, told: &[usize]) -> Item {
    let mut item = Item::default();
    for &column in told {
        let name = &plan.columns[column].name;
        item.bind(name, output.response.value(name).cloned());
    }
    for (at, value) in &seen.page.outside {
        if let Some(column) = plan.columns.get(*at) {
            item.bind(&column.name, response(value, column.origin));
        }
    }
    for (capture, value) in extraction.captures.iter().zip(&seen.page.captures) {
        let value = response(value, capture.origin);
        // A mapped value that is not there does not hide a column of its name that is.
        if value.is_some() || !item.knows(&capture.name) {
            item.bind(&capture.name, value);
        }
    }
    item
}

fn row_item(page: &Item, plan: &Plan, seen: &PageSeen, at: usize) -> Item {
    let mut item = page.clone();
    for texts in &seen.page.texts {
        let Some(column) = plan.columns.get(texts.column) else { continue };
        let text = texts.values.get(at).and_then(Option::as_ref);
        if text.is_some() || !item.knows(&column.name) {
            item.bind(&column.name, text.map(|text| Value::response(text, column.origin)));
        }
    }
    item
}

/// Columns that tell of the answer itself: nothing in the body gives them a value.
fn of_response(plan: &Plan, extraction: &Extraction) -> Vec<usize> {
    let sources = plan.columns.iter().zip(&extraction.columns).enumerate();
    let told = sources.filter(|(_, (column, source))| {
        let name = column.name.to_lowercase();
        **source == ColumnSource::Nothing && (name.starts_with("header:") || name.starts_with("http:"))
    });
    told.map(|(at, _)| at).collect()
}

fn add_response(overrides: &mut Vec<Override>, plan: &Plan, told: &[usize], page: &Item) {
    for &column in told {
        if !overrides.iter().any(|set| set.column == column) {
            let value = page.value(&plan.columns[column].name).map(|value| value.text.clone());
            overrides.push(Override { column, value });
        }
    }
    overrides.sort_by_key(|set| set.column);
}

/// A mapped value with a column's name is that column's value, unless the script set it.
fn add_mapped(overrides: &mut Vec<Override>, plan: &Plan, extraction: &Extraction, seen: &PageSeen) {
    for (capture, value) in extraction.captures.iter().zip(&seen.page.captures) {
        let named = plan.columns.iter().position(|column| column.name.eq_ignore_ascii_case(&capture.name));
        let Some(column) = named else { continue };
        let has_own = !matches!(extraction.columns.get(column), Some(ColumnSource::Nothing) | None);
        if overrides.iter().any(|set| set.column == column) || (has_own && value.as_text().is_none()) {
            continue;
        }
        overrides.push(Override { column, value: value.as_text().map(str::to_owned) });
    }
    overrides.sort_by_key(|set| set.column);
}
