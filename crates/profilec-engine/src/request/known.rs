//! What is known of calls before the run.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{CallSets, Extraction, Plan, SetName, sets_at_calls};
use profilec_vocabulary::{Kind, operation_input};

use super::{OperationInputs, extraction, mapped};
use crate::Settings;
use crate::bind::options_of;
use crate::paging::Pager;
use crate::script::{Item, Value, shape};

/// What the first call that gives rows takes of its answer. `None`: no call gives rows.
///
/// # Errors
/// A path that cannot be read, row paths that make no levels, a row path that is computed.
pub fn rows_taken(plan: &Plan, connection: &Settings) -> Result<Option<Extraction>, Diagnostic> {
    let options = options_of(connection);
    let is_pushed_outside = !shape::pushes(&plan.body);
    let mut calls = sets_at_calls(plan).into_iter();
    let gives_rows =
        |reached: &CallSets<'_>| is_pushed_outside || shape::pushes_itself(reached.call.body.block());
    let Some(CallSets { call, names }) = calls.find(gives_rows) else { return Ok(None) };
    let (item, computed) = known(&names);
    if let Some(place) = computed {
        return Err(Diagnostic::new(
            &codes::sample::path_computed,
            "the row path is computed, so that no sample can be held against it",
            Label::new(place, "not known before the run"),
        )
        .help("give the folder of a recorded run as the sample: `profilec run --record DIR` makes one"));
    }
    let inputs = OperationInputs::of(&item, &options);
    let mut captures = mapped(&inputs, call)?;
    Pager::read(&inputs, &mut captures, call.format, call.origin)?;
    extraction(&inputs, call, plan, None, captures).map(Some)
}

/// What is known of a call's inputs before the run, and the place of a row path that is not.
pub(super) fn known(names: &[SetName<'_>]) -> (Item, Option<Span>) {
    let mut item = Item::default();
    let mut computed = None;
    // The first item's are set last.
    for SetName { name, number, text, origin } in names.iter().rev() {
        match text {
            Some(text) => item.set(&format!("{name}#{number}"), Value::trusted(*text, *origin)),
            None if is_row_path(name) => computed = Some(*origin),
            None => {}
        }
    }
    (item, computed)
}

fn is_row_path(name: &str) -> bool {
    let kind = operation_input(name).map(|input| input.parameter.kind);
    kind == Some(Kind::Paths) || name.eq_ignore_ascii_case("SubRepeatElement")
}
