//! What becomes of a page's rows: the body runs, and what it pushed is put together.

use profilec_diagnostics::Diagnostic;
use profilec_plan::{Body, Call, ColumnSource, Extraction, Plan};

use crate::script::{Item, Machine, PageOf, Position, Ran, RowItem, Value, shape};
use crate::{Emit, Override, PageSeen, PushedRow, Seen};

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
    of: PageOf,
) -> Result<Rows, Diagnostic> {
    let count = seen.page.rows;
    let block = call.body.block();
    let page = page_item(plan, extraction, seen);
    if count == 0 {
        return Ok(Rows::Picked(Vec::new()));
    }
    if shape::calls(block) {
        let row = |at| RowItem { item: row_item(&page, plan, seen, at) };
        machine.start_rows(call, (0..count).map(row).collect(), of);
        return Ok(Rows::Picked(Vec::new()));
    }
    let rows = run_bodies(machine, plan, call, extraction, seen, page)?;
    machine.rows_through(call, &of);
    Ok(rows)
}

/// Runs a body without calls for a page's rows: once for all, or once for each.
fn run_bodies<'p>(
    machine: &mut Machine<'p>,
    plan: &Plan,
    call: &'p Call,
    extraction: &Extraction,
    seen: &PageSeen,
    page: Item,
) -> Result<Rows, Diagnostic> {
    let count = seen.page.rows;
    match &call.body {
        Body::Page(_) => {
            let (mut pushes, first) = (Vec::new(), Position { at: 1, of: count });
            let ran = machine.run_body(call, RowItem { item: page }, first, &mut pushes)?;
            for overrides in &mut pushes {
                add_mapped(overrides, plan, extraction, seen);
            }
            let Some(first) = pushes.first().cloned() else { return Ok(Rows::Picked(Vec::new())) };
            // What leaves the loop does so in the first row.
            if ran == Ran::Left {
                let of_first = pushes.into_iter().map(|overrides| PushedRow { row: 0, overrides });
                return Ok(Rows::Picked(of_first.collect()));
            }
            if pushes.iter().all(|overrides| *overrides == first) {
                return Ok(Rows::All { rows: count, copies: pushes.len(), overrides: first });
            }
            let each = (0..count).flat_map(|row| {
                pushes.iter().map(move |overrides| PushedRow { row, overrides: overrides.clone() })
            });
            Ok(Rows::Picked(each.collect()))
        }
        Body::Row { .. } => {
            let mut picked = Vec::new();
            let mut pushes = Vec::new();
            for at in 0..count {
                let position = Position { at: at + 1, of: count };
                let row = RowItem { item: row_item(&page, plan, seen, at) };
                let ran = machine.run_body(call, row, position, &mut pushes)?;
                for mut overrides in pushes.drain(..) {
                    add_mapped(&mut overrides, plan, extraction, seen);
                    picked.push(PushedRow { row: at, overrides });
                }
                if ran == Ran::Left {
                    break;
                }
            }
            let untouched = picked.len() == count
                && picked.iter().enumerate().all(|(at, push)| push.row == at && push.overrides.is_empty());
            Ok(if untouched {
                Rows::All { rows: count, copies: 1, overrides: Vec::new() }
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
fn page_item(plan: &Plan, extraction: &Extraction, seen: &PageSeen) -> Item {
    let mut item = Item::default();
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
