//! A body that runs once a page gives what it would give run once a row.

#[expect(dead_code, reason = "other properties are about whole profiles")]
#[path = "../../profilec-engine/tests/engine/programs.rs"]
mod programs;

use std::{
    cell::RefCell,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use profilec_auth::Masker;
use profilec_engine::{Engine, EngineOptions, Request};
use profilec_http::{Reply, Transport, TransportError};
use profilec_output::{Format, TableOptions, open};
use profilec_plan::{Block, Body, LowerOptions, Plan, StatementKind, lower};
use profilec_rows::Extractor;
use profilec_run::Run;
use proptest::prelude::*;

/// Bodies that need no row, each with pages that it may meet.
const BODIES: &[&str] = &[
    "<api:push/>",
    "<api:push/><api:push/>",
    r#"<api:set attr="Note" value="fixed"/><api:push/>"#,
    r#"<api:set attr="Name" value="[batch | def('none')]"/><api:push/>"#,
    r#"<api:check attr="batch"><api:push/></api:check>"#,
    r#"<api:check attr="batch"><api:set attr="Note" value="[batch]"/><api:else><api:push/></api:else></api:check><api:push/>"#,
    r#"<api:enum range="1..3"><api:set attr="Note" value="[_value]"/><api:push/></api:enum>"#,
    r#"<api:set attr="Id" value="7"/><api:push/><api:set attr="Id" value="8"/><api:push/>"#,
];

fn plan(body: &str) -> Plan {
    match try_plan(body) {
        Ok(plan) => plan,
        Err(findings) => panic!("{findings:#?}"),
    }
}

fn try_plan(body: &str) -> Result<Plan, Vec<profilec_diagnostics::Diagnostic>> {
    let text = format!(
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:other="http://apiscript.com/ns?v1">
  <api:info title="Kilns" desc="Kilns">
    <attr name="Id" xs:type="long" other:xPath="id"/>
    <attr name="Name" xs:type="string" other:xPath="name"/>
    <attr name="Batch" xs:type="string" other:xPath="/json/batch"/>
    <attr name="Note" xs:type="string"/>
    <input name="rows@next"/>
  </api:info>
  <api:script method="GET">
    <api:set attr="URI" value="https://api.example/kilns?after=[_input.rows@next | def('')]"/>
    <api:set attr="JSONPath" value="$.data"/>
    <api:set attr="EnablePaging" value="true"/>
    <api:set attr="ElementMapPath#1" value="/json/next"/>
    <api:set attr="ElementMapName#1" value="cursor"/>
    <api:set attr="ElementMapPath#2" value="/json/batch"/>
    <api:set attr="ElementMapName#2" value="batch"/>
    <api:call op="jsonproviderGet">
      <api:check attr="cursor"><api:set attr="rows@next" value="[cursor]"/></api:check>
      {body}
    </api:call>
  </api:script>
</api:script>"#
    );
    let parsed = profilec_syntax::parse(&text);
    lower(&parsed.document, &LowerOptions { table: "Kilns".to_owned() })
}

/// Makes each call's body run once a row; says how many there were that run once a page.
fn by_row(block: &mut Block) -> usize {
    block.iter_mut().map(|statement| force(&mut statement.kind)).sum()
}

fn force(kind: &mut StatementKind) -> usize {
    match kind {
        StatementKind::Call(call) => {
            let inner = match &mut call.body {
                Body::Row { block, .. } => return by_row(block),
                Body::Page(inner) => inner,
            };
            let forced = by_row(inner);
            let (block, because) = (std::mem::take(inner), call.origin);
            call.body = Body::Row { block, reads: vec![0, 1], because };
            forced + 1
        }
        StatementKind::Block(inner) | StatementKind::Enum { body: inner, .. } => by_row(inner),
        StatementKind::If { then, otherwise, .. } => by_row(then) + by_row(otherwise),
        StatementKind::Select(select) => {
            let cases: usize = select.cases.iter_mut().map(|case| by_row(&mut case.body)).sum();
            cases + by_row(&mut select.default)
        }
        StatementKind::Try { body, catches, finally } => {
            let caught: usize = catches.iter_mut().map(|catch| by_row(&mut catch.body)).sum();
            by_row(body) + caught + by_row(finally)
        }
        _ => 0,
    }
}

/// Answers with one page after another; no page is left after the last.
struct Pages(RefCell<Vec<String>>);

impl Transport for Pages {
    async fn send(&self, request: &Request) -> Result<Reply, TransportError> {
        let body = self.0.borrow_mut().pop().unwrap_or_else(|| "{\"data\":[]}".to_owned()).into_bytes();
        Ok(Reply { status: 200, url: request.url.clone(), body, requests: 1, ..Reply::default() })
    }
}

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that a walk comes to: the output, the verdict and its reason, the counts.
fn walked(plan: &Plan, pages: &[String], limit: Option<u64>) -> String {
    let options = EngineOptions { limit, ..EngineOptions::default() };
    let engine = Engine::new(plan, Vec::new(), Vec::new(), options).expect("nothing is missing");
    let transport = Pages(RefCell::new(pages.iter().rev().cloned().collect()));
    let memory = Memory::default();
    let output: Vec<usize> = (0..plan.columns.len()).collect();
    let masker = Masker::default();
    let mut trace = Vec::new();
    let run = Run {
        transport: &transport,
        extractor: Extractor::new(&plan.columns, &output),
        sink: open(Format::JsonLines, Box::new(memory.clone()), &TableOptions::default()),
        masker: &masker,
        limit,
        origin: plan.origin,
        observer: &mut |line| trace.push(line.to_string()),
        inspector: &mut |_, _| {},
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("it starts");
    let finished = runtime.block_on(profilec_run::run(engine, run, std::future::pending()));
    let rows = String::from_utf8(memory.0.lock().unwrap_or_else(PoisonError::into_inner).clone());
    let columns: Vec<u64> = finished.columns.iter().map(|column| column.nulls).collect();
    format!(
        "{}\n{trace:#?}{:?} {}\n{} rows, {} pages, nulls {columns:?}",
        rows.expect("output is UTF-8"),
        finished.outcome.verdict,
        finished.outcome.reason.message,
        finished.counts.rows,
        finished.counts.pages,
    )
}

fn page() -> impl Strategy<Value = String> {
    let id = prop_oneof![(0i64..4).prop_map(|id| id.to_string()), Just("null".to_owned())];
    let name =
        prop_oneof![Just(""), Just(",\"name\":null"), Just(",\"name\":\"a\""), Just(",\"name\":{\"x\":[1]}")];
    let row = (id, name).prop_map(|(id, name)| format!("{{\"id\":{id}{name}}}"));
    let next =
        prop_oneof![Just(""), Just(",\"next\":null"), Just(",\"next\":\"n1\""), Just(",\"next\":\"n2\"")];
    let batch =
        prop_oneof![Just(""), Just(",\"batch\":null"), Just(",\"batch\":\"b\""), Just(",\"batch\":12")];
    (prop::collection::vec(row, 0..5), next, batch)
        .prop_map(|(rows, next, batch)| format!("{{\"data\":[{}]{next}{batch}}}", rows.join(",")))
}

/// A body over all keywords, made from bytes; calls in it are within rows.
fn program(bytes: &[u8]) -> String {
    let mut choices = programs::Choices::new(bytes);
    let mut body = String::new();
    programs::block(&mut choices, programs::Place::in_body(), &mut body);
    body
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn any_body_gives_once_a_page_what_it_gives_once_a_row(
        bytes in prop::collection::vec(any::<u8>(), 0..120),
        pages in prop::collection::vec(page(), 1..5),
        limit in prop::option::of(0u64..8),
    ) {
        let Ok(as_lowered) = try_plan(&program(&bytes)) else { return Ok(()) };
        let mut once_a_row = as_lowered.clone();
        by_row(&mut once_a_row.body);
        prop_assert_eq!(walked(&as_lowered, &pages, limit), walked(&once_a_row, &pages, limit));
    }
}

proptest! {
    #[test]
    fn once_a_page_gives_what_once_a_row_gives(
        body in prop::sample::select(BODIES),
        pages in prop::collection::vec(page(), 1..5),
        limit in prop::option::of(0u64..8),
    ) {
        let once_a_page = plan(body);
        let mut once_a_row = once_a_page.clone();
        prop_assert_eq!(by_row(&mut once_a_row.body), 1, "the body runs once a row anyway");
        prop_assert_eq!(walked(&once_a_page, &pages, limit), walked(&once_a_row, &pages, limit));
    }
}
