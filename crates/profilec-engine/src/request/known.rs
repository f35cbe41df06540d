//! What is known of calls before the run.

use std::collections::BTreeSet;
use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Body, Call, CallSets, Extraction, Plan, SetName, sets_at_calls};
use profilec_vocabulary::{Kind, ResponseFormat, operation_input};

use super::{OperationInputs, extraction, mapped};
use crate::bind::options_of;
use crate::paging::{How, Locator, Pager};
use crate::script::{Item, Value, shape};
use crate::{Seen, Settings};

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
    /// How the walk goes on from a page.
    pub leads_on: LeadsOn,
}

/// Whether more pages follow one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LeadsOn {
    /// Never.
    #[default]
    Never,
    /// As far as the page itself says: it is counted, or the script makes the marker of what it knows.
    Always,
    /// Where one of these captures (indices) has a value.
    From(Range<usize>),
}

impl LeadsOn {
    /// Whether the walk goes on from a page with these captures.
    pub fn leads_on(&self, captures: &[Seen]) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::From(range) => {
                captures.get(range.clone()).unwrap_or_default().iter().any(|seen| seen.as_text().is_some())
            }
        }
    }
}

/// What calls take of their answers, as far as that is known before the run. Calls that take the whole answer as a
/// text are left out.
pub fn answers(plan: &Plan, connection: &Settings) -> Vec<Answer> {
    let options = options_of(connection);
    let is_pushed_outside = !shape::pushes(&plan.body);
    let calls = sets_at_calls(plan).into_iter().filter(|reached| reached.call.format != ResponseFormat::Text);
    let answer = |CallSets { call, names }: CallSets<'_>| {
        let (extraction, leads_on) = match taken(plan, call, &names, &options) {
            Ok((extraction, leads_on)) => (Ok(extraction), leads_on),
            Err(finding) => (Err(Box::new(finding)), LeadsOn::Never),
        };
        Answer {
            leads_on,
            extraction,
            call: call.origin,
            gives_rows: is_pushed_outside || shape::pushes_itself(call.body.block()),
            reads: match &call.body {
                Body::Row { reads, .. } => reads.clone(),
                Body::Page(_) => Vec::new(),
            },
        }
    };
    calls.map(answer).collect()
}

fn taken(
    plan: &Plan,
    call: &Call,
    names: &[SetName<'_>],
    options: &Item,
) -> Result<(Extraction, LeadsOn), Diagnostic> {
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
    let pager = Pager::read(&inputs, &mut captures, call.format, call.origin)?;
    let leads_on = match &pager.how {
        How::Scripted if !shape::sets_marker(call.body.block()) => LeadsOn::Never,
        How::Scripted if pager.mapped > 0 => LeadsOn::From(0..pager.mapped),
        How::Scripted => LeadsOn::Always,
        _ if pager.enabled.is_none() => LeadsOn::Never,
        How::Link(Locator::Capture(at)) | How::Token { from: Locator::Capture(at), .. } => {
            LeadsOn::From(*at..*at + 1)
        }
        How::Link(_) | How::Token { .. } | How::Number { .. } | How::Offset { .. } => LeadsOn::Always,
    };
    Ok((extraction(&inputs, call, plan, None, captures)?, leads_on))
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
