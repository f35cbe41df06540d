//! The tables of the data model `Relational`: known before anything runs, because one of them is chosen.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{CallSets, Plan, Relation, relations, sets_at_calls};
use profilec_syntax::DataModel;

use super::OperationInputs;
use super::known::known;
use super::layout::layout;
use super::rows::{Written, data_model, makes_table};
use crate::Settings;
use crate::bind::options_of;

/// The tables of the data model `Relational` that a plan makes; none when it makes one table as any other.
///
/// # Errors
/// A row path that cannot be read, paths that make no levels, paths that are computed, calls that make
/// different tables.
pub fn tables(plan: &Plan, connection: &Settings) -> Result<Vec<Relation>, Diagnostic> {
    let options = options_of(connection);
    let mut tables: Option<Vec<Relation>> = None;
    let makers = sets_at_calls(plan).into_iter().filter(|reached| makes_table(reached.call));
    for CallSets { call, names } in makers {
        let (item, computed) = known(&names);
        let inputs = OperationInputs::of(&item, &options);
        let mut own = Vec::new();
        if data_model(&inputs, call.origin)? == DataModel::Relational && layout(&inputs, call)?.1.is_none() {
            if let Some(place) = computed {
                return Err(computed_paths(place));
            }
            let written = Written::read(&inputs, call, plan, DataModel::Relational)?;
            let arranged = written.arrange(plan, call.format)?;
            own = relations(&arranged, &plan.columns, &plan.table, call.origin, written.place);
        }
        match &mut tables {
            None => tables = Some(own),
            Some(tables) => join(tables, own, call.origin)?,
        }
    }
    Ok(tables.unwrap_or_default())
}

/// More rows of the same tables.
fn join(tables: &mut [Relation], more: Vec<Relation>, call: Span) -> Result<(), Diagnostic> {
    let same = tables.len() == more.len()
        && tables.iter().zip(&more).all(|(one, other)| {
            one.name.eq_ignore_ascii_case(&other.name)
                && one.columns == other.columns
                && one.parent == other.parent
        });
    if !same {
        return Err(Diagnostic::new(
            &codes::path::tables_unknown,
            "the calls of this profile make different tables",
            Label::new(call, "its row paths make others than those of the call before"),
        )
        .help("give calls that push rows the same row paths, or make a profile of each"));
    }
    for (table, more) in tables.iter_mut().zip(more) {
        table.rows.extend(more.rows);
    }
    Ok(())
}

fn computed_paths(place: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::path::tables_unknown,
        "the row paths of the data model `Relational` are computed",
        Label::new(place, "not known before the run"),
    )
    .help(
        "write them out, the same on every branch: which tables there are is asked before the first request",
    )
}
