//! The machine.

use profilec_diagnostics::{Diagnostic, Span};
use profilec_plan::{Extraction, Plan};

use crate::{Emit, Outcome, PageSeen, PushedRow, Request};

/// Input values by name (`-i`). Names compare case-insensitively.
pub type Inputs = Vec<(String, String)>;

/// Connection options by name (`-c`). Names compare case-insensitively.
pub type Settings = Vec<(String, String)>;

/// What bounds a run.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// Rows wanted; the walk stops when they are there. 0: nothing is asked.
    pub limit: Option<u64>,
    /// Pages allowed.
    pub max_pages: Option<u64>,
    /// Columns wanted, as indices in output order; `None`: all.
    pub select: Option<Vec<usize>>,
    /// Origins that may get credentials beside the profile's own.
    pub allowed_origins: Vec<String>,
    /// What `now` and `utcnow` tell: seconds since the epoch, and the local offset from UTC in seconds.
    pub now: (i64, i32),
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
}

impl<'p> Engine<'p> {
    /// A machine at the start of the plan, inputs and defaults bound.
    ///
    /// # Errors
    /// A required input is missing or a value is not allowed: a finding at the input.
    pub fn new(
        plan: &'p Plan,
        inputs: Inputs,
        connection: Settings,
        options: EngineOptions,
    ) -> Result<Self, Diagnostic> {
        let _ = (inputs, connection);
        Ok(Self { plan, options })
    }

    /// What to do next. After [`Step::Fetch`], [`Engine::resume`] must be called before the next step.
    pub fn step(&mut self) -> Step {
        let _ = (&self.plan, &self.options);
        unimplemented!("contract only")
    }

    /// Tells what was seen; says what becomes of the page's rows.
    pub fn resume(&mut self, seen: PageSeen) -> Emit {
        let _ = seen;
        Emit::Nothing
    }

    /// Ends the run from outside (Ctrl-C, reader gone, output failed): the outcome to report.
    pub fn interrupt(&mut self, reason: Diagnostic) -> Outcome {
        Outcome { verdict: crate::Verdict::Truncated, reason, evidence: Vec::new() }
    }
}
