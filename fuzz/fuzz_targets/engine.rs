//! Programs over all keywords and operations, against whatever answers come: the engine never panics, ends within
//! its bounds, emits only rows that are there and no more than are wanted, and always reaches a verdict.
//!
//! The first byte says how much of the input is the program; the rest makes the answers.

#![no_main]

#[expect(dead_code, reason = "other properties are about bodies alone")]
#[path = "../../crates/profilec-engine/tests/engine/programs.rs"]
mod programs;

use libfuzzer_sys::fuzz_target;
use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_engine::{
    Emit, Engine, EngineOptions, Fetch, Member, MemberValue, PageSeen, PageSummary, RowPathSeen, Seen, Step,
    TextColumn,
};
use profilec_plan::{LowerOptions, lower};
use profilec_syntax::parse;
use programs::Choices;

/// Answers after which a run is broken off: loops in loops may ask for more than is worth waiting for.
const PATIENCE: usize = 5_000;

fuzz_target!(|input: &[u8]| {
    let Some((split, rest)) = input.split_first() else { return };
    let (program, answers) = rest.split_at(rest.len() * usize::from(*split) / 256);
    let file = programs::profile(&mut Choices::new(program));
    let Ok(plan) = lower(&parse(&file).document, &LowerOptions { table: "Kilns".to_owned() }) else { return };
    let mut choices = Choices::new(answers);
    let limit = [None, Some(0), Some(3), Some(100)][choices.below(4)];
    let max_pages = [Some(3), Some(1), Some(8), Some(0)][choices.below(4)];
    let options = EngineOptions { limit, max_pages, ..EngineOptions::default() };
    let Ok(mut engine) = Engine::new(&plan, Vec::new(), Vec::new(), options) else { return };
    let columns = plan.columns.len();
    let (mut asked, mut emitted) = (0, 0_u64);
    let outcome = loop {
        match engine.step() {
            Step::Done(outcome) => break outcome,
            Step::Push(rows) => {
                assert!(!rows.is_empty(), "nothing is handed over");
                assert!(rows.iter().all(|row| row.overrides.iter().all(|set| set.column < columns)));
                emitted += rows.len() as u64;
            }
            Step::Fetch(fetch) => {
                asked += 1;
                if asked > PATIENCE {
                    return;
                }
                let seen = answer(&fetch, columns, &mut choices);
                let rows = seen.page.rows;
                emitted += match engine.resume(seen) {
                    Emit::Nothing => 0,
                    Emit::All { copies, overrides } => {
                        assert!(overrides.iter().all(|set| set.column < columns));
                        (rows * copies) as u64
                    }
                    Emit::Picked(picked) => {
                        assert!(picked.iter().all(|push| push.row < rows), "a row that is not there");
                        assert!(
                            picked.iter().all(|push| push.overrides.is_sorted_by(|a, b| a.column < b.column))
                        );
                        picked.len() as u64
                    }
                };
            }
        }
    };
    assert!(emitted <= limit.unwrap_or(u64::MAX), "{emitted} rows are more than wanted");
    assert!(
        file.get(outcome.reason.primary.span.range()).is_some(),
        "the reason points outside of the profile"
    );
    assert!(!outcome.reason.message.is_empty());
    // A verdict stands.
    let Step::Done(again) = engine.step() else { panic!("a run that is over goes on") };
    assert_eq!(again.verdict, outcome.verdict);
});

fn answer(fetch: &Fetch, columns: usize, choices: &mut Choices<'_>) -> PageSeen {
    assert!(fetch.request.url.starts_with("https://kilns.example/"), "{}", fetch.request.url);
    assert!(
        fetch.extraction.columns.len() == columns
            && fetch.extraction.materialise.iter().all(|at| *at < columns)
    );
    let rows = if fetch.extraction.is_text() { 1 } else { choices.below(4) };
    let captures = fetch.extraction.captures.iter().map(|_| value(choices)).collect();
    let text = |at: &usize, choices: &mut Choices<'_>| TextColumn {
        column: *at,
        values: (0..rows).map(|_| value(choices).as_text().map(str::to_owned)).collect(),
    };
    let texts = fetch.extraction.materialise.iter().map(|at| text(at, choices)).collect();
    let members = match choices.below(5) {
        0 => vec![("/total", MemberValue::Number("3".to_owned()))],
        1 => vec![("/next", MemberValue::Text("/kilns?p=2".to_owned()))],
        2 => vec![("/error", MemberValue::Text("cold".to_owned()))],
        _ => Vec::new(),
    };
    let members = members.into_iter().map(|(at, value)| Member { pointer: at.to_owned(), value }).collect();
    let row_path = match choices.below(12) {
        11 if rows == 0 => RowPathSeen::Scalar { kind: "a string", at: String::new() },
        10 if rows == 0 => RowPathSeen::Null,
        _ => RowPathSeen::Rows,
    };
    let rows_hash = choices.below(16) as u64;
    let page = PageSummary {
        rows,
        records: rows,
        row_path,
        captures,
        members,
        rows_hash,
        texts,
        ..PageSummary::default()
    };
    let headers = match choices.below(4) {
        0 => vec![("ETag".to_owned(), "v1".to_owned()), ("etag".to_owned(), "v2".to_owned())],
        1 => vec![("Link".to_owned(), "</kilns?p=9>; rel=next".to_owned())],
        _ => Vec::new(),
    };
    let status = [200, 200, 200, 404, 500][choices.below(5)];
    if status == 200 {
        return PageSeen { status, headers, page, ..PageSeen::default() };
    }
    let problem =
        Diagnostic::new(&codes::http::status, "no answer", Label::new(fetch.origin, "asked for here"));
    PageSeen { status, headers, problem: Some(problem), ..PageSeen::default() }
}

fn value(choices: &mut Choices<'_>) -> Seen {
    match choices.below(6) {
        0 => Seen::Absent,
        1 => Seen::Null,
        2 => Seen::Value("/kilns?p=2".to_owned()),
        3 => Seen::Value("false".to_owned()),
        4 => Seen::Value("a-b-c".to_owned()),
        _ => Seen::Value(choices.below(200).to_string()),
    }
}
