//! Whatever pages come, a walk ends, and what it emits stays within the limit.

use profilec_engine::{Emit, EngineOptions, Fetch, MemberValue, PageSeen, Seen, Step, TextColumn, Verdict};
use proptest::prelude::*;

use crate::harness::{Saying, page, plan, profile, with, word};
use crate::programs::{self, Choices};

const PROFILES: &[&str] = &[
    r#"<api:set attr="PageNumberParam" value="page"/>"#,
    r#"<api:set attr="PageOffsetParam" value="skip"/>"#,
    r#"<api:set attr="pagetokenpath" value="/json/next"/><api:set attr="pagetokenparam" value="after"/>"#,
    r#"<api:set attr="pageurlpath" value="/json/next"/>"#,
    r#"<api:set attr="ElementMapPath" value="/json/next"/><api:set attr="ElementMapName" value="rows@next"/>"#,
];

fn seen() -> impl Strategy<Value = PageSeen> {
    let next = prop_oneof![Just(Seen::Absent), Just(Seen::Null), "[a-z?/0]{0,2}".prop_map(Seen::Value),];
    (0_usize..4, 0_u64..40, next, any::<bool>()).prop_map(|(rows, hash, next, member)| {
        let seen = page(rows, hash).capture(next);
        if member {
            seen.member("/next", word("x")).member("/more", MemberValue::Boolean(true))
        } else {
            seen
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn every_walk_ends_within_its_bounds(
        which in 0..PROFILES.len(),
        pages in proptest::collection::vec(seen(), 1..8),
        limit in proptest::option::of(0_u64..20),
        max_pages in proptest::option::of(0_u64..10),
    ) {
        let text = profile(&format!(
            r#"<api:set attr="URI" value="https://a.example/kilns"/>
            <api:set attr="JSONPath" value="$.rows"/>
            <api:set attr="EnablePaging" value="true"/>{}
            <api:call op="jsonproviderGet"><api:push/></api:call>"#,
            PROFILES[which]
        ));
        let plan = plan(&text);
        let options = EngineOptions { limit, max_pages, ..EngineOptions::default() };
        let mut engine = with(&plan, &[], &[], options);
        let (mut asked, mut emitted) = (0_u64, 0_u64);
        // The pages come round and round: every marker and every page repeats in the end.
        for seen in pages.iter().cycle() {
            match engine.step() {
                Step::Done(_) => break,
                Step::Push(rows) => emitted += rows.len() as u64,
                Step::Fetch(_) => {
                    asked += 1;
                    emitted += match engine.resume(seen.clone()) {
                        Emit::Nothing => 0,
                        Emit::All { copies, .. } => (seen.page.rows * copies) as u64,
                        Emit::Picked(rows) => rows.len() as u64,
                    };
                }
            }
            prop_assert!(asked <= 2_000, "asked for {asked} pages");
        }
        prop_assert!(asked <= max_pages.unwrap_or(u64::MAX));
        prop_assert!(emitted <= limit.unwrap_or(u64::MAX));
    }
}

/// A page for whatever is asked, decided by bytes.
fn answer(fetch: &Fetch, choices: &mut Choices<'_>) -> PageSeen {
    let value = |choices: &mut Choices<'_>| match choices.below(4) {
        0 => Seen::Absent,
        1 => Seen::Null,
        2 => Seen::Value("n1".to_owned()),
        _ => Seen::Value(format!("{}", choices.below(9))),
    };
    let rows = if fetch.extraction.is_text() { 1 } else { choices.below(3) };
    let mut seen = page(rows, choices.below(30) as u64);
    for _ in &fetch.extraction.captures {
        seen = seen.capture(value(choices));
    }
    for column in &fetch.extraction.materialise {
        let values = (0..rows).map(|_| value(choices).as_text().map(str::to_owned)).collect();
        seen.page.texts.push(TextColumn { column: *column, values });
    }
    if choices.below(8) == 7 {
        seen.status = [404, 500][choices.below(2)];
        seen.problem = Some(profilec_diagnostics::Diagnostic::new(
            &profilec_diagnostics::codes::http::status,
            "no",
            profilec_diagnostics::Label::new(fetch.origin, "here"),
        ));
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn every_program_ends_with_a_verdict_whatever_answers_come(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        answers in proptest::collection::vec(any::<u8>(), 0..200),
        limit in proptest::option::of(0_u64..20),
    ) {
        let text = programs::profile(&mut Choices::new(&bytes));
        let parsed = profilec_syntax::parse(&text);
        let options = profilec_plan::LowerOptions { table: "Kilns".to_owned() };
        let Ok(plan) = profilec_plan::lower(&parsed.document, &options) else { return Ok(()) };
        let options = EngineOptions { limit, max_pages: Some(3), ..EngineOptions::default() };
        let mut engine = with(&plan, &[], &[], options);
        let mut choices = Choices::new(&answers);
        let (mut asked, mut emitted) = (0_u64, 0_u64);
        let outcome = loop {
            match engine.step() {
                Step::Done(outcome) => break outcome,
                Step::Push(rows) => emitted += rows.len() as u64,
                Step::Fetch(fetch) => {
                    asked += 1;
                    let seen = answer(&fetch, &mut choices);
                    let rows = seen.page.rows;
                    emitted += match engine.resume(seen) {
                        Emit::Nothing => 0,
                        Emit::All { copies, .. } => (rows * copies) as u64,
                        Emit::Picked(picked) => {
                            prop_assert!(picked.iter().all(|push| push.row < rows));
                            picked.len() as u64
                        }
                    };
                }
            }
            prop_assert!(asked <= 100_000, "asked for {asked} pages");
        };
        prop_assert!(emitted <= limit.unwrap_or(u64::MAX));
        prop_assert!(text.get(outcome.reason.primary.span.range()).is_some());
        prop_assert!(outcome.verdict != Verdict::Complete || outcome.evidence.len() <= 200);
    }
}
