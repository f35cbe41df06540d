//! The engine: passes over the script, requests and pages.

use std::collections::BTreeSet;

use profilec_diagnostics::{Diagnostic, Severity, Span};
use profilec_plan::{Call, Extraction, Plan};

use crate::bind::{Bound, bind};
use crate::emit::{Rows, rows};
use crate::formatters::{Ambient, Chance};
use crate::paging::{Next, Pager, Walk, row_path_finding};
use crate::request::{Context, OperationInputs, Trust, Wanted, build, extraction, mapped};
use crate::script::{Environment, Machine, Pause, Raised, Value, shape};
use crate::{Emit, Outcome, PageSeen, PushedRow, Request, Verdict};

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
    /// Columns wanted, as indices in output order; `None`: all.
    pub select: Option<Vec<usize>>,
    /// Origins that may get credentials beside the profile's own.
    pub allowed_origins: Vec<String>,
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
}

/// The script machine.
#[derive(Debug)]
pub struct Engine<'p> {
    plan: &'p Plan,
    options: EngineOptions,
    bound: Bound,
    columns: BTreeSet<String>,
    trust: Trust,
    walk: Walk,
    machine: Machine<'p>,
    /// Pages asked for, by whichever call.
    fetches: u64,
    /// Where the last answer came from, and the last one of the pager.
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

/// A page that was asked for.
#[derive(Debug)]
struct Awaited<'p> {
    fetch: Fetch,
    call: &'p Call,
    /// How it leads to the next page; `None` for a call whose pages are not walked.
    pager: Option<Pager>,
}

/// Why a page gives no rows.
enum Stop {
    /// The run is over.
    Over(Box<Outcome>),
    /// An error that the script may catch.
    Raised(Box<Raised>),
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
        let bound = bind(plan, &inputs, &connection)?;
        let uri = bound.connection.value("URI").or_else(|| bound.connection.value("URL"));
        let trust = Trust::new(plan, uri.map(|uri| uri.text.as_str()), &options.allowed_origins);
        let columns: BTreeSet<_> = plan.columns.iter().map(|column| column.name.to_lowercase()).collect();
        let ambient = Ambient { now: options.now, chance: Chance::new(options.seed) };
        let machine = Machine::new(plan, environment(&bound, &columns, ambient.clone(), None));
        let mut walk = Walk::new(options.limit, options.max_pages);
        let over = walk.emitted(0, plan.origin).or_else(|| walk.no_page_allowed(plan.origin));
        let state = over.map_or(State::Running, |outcome| State::Done(Box::new(outcome)));
        Ok(Self {
            plan,
            options,
            bound,
            columns,
            trust,
            walk,
            machine,
            fetches: 0,
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
                    self.state = match self.prepare(call) {
                        Ok(awaited) => State::Awaiting(Box::new(awaited)),
                        Err(finding) => self.raise(finding.into(), self.fetches),
                    };
                }
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
                self.walk.caught(page, &caught);
                State::Running
            }
            Err(finding) => failed(finding),
        }
    }

    /// Takes note of rows that an error cut off, though the profile caught it.
    fn note_cut_off(&mut self) {
        if let Some(finding) = self.machine.cut_off.take() {
            self.walk.caught(self.fetches, &finding);
        }
    }

    /// What leads to the page that is asked for, for people to see: `rows@next`, a token, a number.
    pub fn marker(&self) -> Option<String> {
        self.walk.marker()
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
                    if let Some(outcome) = self.walk.emitted(1, self.plan.origin) {
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

    /// Builds the request of a call from the environment as it stands.
    fn prepare(&mut self, call: &'p Call) -> Result<Awaited<'p>, Diagnostic> {
        let inputs =
            OperationInputs::new(&self.machine.environment, call.input.as_deref(), &self.bound.connection);
        let mut captures = mapped(&inputs, call)?;
        // A call inside a row, and one whose rows are dropped, is walked by nobody.
        let pager = if !self.machine.in_row() && self.is_pager(call) {
            Some(Pager::read(&inputs, &mut captures, call.format, call.origin)?)
        } else {
            None
        };
        let extraction = extraction(&inputs, call, self.plan, self.options.select.as_deref(), captures)?;
        let wanted = pager.as_ref().map_or(Wanted::AsWritten, |pager| self.walk.wanted(pager));
        let base = match pager {
            Some(_) => self.pager_url.as_deref().or(self.last_url.as_deref()),
            None => self.last_url.as_deref(),
        };
        let context =
            Context { plan: self.plan, input: &self.bound.input, call: call.origin, base, wanted: &wanted };
        let (request, origin) = build(&inputs, &context, &mut self.trust)?;
        self.fetches += 1;
        Ok(Awaited { fetch: Fetch { page: self.fetches, request, extraction, origin }, call, pager })
    }

    /// Whether a call's pages are walked: it emits rows, or no call does.
    fn is_pager(&self, call: &Call) -> bool {
        shape::pushes(call.body.block()) || !shape::pushes(&self.plan.body)
    }

    /// Judges a page, runs the body for its rows, and says what becomes of them.
    fn read_page(&mut self, awaited: &Awaited<'p>, seen: &PageSeen) -> Result<Emit, Stop> {
        let Awaited { fetch, call, pager } = awaited;
        if let Some(problem) = &seen.problem {
            let excused = pager.as_ref().and_then(|pager| self.walk.past_the_end(pager, seen, fetch.page));
            return Err(match excused {
                Some(outcome) => Stop::Over(Box::new(outcome)),
                None => Stop::Raised(Box::new(Raised::by_answer(problem.clone(), seen.status))),
            });
        }
        if let Some(finding) = row_path_finding(seen, fetch.page, &fetch.extraction) {
            return Err(Stop::Over(Box::new(failure(finding))));
        }
        let url = if seen.url.is_empty() { fetch.request.url.clone() } else { seen.url.clone() };
        if let Some(pager) = pager {
            let repeated = self.walk.repeated(call.origin, seen, &fetch.extraction, fetch.page, pager);
            if let Some(outcome) = repeated {
                return Err(Stop::Over(Box::new(outcome)));
            }
            let scripted = shape::sets_marker(call.body.block());
            self.walk.note(pager, &fetch.extraction, seen, fetch.page, call.origin, scripted);
            self.pager_url = Some(url.clone());
        } else if self.machine.in_row() && shape::pushes(call.body.block()) {
            self.walk.note_in_row(seen, fetch.page, call.origin);
        }
        self.last_url = Some(url);
        self.machine.grant_steps(seen.page.rows);
        let rows = rows(&mut self.machine, self.plan, call, &fetch.extraction, seen)
            .map_err(|finding| Stop::Over(Box::new(failure(finding))))?;
        self.note_cut_off();
        let (count, emit) = self.within_limit(rows);
        if let Some(outcome) = self.walk.emitted(count, call.origin) {
            self.state = State::Done(Box::new(outcome));
        }
        Ok(emit)
    }

    /// Cuts a page's rows to those that are still wanted.
    fn within_limit(&self, rows: Rows) -> (u64, Emit) {
        let remaining = usize::try_from(self.walk.remaining()).unwrap_or(usize::MAX);
        let count = rows.count();
        if count <= remaining {
            return (count as u64, rows.into_emit());
        }
        (remaining as u64, Emit::Picked(rows.first(remaining)))
    }

    /// A pass is through: starts the next one, or ends.
    fn finish_pass(&mut self) {
        let marker = self.machine.marker.take();
        match self.walk.advance(marker, self.plan.origin) {
            Next::End(outcome) => self.state = State::Done(outcome),
            Next::Pass(marker) => {
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
        [("_input", input), ("_query", bound.input.clone()), ("_connection", bound.connection.clone())];
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
