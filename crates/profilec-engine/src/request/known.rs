//! What is known of calls before the run.

use std::collections::BTreeSet;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Body, Call, CallSets, Extraction, Plan, SetName, sets_at_calls};
use profilec_vocabulary::{Kind, ResponseFormat, operation_input};

use super::{OperationInputs, extraction, mapped};
use crate::Settings;
use crate::bind::options_of;
use crate::paging::Pager;
use crate::script::{Item, Value, shape};

/// A call, and what it takes of its answer.
#[derive(Debug)]
pub struct Answer {
    /// The call's place.
    pub call: Span,
    /// What it takes; a finding when that cannot be said: a path that cannot be read, row paths that make no levels,
    /// a row path that is computed.
    pub extraction: Result<Extraction, Box<Diagnostic>>,
    /// Its rows are rows of the output.
    pub gives_rows: bool,
    /// Columns (indices) that its body reads.
    pub reads: Vec<usize>,
}

/// What calls take of their answers, as far as that is known before the run. Calls that take the whole answer as a
/// text are left out.
pub fn answers(plan: &Plan, connection: &Settings) -> Vec<Answer> {
    let options = options_of(connection);
    let is_pushed_outside = !shape::pushes(&plan.body);
    let calls = sets_at_calls(plan).into_iter().filter(|reached| reached.call.format != ResponseFormat::Text);
    let answer = |CallSets { call, names }: CallSets<'_>| Answer {
        call: call.origin,
        extraction: taken(plan, call, &names, &options).map_err(Box::new),
        gives_rows: is_pushed_outside || shape::pushes_itself(call.body.block()),
        reads: match &call.body {
            Body::Row { reads, .. } => reads.clone(),
            Body::Page(_) => Vec::new(),
        },
    };
    calls.map(answer).collect()
}

fn taken(plan: &Plan, call: &Call, names: &[SetName<'_>], options: &Item) -> Result<Extraction, Diagnostic> {
    let (item, computed) = known(names);
    if let Some(place) = computed {
        return Err(Diagnostic::new(
            &codes::sample::path_computed,
            "the row path is computed, so that no sample can be held against it",
            Label::new(place, "not known before the run"),
        )
        .help("give the folder of a recorded run as the sample: `profilec run --record DIR` makes one"));
    }
    let inputs = OperationInputs::of(&item, options);
    let mut captures = mapped(&inputs, call)?;
    Pager::read(&inputs, &mut captures, call.format, call.origin)?;
    extraction(&inputs, call, plan, None, captures)
}

/// Where the profile writes row paths.
pub fn row_paths(plan: &Plan) -> Vec<Span> {
    let names = sets_at_calls(plan).into_iter().flat_map(|reached| reached.names);
    let written = names.filter(|name| is_row_path(&name.name) && name.text.is_some());
    let places: BTreeSet<Span> = written.map(|name| name.origin).collect();
    places.into_iter().collect()
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
