//! What becomes of a page's rows: all, some, repeated, with values that the script set.

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::SchemaRef;
use arrow_select::interleave::interleave;
use profilec_diagnostics::Diagnostic;
use profilec_engine::{Emit, Override, PushedRow};
use profilec_plan::PlanColumn;

use crate::column::Builder;
use crate::convert::{Cell, Written, cell};
use crate::fault::{describe, mismatch, shorten};
use crate::page::batch_of;

/// See [`crate::Extractor::emit`].
pub(crate) fn carry_out(
    columns: &[PlanColumn],
    output: &[usize],
    batch: RecordBatch,
    emit: Emit,
) -> Result<Option<RecordBatch>, Diagnostic> {
    let rows = batch.num_rows();
    match emit {
        Emit::Nothing | Emit::All { copies: 0, .. } => Ok(None),
        Emit::All { .. } | Emit::Picked(_) if rows == 0 => Ok(None),
        Emit::All { copies: 1, overrides } if overrides.is_empty() => Ok(Some(batch)),
        Emit::All { copies, overrides } => {
            let picks: Vec<usize> = (0..rows).flat_map(|row| std::iter::repeat_n(row, copies)).collect();
            let arrays = batch.columns().iter().zip(output).map(|(array, &column)| {
                match overrides.iter().rev().find(|set| set.column == column) {
                    Some(set) => constant(&columns[column], set.value.as_deref(), picks.len()),
                    None if copies == 1 => Ok(array.clone()),
                    None => Ok(pick(array, None, picks.iter().map(|&row| (0, row)))),
                }
            });
            let arrays = arrays.collect::<Result<Vec<_>, _>>()?;
            Ok(Some(batch_of(&batch.schema(), arrays, picks.len())))
        }
        Emit::Picked(picked) if picked.is_empty() => Ok(None),
        Emit::Picked(picked) => {
            let arrays = batch.columns().iter().zip(output).map(|(array, &column)| {
                let set: Vec<_> = picked.iter().map(|row| set_value(row, column)).collect();
                let fresh = if set.iter().any(Option::is_some) {
                    Some(typed(
                        &columns[column],
                        set.iter().map(|set| set.and_then(|set| set.value.as_deref())),
                    )?)
                } else {
                    None
                };
                let places = picked.iter().zip(&set).enumerate();
                Ok(pick(
                    array,
                    fresh.as_ref(),
                    places.map(|(at, (row, set))| if set.is_some() { (1, at) } else { (0, row.row) }),
                ))
            });
            let arrays = arrays.collect::<Result<Vec<_>, Diagnostic>>()?;
            Ok(Some(batch_of(&batch.schema(), arrays, picked.len())))
        }
    }
}

/// See [`crate::Extractor::from_script`].
pub(crate) fn rows_of_script(
    columns: &[PlanColumn],
    output: &[usize],
    schema: &SchemaRef,
    rows: Vec<PushedRow>,
) -> Result<RecordBatch, Diagnostic> {
    let count = rows.len();
    let mut builders: Vec<_> = output.iter().map(|&column| Builder::new(columns[column].ty, count)).collect();
    for row in rows {
        for (builder, &column) in builders.iter_mut().zip(output) {
            let value = set_value(&row, column).and_then(|set| set.value.as_deref());
            push(builder, &columns[column], value, 1)?;
        }
    }
    let arrays = builders.into_iter().map(Builder::finish).collect();
    Ok(batch_of(schema, arrays, count))
}

fn set_value(row: &PushedRow, column: usize) -> Option<&Override> {
    row.overrides.iter().rev().find(|set| set.column == column)
}

/// Picks `(0, row)` from the page and `(1, row)` from values that the script set.
fn pick(
    array: &ArrayRef,
    fresh: Option<&ArrayRef>,
    places: impl Iterator<Item = (usize, usize)>,
) -> ArrayRef {
    let sources: Vec<&dyn Array> = std::iter::once(array).chain(fresh).map(AsRef::as_ref).collect();
    let places: Vec<_> = places.collect();
    interleave(&sources, &places)
        .expect("both arrays have the column's type, and the engine picks rows of the page")
}

fn typed<'a>(
    column: &PlanColumn,
    values: impl ExactSizeIterator<Item = Option<&'a str>>,
) -> Result<ArrayRef, Diagnostic> {
    let mut builder = Builder::new(column.ty, values.len());
    for value in values {
        push(&mut builder, column, value, 1)?;
    }
    Ok(builder.finish())
}

fn constant(column: &PlanColumn, value: Option<&str>, rows: usize) -> Result<ArrayRef, Diagnostic> {
    let mut builder = Builder::new(column.ty, rows);
    push(&mut builder, column, value, rows)?;
    Ok(builder.finish())
}

fn push(
    builder: &mut Builder,
    column: &PlanColumn,
    value: Option<&str>,
    times: usize,
) -> Result<(), Diagnostic> {
    let cell = match value {
        None => Cell::Null,
        Some(value) => cell(value, Written::Text, column.ty).ok_or_else(|| {
            let name = &column.name;
            let message = format!(
                "column `{name}` is declared {}, but the script sets it to `{}`",
                describe(column.ty),
                shorten(value)
            );
            mismatch(column, message)
        })?,
    };
    builder.push(&cell, times).map_err(|_| {
        mismatch(column, format!("the script sets more than 2 GiB of text for column `{}`", column.name))
    })
}
