//! The machine: runs statements, and stops where the world outside is needed.
//!
//! Control flow is a stack of frames instead of recursion, so that the run can stop at a call anywhere and
//! go on when its answer is there.

use std::collections::BTreeMap;
use std::rc::Rc;

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Call, Leave, Plan, Select, Statement, StatementKind, Target};
use profilec_vocabulary::operation_input;

use super::iterate::iterations;
use super::pairs::pairs;
use super::template::{evaluate, name, word};
use super::unwind::{Guard, Signal};
use super::{Environment, Found, Item, Output, Position, Raised, Value, condition};
use crate::Override;

/// Statements that a page may run, and more for each of its rows: a loop in a loop must end too.
const STEPS_PER_PAGE: u64 = 1_000_000;
const STEPS_PER_ROW: u64 = 1_000;
/// Text that is kept or emitted counts as one statement more for so many bytes: memory is bounded as time is.
const BYTES_PER_STEP: usize = 256;

/// Why the machine stopped.
#[derive(Debug)]
pub(crate) enum Pause<'p> {
    /// A request is to be sent.
    Call(&'p Call),
    /// A row is to be emitted: of this item, else the top default item.
    Push(Option<String>),
    /// The rows of a page of the innermost walked call are through.
    Page,
    /// All is done.
    End,
}

/// The page whose rows a body goes through.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageOf {
    /// From 1, over the whole run.
    pub(crate) number: u64,
    /// Tells it from other pages: what was asked, and the row that it was asked for.
    pub(crate) identity: u64,
    /// The URL that answered: links in its rows count from there.
    pub(crate) url: String,
    /// Its call belongs to the script's passes, not to a walk of its own: its rows may set the next marker.
    pub(crate) of_pass: bool,
}

/// What the rows of a page left in `rows@next`.
#[derive(Clone, Debug)]
pub(crate) struct Leaving {
    /// The call.
    pub(crate) call: Span,
    /// The page's number.
    pub(crate) page: u64,
    /// The last marker that is not empty.
    pub(crate) marker: Option<Value>,
}

impl Leaving {
    fn is_like(&self, other: &Self) -> bool {
        let text = |leaving: &Self| leaving.marker.as_ref().map(|marker| marker.text.clone());
        self.call == other.call && text(self) == text(other)
    }
}

/// A row that a body runs for.
#[derive(Clone, Debug)]
pub(crate) struct RowItem {
    /// What is known of it.
    pub(crate) item: Item,
}

#[derive(Debug)]
pub(super) enum Frame<'p> {
    /// Statements one after the other.
    Block { statements: &'p [Statement], next: usize },
    /// One run of the body for each iteration.
    Enum { body: &'p [Statement], iterations: Iterations, next: usize },
    /// One run of the body for a row, whose caller has the other rows.
    Row,
    /// One run of the body for each row: the way of a body that has calls of its own.
    Rows { call: &'p Call, rows: Rows },
    /// A call whose pages are walked: above it runs the body for the rows of one of them.
    Pages,
    /// What a `try` does when the block above it ends.
    Guard(Guard<'p>),
}

/// The rows of a page that is gone through.
#[derive(Debug)]
pub(super) struct Rows {
    left: std::vec::IntoIter<RowItem>,
    count: usize,
    begun: usize,
    /// A row's item is on the stack.
    pub(super) entered: bool,
    page: PageOf,
    output: Rc<Output>,
    marker: Option<Value>,
}

impl Rows {
    /// Runs for no further row.
    pub(super) fn stop(&mut self) {
        self.left = Vec::new().into_iter();
    }
}

/// How a body went for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// The next row may come.
    Through,
    /// It left its loop: no further row runs.
    Left,
}

#[derive(Debug)]
pub(super) struct Iterations {
    /// `_attr` and `_value`.
    values: Vec<(String, Value)>,
}

/// The state of a pass over the script.
#[derive(Debug)]
pub(crate) struct Machine<'p> {
    /// Items and values.
    pub(crate) environment: Environment,
    pub(super) frames: Vec<Frame<'p>>,
    /// The body of the last [`Frame::Row`] left its loop.
    pub(super) left_loop: bool,
    /// An error that was caught beyond a row: rows after it did not run.
    pub(crate) cut_off: Option<Diagnostic>,
    steps_left: u64,
    columns: BTreeMap<String, usize>,
    origin: Span,
    /// The last marker that a row of the page that is gone through left behind.
    marker: Option<Value>,
    /// What the pages of this pass left in `rows@next`, in order.
    pub(crate) leavings: Vec<Leaving>,
}

impl<'p> Machine<'p> {
    /// A machine at the start of a pass.
    pub(crate) fn new(plan: &'p Plan, environment: Environment) -> Self {
        let columns =
            plan.columns.iter().enumerate().rev().map(|(at, column)| (column.name.to_lowercase(), at));
        Self {
            environment,
            frames: vec![Frame::Block { statements: &plan.body, next: 0 }],
            left_loop: false,
            cut_off: None,
            steps_left: STEPS_PER_PAGE,
            columns: columns.collect(),
            origin: plan.origin,
            marker: None,
            leavings: Vec::new(),
        }
    }

    /// The pages and rows whose bodies are running, the outermost first: a call met now belongs to the last.
    pub(crate) fn rows_around(&self) -> impl Iterator<Item = (&'p Call, &PageOf, usize)> {
        self.frames.iter().filter_map(|frame| match frame {
            Frame::Rows { call, rows } => Some((*call, &rows.page, rows.begun)),
            _ => None,
        })
    }

    /// The pages of a call are going to be walked.
    pub(crate) fn enter_pages(&mut self) {
        self.frames.push(Frame::Pages);
    }

    /// The innermost walk of a call is over.
    pub(crate) fn leave_pages(&mut self) {
        if let Some(Frame::Pages) = self.frames.last() {
            self.frames.pop();
        }
    }

    /// How many calls are being walked, one within the other.
    pub(crate) fn calls_walked(&self) -> usize {
        self.frames.iter().filter(|frame| matches!(frame, Frame::Pages)).count()
    }

    /// Goes on until the world outside is needed.
    ///
    /// # Errors
    /// What the script raises, and what it cannot do.
    pub(crate) fn run(&mut self) -> Result<Pause<'p>, Diagnostic> {
        self.run_above(0)
    }

    /// A page has come: its body may run so many more steps.
    pub(crate) fn grant_steps(&mut self, rows: usize) {
        self.steps_left = STEPS_PER_PAGE.saturating_add(STEPS_PER_ROW.saturating_mul(rows as u64));
    }

    /// A body that ran once for a page ran for so many rows: it may take no more steps than if it had.
    ///
    /// # Errors
    /// It took too many.
    pub(crate) fn spend_for_rows(&mut self, call: &Call, before: u64, rows: usize) -> Result<(), Diagnostic> {
        let taken = before.saturating_sub(self.steps_left).saturating_mul(rows.saturating_sub(1) as u64);
        match self.steps_left.checked_sub(taken) {
            Some(left) => {
                self.steps_left = left;
                Ok(())
            }
            None => Err(too_many_steps(
                format!("the body ran {STEPS_PER_PAGE} statements, and more for each row, without a request"),
                call.origin,
            )),
        }
    }

    /// Statements that may still run before a request.
    pub(crate) const fn steps_left(&self) -> u64 {
        self.steps_left
    }

    /// Runs a body without calls for one row to its end, and adds what it pushed, as column values.
    ///
    /// # Errors
    /// As [`Machine::run`].
    pub(crate) fn run_body(
        &mut self,
        call: &'p Call,
        row: RowItem,
        output: &Rc<Output>,
        position: Position,
        pushed: &mut Vec<Vec<Override>>,
    ) -> Result<Ran, Diagnostic> {
        let floor = self.frames.len();
        self.left_loop = false;
        self.environment.enter(row.item, Rc::clone(output), position);
        self.frames.push(Frame::Row);
        self.frames.push(Frame::Block { statements: call.body.block(), next: 0 });
        // The caller sends bodies with calls another way.
        while let Pause::Push(item) = self.run_above(floor)? {
            pushed.push(match item {
                Some(item) => self.columns_of(&item),
                None => self.columns_set(),
            });
        }
        Ok(if self.left_loop { Ran::Left } else { Ran::Through })
    }

    /// Lets a body that has calls of its own run for each of these rows, as [`Machine::run`] goes on.
    pub(crate) fn start_rows(
        &mut self,
        call: &'p Call,
        rows: Vec<RowItem>,
        output: Rc<Output>,
        page: PageOf,
    ) {
        let (count, left) = (rows.len(), rows.into_iter());
        let rows = Rows { count, left, begun: 0, entered: false, page, output, marker: None };
        self.frames.push(Frame::Rows { call, rows });
    }

    /// The body ran for all rows of a page, without calls of its own.
    pub(crate) fn rows_through(&mut self, call: &Call, page: &PageOf) {
        let marker = self.marker.take();
        self.note_leaving(call, page, marker);
    }

    fn note_leaving(&mut self, call: &Call, page: &PageOf, marker: Option<Value>) {
        if page.of_pass {
            self.leavings.push(Leaving { call: call.origin, page: page.number, marker });
        }
    }

    /// The columns of a named item alone: those that it lacks are null.
    pub(crate) fn columns_of(&self, item: &str) -> Vec<Override> {
        let item = self.environment.item(item);
        let value = |name: &str| Some(item?.attribute(name)?.first()?.text.clone());
        let mut columns: Vec<_> = self
            .columns
            .iter()
            .map(|(name, column)| Override { column: *column, value: value(name) })
            .collect();
        columns.sort_by_key(|set| set.column);
        columns
    }

    /// Columns that the script set on the top default item.
    pub(crate) fn columns_set(&self) -> Vec<Override> {
        self.columns_where(|by_script| by_script)
    }

    /// Columns that the top default item has, whoever set them.
    pub(crate) fn columns_known(&self) -> Vec<Override> {
        self.columns_where(|_| true)
    }

    fn columns_where(&self, wanted: impl Fn(bool) -> bool) -> Vec<Override> {
        let mut columns: Vec<_> = self
            .environment
            .top()
            .iter()
            .filter(|(_, attribute)| wanted(attribute.by_script))
            .filter_map(|(name, attribute)| {
                let column = *self.columns.get(name)?;
                Some(Override { column, value: attribute.first().map(|value| value.text.clone()) })
            })
            .collect();
        columns.sort_by_key(|set| set.column);
        columns
    }

    fn run_above(&mut self, floor: usize) -> Result<Pause<'p>, Diagnostic> {
        while self.frames.len() > floor {
            match self.advance() {
                Ok(Some(pause)) => return Ok(pause),
                Ok(None) => {}
                Err(raised) => self.unwind(Signal::Raise(raised))?,
            }
        }
        Ok(Pause::End)
    }

    /// One step of the top frame.
    fn advance(&mut self) -> Result<Option<Pause<'p>>, Box<Raised>> {
        let Some(frame) = self.frames.last_mut() else { return Ok(None) };
        match frame {
            Frame::Block { statements, next } => {
                let statements: &'p [Statement] = statements;
                let Some(statement) = statements.get(*next) else {
                    self.frames.pop();
                    return Ok(None);
                };
                *next += 1;
                return self.execute(statement);
            }
            Frame::Enum { body, iterations, next } => {
                let body: &'p [Statement] = body;
                let Some((attribute, value)) = iterations.values.get(*next).cloned() else {
                    self.frames.pop();
                    self.environment.leave_loop();
                    return Ok(None);
                };
                let count = iterations.values.len();
                *next += 1;
                let index = *next;
                self.spend()?;
                let text = |text: String| Value { text, ..Value::default() };
                self.environment.iterate(
                    Position { at: index, of: count },
                    [
                        ("_attr", text(attribute)),
                        ("_value", value),
                        ("_index", text(index.to_string())),
                        ("_count", text(count.to_string())),
                    ],
                );
                self.frames.push(Frame::Block { statements: body, next: 0 });
            }
            Frame::Row => {
                self.frames.pop();
                let item = self.environment.leave();
                self.marker = marker_of(&item).or(self.marker.take());
            }
            Frame::Guard(_) => self.guard_through()?,
            Frame::Pages => return Ok(Some(Pause::Page)),
            Frame::Rows { call, rows } => {
                let call: &'p Call = call;
                if std::mem::take(&mut rows.entered) {
                    let item = self.environment.leave();
                    rows.marker = marker_of(&item).or(rows.marker.take());
                }
                if let Some(row) = rows.left.next() {
                    rows.entered = true;
                    rows.begun += 1;
                    let position = Position { at: rows.begun, of: rows.count };
                    self.environment.enter(row.item, Rc::clone(&rows.output), position);
                    self.frames.push(Frame::Block { statements: call.body.block(), next: 0 });
                } else {
                    let (page, marker) = (std::mem::take(&mut rows.page), rows.marker.take());
                    self.frames.pop();
                    self.note_leaving(call, &page, marker);
                }
            }
        }
        Ok(None)
    }

    fn spend(&mut self) -> Result<(), Diagnostic> {
        match self.steps_left.checked_sub(1) {
            Some(left) => {
                self.steps_left = left;
                Ok(())
            }
            None => Err(too_many_steps(
                format!("the script ran {STEPS_PER_PAGE} statements without a request"),
                self.origin,
            )),
        }
    }

    fn spend_on(&mut self, bytes: usize) -> Result<(), Diagnostic> {
        let steps = (bytes / BYTES_PER_STEP) as u64;
        match self.steps_left.checked_sub(steps) {
            Some(left) => {
                self.steps_left = left;
                Ok(())
            }
            None => Err(too_many_steps(
                "the script kept or emitted too much text without a request".to_owned(),
                self.origin,
            )),
        }
    }

    fn execute(&mut self, statement: &'p Statement) -> Result<Option<Pause<'p>>, Box<Raised>> {
        self.spend()?;
        let environment = &mut self.environment;
        match &statement.kind {
            StatementKind::Set { target, value } => {
                let mut value = evaluate(value, environment)?;
                if value.origin == Span::default() {
                    value.origin = target.origin;
                }
                let (item, attribute) = names(target, environment)?;
                let bytes = value.text.len();
                environment.set(item.as_deref(), &attribute, value);
                self.spend_on(bytes)?;
            }
            StatementKind::CopyItem { to, from } => {
                let (to, from) = (name(to, environment)?, name(from, environment)?);
                let bytes = environment.item(&from).map_or(0, Item::bytes);
                environment.copy_item(&to, &from);
                self.spend_on(bytes)?;
            }
            StatementKind::Map { to, from, pairs: written } => {
                let (to, from) = (name(to, environment)?, name(from, environment)?);
                let pairs = pairs(&evaluate(written, environment)?)?;
                let bytes = environment.item(&from).map_or(0, Item::bytes).saturating_mul(pairs.len());
                self.spend_on(bytes)?;
                self.environment.map_item(&to, &from, &pairs);
            }
            StatementKind::Unset(target) => {
                let (item, attribute) = names(target, environment)?;
                environment.unset(item.as_deref(), &attribute);
            }
            StatementKind::UnsetItem(item) => {
                let item = name(item, environment)?;
                environment.unset_item(&item);
            }
            StatementKind::If { test, then, otherwise } => {
                let statements = if condition::holds(test, environment)? { then } else { otherwise };
                self.frames.push(Frame::Block { statements, next: 0 });
            }
            StatementKind::Select(select) => {
                let statements = chosen(select, environment)?;
                self.frames.push(Frame::Block { statements, next: 0 });
            }
            StatementKind::Block(statements) => self.frames.push(Frame::Block { statements, next: 0 }),
            StatementKind::Enum { source, body } => {
                let values = iterations(source, environment)?;
                environment.enter_loop();
                self.frames.push(Frame::Enum { body, iterations: Iterations { values }, next: 0 });
            }
            StatementKind::Call(call) => return Ok(Some(Pause::Call(call))),
            StatementKind::PageToken { input } => {
                let input = input.as_ref().map(|input| name(input, environment)).transpose()?;
                let marker =
                    page_token(input.as_deref(), environment).ok_or_else(|| no_token(statement.origin))?;
                let leaving = Leaving { call: statement.origin, page: 0, marker: Some(marker) };
                // One for each row, and mostly the same.
                let is_new = self.leavings.last().is_none_or(|last| !last.is_like(&leaving));
                self.leavings.extend(is_new.then_some(leaving));
            }
            StatementKind::Push { item } => {
                let item = item.as_ref().map(|item| name(item, environment)).transpose()?;
                let pushed = item.as_deref().map_or(Some(environment.top()), |item| environment.item(item));
                let bytes = pushed.map_or(0, Item::bytes_by_script);
                self.spend_on(bytes)?;
                return Ok(Some(Pause::Push(item)));
            }
            StatementKind::Leave(what) => match word(what, environment)? {
                Leave::Break => self.unwind(Signal::Break)?,
                Leave::Continue => self.unwind(Signal::Continue)?,
            },
            StatementKind::Try { body, catches, finally } => {
                self.frames.push(Frame::Guard(Guard::new(catches, finally)));
                self.frames.push(Frame::Block { statements: body, next: 0 });
            }
            StatementKind::Throw { code, description, details } => {
                let text = |template| evaluate(template, environment).map(|value| value.text);
                let (code, description, details) = (text(code)?, text(description)?, text(details)?);
                return Err(thrown(code, description, details, statement.origin));
            }
            StatementKind::Validate { target, code, description } => {
                return validate(target, code, description, environment).map(|()| None);
            }
        }
        Ok(None)
    }
}

/// The token in these items, else in the default ones.
fn page_token(input: Option<&str>, environment: &Environment) -> Option<Value> {
    let items: Vec<&Item> = match input {
        Some(names) => names.split(',').filter_map(|name| environment.item(name.trim())).collect(),
        None => environment.default_items().take(1).collect(),
    };
    let known = operation_input("PageToken").into_iter().flat_map(|input| input.parameter.spellings());
    let mut names = std::iter::once("rows@next").chain(known);
    names.find_map(|name| items.iter().find_map(|item| item.value(name))).cloned()
}

fn no_token(origin: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::structure::parameter_missing,
        "there is no token to hand on",
        Label::new(origin, "reads `rows@next` or `pagetoken` of its item"),
    )
    .help("set `rows@next` in the item before the call")
}

/// The next marker in a row's item, unless it is empty.
fn marker_of(row: &Item) -> Option<Value> {
    row.value("rows@next").filter(|marker| !marker.text.is_empty()).cloned()
}

pub(super) fn names(
    target: &Target,
    environment: &Environment,
) -> Result<(Option<String>, String), Diagnostic> {
    let item = target.item.as_ref().map(|item| name(item, environment)).transpose()?;
    Ok((item, name(&target.attribute, environment)?))
}

fn chosen<'p>(select: &'p Select, environment: &Environment) -> Result<&'p [Statement], Diagnostic> {
    let value = evaluate(&select.value, environment)?.text;
    for case in &select.cases {
        let pattern = evaluate(&case.pattern, environment)?;
        if environment.patterns.matches(&value, &pattern, word(&case.how, environment)?)? {
            return Ok(&case.body);
        }
    }
    Ok(&select.default)
}

fn thrown(code: String, description: String, details: String, origin: Span) -> Box<Raised> {
    let said = if description.is_empty() { String::new() } else { format!(": {description}") };
    let more = if details.is_empty() { String::new() } else { format!(" ({details})") };
    let finding = Diagnostic::new(
        &codes::structure::thrown,
        format!("the profile raised `{code}`{said}{more}"),
        Label::new(origin, "raised here"),
    );
    Box::new(Raised { code, description, details, finding })
}

fn validate(
    target: &Target,
    code: &profilec_plan::Template,
    description: &profilec_plan::Template,
    environment: &Environment,
) -> Result<(), Box<Raised>> {
    let (item, attribute) = names(target, environment)?;
    let found = match &item {
        Some(item) => environment.find_in_item(item, &attribute),
        None => environment.find(&attribute),
    };
    if matches!(found, Found::Value(_)) {
        return Ok(());
    }
    let (code, description) = (evaluate(code, environment)?.text, evaluate(description, environment)?.text);
    let description = if description.is_empty() { format!("`{attribute}` is required") } else { description };
    // The code that it has by itself tells people nothing.
    let message = match code.as_str() {
        "" | "api:validate" => description.clone(),
        code => format!("`{code}`: {description}"),
    };
    let finding = Diagnostic::new(
        &codes::structure::validation_failed,
        message,
        Label::new(target.origin, "required here, and nothing has set it"),
    );
    let qualified = item.map_or(attribute.clone(), |item| format!("{item}.{attribute}"));
    let finding = match qualified.to_lowercase().strip_prefix("_input.") {
        Some(_) => finding.help(format!("pass `-i {}=…`", &qualified[7..])),
        None => finding,
    };
    Err(Box::new(Raised { code, description, details: String::new(), finding }))
}

pub(super) fn too_many_steps(message: String, origin: Span) -> Diagnostic {
    Diagnostic::new(&codes::structure::too_many_steps, message, Label::new(origin, "a loop that hardly ends"))
        .help("bring down the number of iterations")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use profilec_diagnostics::codes;
    use profilec_plan::{LowerOptions, lower};

    use super::{Environment, Machine};

    #[test]
    fn a_loop_in_a_loop_ends_when_its_steps_are_spent() {
        let text = r#"<api:script xmlns:api="http://apiscript.com/ns?v1">
            <api:info title="Kilns"><attr name="id"/></api:info>
            <api:script method="GET">
              <api:enum range="1..999"><api:enum range="1..999"><api:push/></api:enum></api:enum>
            </api:script></api:script>"#;
        let options = LowerOptions { table: "Kilns".to_owned() };
        let plan = lower(&profilec_syntax::parse(text).document, &options).expect("a plan");
        let mut machine =
            Machine::new(&plan, Environment::new([], BTreeSet::new(), crate::formatters::Ambient::default()));
        machine.steps_left = 1_000;
        let mut pushed = 0;
        let finding = loop {
            match machine.run() {
                Ok(_) => pushed += 1,
                Err(finding) => break finding,
            }
        };
        assert_eq!(finding.code, &codes::structure::too_many_steps);
        assert!(pushed < 1_000);
    }
}
