//! The engine: passes over the script, requests and pages.

mod asking;
mod reading;
mod terms;

use std::collections::BTreeSet;

use profilec_diagnostics::{Diagnostic, Severity, Span};
use profilec_plan::{Extraction, Plan};
use profilec_vocabulary::AuthSchemeId;

use crate::bind::{Bound, bind};
use crate::emit::Rows;
use crate::formatters::{Ambient, Chance};
use crate::paging::{Account, Next, Walk};
use crate::request::{Request, Trust};
use crate::script::{Environment, Machine, Pause, Raised, Value};
use crate::{Emit, Outcome, PageSeen, PushedRow, Verdict};
use asking::{Awaited, CallWalk};
use reading::Stop;

/// Rows that the script makes itself are handed over in portions of this size.
const PORTION: usize = 1_024;

/// Input values by name (`-i`). Names compare case-insensitively.
pub type Inputs = Vec<(String, String)>;

/// Connection options by name (`-c`). Names compare case-insensitively.
pub type Settings = Vec<(String, String)>;

/// What bounds a run.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// Rows wanted; the walk stops when they are there. 0: nothing is asked. What the engine lets be
    /// emitted never exceeds it.
    pub limit: Option<u64>,
    /// Pages allowed.
    pub max_pages: Option<u64>,
    /// Requests that one pass over the script may send; ten million unless it is told.
    pub max_requests: Option<u64>,
    /// Columns wanted, as indices in output order; `None`: all.
    pub select: Option<Vec<usize>>,
    /// Origins that may get credentials beside the profile's own.
    pub allowed_origins: Vec<String>,
    /// The authentication that the transport carries out for every request, besides what a request says itself.
    pub carried_out: Option<AuthSchemeId>,
    /// What `now` and `utcnow` tell: seconds since the epoch, and the local offset from UTC in seconds.
    pub now: (i64, i32),
    /// Where `guid` and `rand` start: the same seed gives the same values.
    pub seed: u64,
}

/// What the driver is to do.
#[derive(Clone, Debug)]
pub enum Step {
    /// Send this, extract that, then call [`Engine::resume`].
    Fetch(Box<Fetch>),
    /// Rows that the script made without a call: typed from text. Their `row` is meaningless.
    Push(Vec<PushedRow>),
    /// It is over.
    Done(Box<Outcome>),
}

/// A page to fetch.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// From 1, over the whole run.
    pub page: u64,
    /// What to send.
    pub request: Request,
    /// What to take from the answer.
    pub extraction: Extraction,
    /// The place that errors of the request point at: the `URI` value, else the call.
    pub origin: Span,
    /// Rows of the answer may become rows of the table.
    pub gives_rows: bool,
}

/// The script machine.
#[derive(Debug)]
pub struct Engine<'p> {
    plan: &'p Plan,
    options: EngineOptions,
    bound: Bound,
    columns: BTreeSet<String>,
    trust: Trust,
    account: Account,
    /// The walk over the passes of the script.
    passes: Walk,
    /// The walks over the pages of the calls that are running, one within the other.
    calls: Vec<CallWalk<'p>>,
    machine: Machine<'p>,
    /// Pages asked for, by whichever call.
    fetches: u64,
    /// Those of the running pass.
    asked_in_pass: u64,
    /// Rows whose key the page before had.
    repeated_rows: u64,
    /// Where the last answer came from, and the last one whose rows belong to the passes.
    last_url: Option<String>,
    pager_url: Option<String>,
    ambient: Ambient,
    state: State<'p>,
}

#[derive(Debug)]
enum State<'p> {
    /// The script runs on.
    Running,
    /// The script stopped here while its own rows were handed over.
    Paused(Pause<'p>),
    /// A page is awaited.
    Awaiting(Box<Awaited<'p>>),
    /// It is over.
    Done(Box<Outcome>),
}

impl<'p> Engine<'p> {
    /// A machine at the start of the plan, inputs and defaults bound.
    ///
    /// # Errors
    /// A required input is missing or a value is not allowed: a finding at the input. An authentication
    /// scheme that is not supported.
    #[expect(clippy::needless_pass_by_value, reason = "the run's values are the engine's from here on")]
    pub fn new(
        plan: &'p Plan,
        inputs: Inputs,
        connection: Settings,
        options: EngineOptions,
    ) -> Result<Self, Diagnostic> {
        let bound = bind(plan, &inputs, &connection, &options)?;
        let uri = bound.connection.value("URI").or_else(|| bound.connection.value("URL"));
        let trust = Trust::new(plan, uri.map(|uri| uri.text.as_str()), &options.allowed_origins);
        let columns: BTreeSet<_> = plan.columns.iter().map(|column| column.name.to_lowercase()).collect();
        let ambient = Ambient { now: options.now, chance: Chance::new(options.seed) };
        let machine = Machine::new(plan, environment(&bound, &columns, ambient.clone(), None));
        let (mut account, passes) = (Account::new(options.limit), Walk::new(options.max_pages));
        let over = account.emitted(0, plan.origin).or_else(|| passes.no_page_allowed(plan.origin));
        let state = over.map_or(State::Running, |outcome| State::Done(Box::new(outcome)));
        Ok(Self {
            plan,
            options,
            bound,
            columns,
            trust,
            account,
            passes,
            calls: Vec::new(),
            machine,
            fetches: 0,
            repeated_rows: 0,
            asked_in_pass: 0,
            last_url: None,
            pager_url: None,
            ambient,
            state,
        })
    }

    /// What to do next. After [`Step::Fetch`], [`Engine::resume`] must be called before the next step.
    pub fn step(&mut self) -> Step {
        loop {
            match std::mem::replace(&mut self.state, State::Running) {
                State::Running => {
                    let pushed = self.run_script();
                    if !pushed.is_empty() {
                        return Step::Push(pushed);
                    }
                }
                State::Paused(Pause::Call(call)) => {
                    self.state = match self.ask(call) {
                        Ok(awaited) => State::Awaiting(Box::new(awaited)),
                        Err(finding) => self.raise(finding.into(), self.fetches),
                    };
                }
                State::Paused(Pause::Page) => self.state = self.walk_on(),
                State::Paused(Pause::Push(_)) => {}
                State::Paused(Pause::End) => self.finish_pass(),
                State::Awaiting(awaited) => {
                    let step = Step::Fetch(Box::new(awaited.fetch.clone()));
                    self.state = State::Awaiting(awaited);
                    return step;
                }
                State::Done(outcome) => {
                    let step = Step::Done(outcome.clone());
                    self.state = State::Done(outcome);
                    return step;
                }
            }
        }
    }

    /// Tells what was seen; says what becomes of the page's rows.
    ///
    /// Without a page that is awaited, nothing happens.
    #[expect(clippy::needless_pass_by_value, reason = "a page is seen once")]
    pub fn resume(&mut self, seen: PageSeen) -> Emit {
        let awaited = match std::mem::replace(&mut self.state, State::Running) {
            State::Awaiting(awaited) => awaited,
            other => {
                self.state = other;
                return Emit::Nothing;
            }
        };
        match self.read_page(&awaited, &seen) {
            Ok(emit) => emit,
            Err(Stop::Over(outcome)) => {
                self.state = State::Done(outcome);
                Emit::Nothing
            }
            Err(Stop::Raised(raised)) => {
                self.state = self.raise(*raised, awaited.fetch.page);
                Emit::Nothing
            }
        }
    }

    /// An error of a request or its answer goes to the handler that takes it; without one, the run failed.
    fn raise(&mut self, raised: Raised, page: u64) -> State<'p> {
        let caught = raised.finding.clone();
        match self.machine.raise(raised) {
            Ok(()) => {
                self.account.caught(page, &caught);
                State::Running
            }
            Err(finding) => failed(finding),
        }
    }

    /// Takes note of rows that an error cut off, though the profile caught it.
    fn note_cut_off(&mut self) {
        if let Some(finding) = self.machine.cut_off.take() {
            self.account.caught(self.fetches, &finding);
        }
    }

    /// What leads to the page that is asked for, for people to see: `rows@next`, a token, a number.
    pub fn marker(&self) -> Option<String> {
        self.calls.last().map_or_else(|| self.passes.marker(), CallWalk::marker)
    }

    /// Rows that the page before had already, told by the columns with `key="true"`.
    pub fn repeated_rows(&self) -> u64 {
        self.repeated_rows
    }

    /// Ends the run from outside (Ctrl-C, reader gone, output failed): the outcome to report. An error makes
    /// it failed, anything else truncated.
    pub fn interrupt(&mut self, reason: Diagnostic) -> Outcome {
        let verdict = if reason.severity == Severity::Error { Verdict::Failed } else { Verdict::Truncated };
        let outcome = Outcome { verdict, reason, evidence: Vec::new() };
        self.state = State::Done(Box::new(outcome.clone()));
        outcome
    }

    /// Runs the script until a page is needed or it ends; gives the rows that it made itself.
    fn run_script(&mut self) -> Vec<PushedRow> {
        let mut pushed = Vec::new();
        loop {
            match self.machine.run() {
                Ok(Pause::Push(item)) => {
                    let overrides = match item {
                        Some(item) => self.machine.columns_of(&item),
                        None => self.machine.columns_known(),
                    };
                    pushed.push(PushedRow { row: 0, overrides });
                    if let Some(outcome) = self.account.emitted(1, self.plan.origin) {
                        self.state = State::Done(Box::new(outcome));
                        return pushed;
                    }
                    if pushed.len() >= PORTION {
                        return pushed;
                    }
                }
                Ok(pause) => {
                    self.note_cut_off();
                    self.state = State::Paused(pause);
                    return pushed;
                }
                Err(finding) => {
                    self.state = failed(finding);
                    return pushed;
                }
            }
        }
    }

    /// Cuts a page's rows to those that are still wanted.
    fn within_limit(&self, rows: Rows) -> (u64, Emit) {
        let remaining = usize::try_from(self.account.remaining()).unwrap_or(usize::MAX);
        let count = rows.count();
        if count <= remaining {
            return (count as u64, rows.into_emit());
        }
        (remaining as u64, Emit::Picked(rows.first(remaining)))
    }

    /// A pass is through: starts the next one, or ends.
    fn finish_pass(&mut self) {
        let left = std::mem::take(&mut self.machine.leavings);
        match self.passes.advance(&left) {
            Next::End(outcome) => self.state = State::Done(Box::new(self.account.conclude(*outcome))),
            Next::NoPage => {
                let outcome = self.account.conclude_without_page(self.plan.origin);
                self.state = State::Done(Box::new(outcome));
            }
            Next::Round(marker) => {
                self.asked_in_pass = 0;
                let environment = environment(&self.bound, &self.columns, self.ambient.clone(), marker);
                self.machine = Machine::new(self.plan, environment);
            }
        }
    }
}

/// The environment of a pass: fresh but for the marker, which is readable in both spellings.
fn environment(
    bound: &Bound,
    columns: &BTreeSet<String>,
    ambient: Ambient,
    marker: Option<Value>,
) -> Environment {
    let marker = marker.map(|marker| Value::response(marker.text, marker.origin));
    let mut input = bound.input.clone();
    if let Some(marker) = &marker {
        input.bind("rows@next", Some(marker.clone()));
    }
    let items =
        [("_input", input), ("_query", bound.query.clone()), ("_connection", bound.connection.clone())];
    let mut environment = Environment::new(items, columns.clone(), ambient);
    if let Some(marker) = marker {
        environment.bind("rows@next", marker);
    }
    environment
}

fn failure(reason: Diagnostic) -> Outcome {
    Outcome { verdict: Verdict::Failed, reason, evidence: Vec::new() }
}

fn failed<'p>(reason: Diagnostic) -> State<'p> {
    State::Done(Box::new(failure(reason)))
}
