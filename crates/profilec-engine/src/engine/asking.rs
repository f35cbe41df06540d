//! Asking for a page: of a call that the script meets, or of one whose pages are walked.

use std::hash::{DefaultHasher, Hash, Hasher};

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Call, Capture};
use profilec_vocabulary::{ResponseFormat, Verb};

use super::terms::Terms;
use super::{Engine, Fetch, State};
use crate::paging::{Next, Pager, Part, Walk};
use crate::request::{Context, OperationInputs, Request, Snapshot, Wanted, build, extraction, mapped};
use crate::script::shape;
use crate::{Outcome, Verdict};

/// Requests that one pass may send where the options say nothing: loops within loops must end too.
const REQUESTS_PER_PASS: u64 = 10_000_000;

/// A page that was asked for.
#[derive(Debug)]
pub(super) struct Awaited<'p> {
    pub(super) fetch: Fetch,
    pub(super) call: &'p Call,
    pub(super) belongs: Belongs,
    /// The outermost call around it.
    pub(super) place: Span,
    /// Tells the row that it was asked for from others, 0 outside of rows; and the request from others.
    pub(super) context: u64,
    pub(super) request: u64,
    pub(super) terms: Terms,
}

/// Which walk a page belongs to.
#[derive(Debug)]
pub(super) enum Belongs {
    /// To the innermost walk over a call's pages.
    Call,
    /// To the walk over the passes of the script.
    Passes(Part, Box<Pager>),
    /// To none: its rows are dropped.
    None,
}

/// A call whose pages are walked, from where the script met it.
#[derive(Debug)]
pub(super) struct CallWalk<'p> {
    pub(super) call: &'p Call,
    pub(super) pager: Pager,
    pub(super) walk: Walk,
    /// What its attributes say, and which of its items are still wanted.
    pub(super) terms: Terms,
    inputs: Snapshot,
    captures: Vec<Capture>,
    place: Span,
    context: u64,
    /// The URL of the page before.
    pub(super) url: Option<String>,
}

impl CallWalk<'_> {
    /// What leads to the page that is asked for.
    pub(super) fn marker(&self) -> Option<String> {
        self.walk.marker()
    }
}

impl<'p> Engine<'p> {
    /// Asks for the page, or the first page, of a call that the script met.
    pub(super) fn ask(&mut self, call: &'p Call) -> Result<Awaited<'p>, Diagnostic> {
        self.forget_abandoned();
        let environment = &self.machine.environment;
        let terms = Terms::read(call, environment)?;
        let inputs = OperationInputs::new(environment, terms.input.as_deref(), &self.bound.connection);
        let mut captures = mapped(&inputs, call)?;
        // The inputs that page the rows are often set for the whole script. A call that drops its rows is
        // not meant, unless it has inputs of its own.
        let emits = shape::pushes(call.body.block()) || !shape::pushes(&self.plan.body);
        let most = inputs.text(&["MaxRows"]).and_then(|most| most.trim().parse().ok());
        if let Some(most) = most.filter(|_| emits) {
            self.account.at_most(most);
        }
        // A text has no rows that paths could count on.
        let is_text = call.format == ResponseFormat::Text;
        let pager = if emits || terms.input.is_some() {
            Some(Pager::read(&inputs, &mut captures, call.format, call.origin)?)
        } else {
            None
        };
        let (place, context) = self.around(call);
        if let Some(pager) = pager.as_ref().filter(|pager| !is_text && pager.walks_the_call()) {
            let walk = Walk::new(self.options.max_pages);
            let (inputs, pager) = (inputs.snapshot(), pager.clone());
            let walk = CallWalk { call, pager, walk, terms, inputs, captures, place, context, url: None };
            self.machine.enter_pages();
            return self.ask_page(walk);
        }
        let base = self.base(&inputs).map(str::to_owned);
        let asked = Asked::ByScript(terms.input.as_deref());
        let (fetch, request) = self.fetch(call, captures, asked, base.as_deref())?;
        let belongs = match pager {
            Some(pager) if emits => {
                let part = self.part(call, &fetch, context, request);
                Belongs::Passes(part, Box::new(pager))
            }
            _ => Belongs::None,
        };
        Ok(Awaited { fetch, call, belongs, place, context, request, terms })
    }

    /// The rows of a page of the innermost walk are through: asks for its next page, or ends the walk.
    pub(super) fn walk_on(&mut self) -> State<'p> {
        self.forget_abandoned();
        let Some(mut walked) = self.calls.pop() else {
            self.machine.leave_pages();
            return State::Running;
        };
        if walked.terms.window.is_met() {
            self.machine.leave_pages();
            self.account.walked(wanted_rows_came(walked.call));
            return State::Running;
        }
        match walked.walk.advance(&[]) {
            Next::Round(_) => match self.ask_page(walked) {
                Ok(awaited) => State::Awaiting(Box::new(awaited)),
                Err(finding) => self.raise(finding.into(), self.fetches),
            },
            Next::End(outcome) => {
                self.machine.leave_pages();
                self.account.walked(*outcome);
                State::Running
            }
            Next::NoPage => {
                self.machine.leave_pages();
                State::Running
            }
        }
    }

    /// Asks for the page that a walk is at.
    fn ask_page(&mut self, walked: CallWalk<'p>) -> Result<Awaited<'p>, Diagnostic> {
        let wanted = walked.walk.wanted(&walked.pager);
        let base = walked.url.clone().or_else(|| self.last_url.clone());
        let asked = Asked::ByWalk(&walked.inputs, wanted);
        let (fetch, request) = self.fetch(walked.call, walked.captures.clone(), asked, base.as_deref())?;
        let (call, place, context, terms) = (walked.call, walked.place, walked.context, walked.terms.clone());
        self.calls.push(walked);
        Ok(Awaited { fetch, call, belongs: Belongs::Call, place, context, request, terms })
    }

    fn fetch(
        &mut self,
        call: &'p Call,
        captures: Vec<Capture>,
        asked: Asked<'_>,
        base: Option<&str>,
    ) -> Result<(Fetch, u64), Diagnostic> {
        let connection = &self.bound.connection;
        let (inputs, wanted) = match asked {
            Asked::ByScript(input) => {
                (OperationInputs::new(&self.machine.environment, input, connection), Wanted::AsWritten)
            }
            Asked::ByWalk(snapshot, wanted) => (snapshot.inputs(connection), wanted),
        };
        let extraction = extraction(&inputs, call, self.plan, self.options.select.as_deref(), captures)?;
        let verb = match call.verb {
            Verb::Get => "GET",
            Verb::Post => "POST",
        };
        let (plan, input) = (self.plan, &self.bound.input);
        let carried_out = self.options.carried_out;
        let context = Context { plan, input, verb, call: call.origin, base, wanted: &wanted, carried_out };
        let (request, origin) = build(&inputs, &context, &mut self.trust)?;
        self.fetches += 1;
        self.asked_in_pass += 1;
        let most = self.options.max_requests.unwrap_or(REQUESTS_PER_PASS);
        if self.asked_in_pass > most {
            return Err(Diagnostic::new(
                &codes::structure::too_many_steps,
                format!("the script wants more than {most} requests in one pass"),
                Label::new(call.origin, "a loop that hardly ends"),
            )
            .help("bring down the number of iterations"));
        }
        let identity = identity(&request);
        let gives_rows = shape::pushes_itself(call.body.block()) || !shape::pushes(&self.plan.body);
        Ok((Fetch { page: self.fetches, request, extraction, origin, gives_rows }, identity))
    }

    /// The outermost call, and what tells the running row from others.
    fn around(&self, call: &Call) -> (Span, u64) {
        let mut rows = self.machine.rows_around().peekable();
        let Some((outermost, ..)) = rows.peek() else { return (call.origin, 0) };
        let place = outermost.origin;
        let mut hasher = DefaultHasher::new();
        for (_, page, row) in rows {
            (page.identity, row).hash(&mut hasher);
        }
        // 0 is the place outside of rows.
        (place, hasher.finish() | 1)
    }

    /// What relative links in `URI` count from: the page that brought the marker, or the row.
    fn base(&self, inputs: &OperationInputs<'_>) -> Option<&str> {
        let marker = self.passes.marker();
        let is_marker = || inputs.text(&["URI", "URL"]) == marker.as_deref();
        match self.machine.rows_around().last() {
            Some((_, page, _)) if marker.is_none() || !is_marker() => Some(page.url.as_str()),
            _ => self.pager_url.as_deref().or(self.last_url.as_deref()),
        }
    }

    /// A call's rows are those of the walk when its own body emits them or sets the marker. One that only
    /// sets the marker, and asks the same in each pass, fetches a token.
    fn part(&self, call: &Call, fetch: &Fetch, context: u64, request: u64) -> Part {
        let block = call.body.block();
        let emits = shape::pushes_itself(block) || !shape::pushes(&self.plan.body);
        let is_marker = |name: &str| name.eq_ignore_ascii_case("rows@next");
        let marks = || {
            shape::sets_marker(block)
                || fetch.extraction.captures.iter().any(|capture| is_marker(&capture.name))
                || self.plan.columns.iter().any(|column| is_marker(&column.name))
        };
        if emits || (marks() && !self.passes.asked_before(context, call.origin, request)) {
            Part::Rows
        } else {
            Part::Beside
        }
    }

    /// Walks that an error left behind.
    pub(super) fn forget_abandoned(&mut self) {
        self.calls.truncate(self.machine.calls_walked());
    }
}

/// Who wants a page.
enum Asked<'a> {
    /// The script, with the items of `in`.
    ByScript(Option<&'a str>),
    ByWalk(&'a Snapshot, Wanted),
}

/// The end of a walk whose call wants no more items.
fn wanted_rows_came(call: &Call) -> Outcome {
    let label = Label::new(call.origin, "no more items of this were wanted");
    let reason =
        Diagnostic::new(&codes::paging::limit_met, "the items that the call asks for are there", label);
    Outcome { verdict: Verdict::Complete, reason, evidence: Vec::new() }
}

/// Tells a request from others.
fn identity(request: &Request) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.hash(&mut hasher);
    hasher.finish()
}
