//! Whatever pages come, a walk ends, and what it emits stays within the limit.

use profilec_engine::{Emit, EngineOptions, MemberValue, PageSeen, Seen, Step};
use proptest::prelude::*;

use crate::harness::{Saying, page, plan, profile, with, word};

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
