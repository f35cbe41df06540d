//! Profile text in, steps out.

use profilec_engine::{
    Emit, Engine, EngineOptions, Fetch, Member, MemberValue, Outcome, PageSeen, PageSummary, Request,
    RowPathSeen, Seen, Step, TextColumn,
};
use profilec_plan::{LowerOptions, Plan, lower};
use profilec_syntax::parse;

/// 2031-04-05T06:07:08Z, two hours east.
pub(crate) const NOW: (i64, i32) = (1_933_135_628, 7_200);

/// A profile with a column `id` and these statements in its GET block.
pub(crate) fn profile(statements: &str) -> String {
    format!(
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" desc="Kilns" xmlns:other="http://apiscript.com/ns?v1">
    <attr name="id" xs:type="string" other:xPath="id"/>
    <attr name="note" xs:type="string" other:xPath="note"/>
  </api:info>
  <api:script method="GET">
{statements}
  </api:script>
</api:script>"#
    )
}

/// The plan of a profile's text.
pub(crate) fn plan(text: &str) -> Plan {
    let parsed = parse(text);
    match lower(&parsed.document, &LowerOptions { table: "Kilns".to_owned() }) {
        Ok(plan) => plan,
        Err(findings) => panic!("{findings:#?}"),
    }
}

/// Owned pairs.
pub(crate) fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// An engine without inputs.
pub(crate) fn engine(plan: &Plan) -> Engine<'_> {
    with(plan, &[], &[], EngineOptions::default())
}

/// An engine with these inputs, connection options and bounds.
pub(crate) fn with<'p>(
    plan: &'p Plan,
    inputs: &[(&str, &str)],
    connection: &[(&str, &str)],
    options: EngineOptions,
) -> Engine<'p> {
    let options = EngineOptions { now: NOW, ..options };
    match Engine::new(plan, pairs(inputs), pairs(connection), options) {
        Ok(engine) => engine,
        Err(finding) => panic!("{finding:#?}"),
    }
}

/// The fetch that comes next.
pub(crate) fn fetch(engine: &mut Engine<'_>) -> Fetch {
    match engine.step() {
        Step::Fetch(fetch) => *fetch,
        other => panic!("{other:#?}"),
    }
}

/// The first request of a profile.
pub(crate) fn request(text: &str, inputs: &[(&str, &str)], connection: &[(&str, &str)]) -> Request {
    let plan = plan(text);
    fetch(&mut with(&plan, inputs, connection, EngineOptions::default())).request
}

/// The outcome that comes next.
pub(crate) fn outcome(engine: &mut Engine<'_>) -> Outcome {
    match engine.step() {
        Step::Done(outcome) => *outcome,
        other => panic!("{other:#?}"),
    }
}

/// `verdict code: message`.
pub(crate) fn told(outcome: &Outcome) -> String {
    let code = outcome.reason.code.id.trim_start_matches("profilec::");
    format!("{} {code}: {}", outcome.verdict.as_str(), outcome.reason.message)
}

/// A page of so many rows; each page differs from the others by `hash`.
pub(crate) fn page(rows: usize, hash: u64) -> PageSeen {
    PageSeen {
        status: 200,
        page: PageSummary { rows, records: rows, rows_hash: hash, ..PageSummary::default() },
        ..PageSeen::default()
    }
}

/// Builders for what a page says.
pub(crate) trait Saying {
    fn capture(self, value: Seen) -> Self;
    fn member(self, pointer: &str, value: MemberValue) -> Self;
    fn header(self, name: &str, value: &str) -> Self;
    fn row_path(self, seen: RowPathSeen) -> Self;
    fn texts(self, column: usize, values: &[Option<&str>]) -> Self;
    fn from(self, url: &str) -> Self;
}

impl Saying for PageSeen {
    fn capture(mut self, value: Seen) -> Self {
        self.page.captures.push(value);
        self
    }
    fn member(mut self, pointer: &str, value: MemberValue) -> Self {
        self.page.members.push(Member { pointer: pointer.to_owned(), value });
        self
    }
    fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
    fn row_path(mut self, seen: RowPathSeen) -> Self {
        self.page.row_path = seen;
        self
    }
    fn texts(mut self, column: usize, values: &[Option<&str>]) -> Self {
        let values = values.iter().map(|value| value.map(str::to_owned)).collect();
        self.page.texts.push(TextColumn { column, values });
        self
    }
    fn from(mut self, url: &str) -> Self {
        url.clone_into(&mut self.url);
        self
    }
}

/// A text that is there.
pub(crate) fn text(text: &str) -> Seen {
    Seen::Value(text.to_owned())
}

/// A member's number.
pub(crate) fn number(text: &str) -> MemberValue {
    MemberValue::Number(text.to_owned())
}

/// A member's text.
pub(crate) fn word(text: &str) -> MemberValue {
    MemberValue::Text(text.to_owned())
}

/// Feeds pages until the engine is done: the URLs asked for, and how it ended.
pub(crate) fn walk(engine: &mut Engine<'_>, pages: Vec<PageSeen>) -> (Vec<String>, String) {
    let mut urls = Vec::new();
    for page in pages {
        match engine.step() {
            Step::Fetch(fetch) => urls.push(fetch.request.url),
            Step::Done(outcome) => panic!("ended early: {}", told(&outcome)),
            Step::Push(_) => continue,
        }
        engine.resume(page);
    }
    let outcome = outcome(engine);
    (urls, told(&outcome))
}

/// All rows of the page, once.
pub(crate) fn all() -> Emit {
    Emit::All { copies: 1, overrides: Vec::new() }
}
