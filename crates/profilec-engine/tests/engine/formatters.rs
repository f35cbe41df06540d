//! `fixtures/language/formatters.txt`: each template becomes a request's body.

use profilec_engine::{EngineOptions, Step};

use crate::harness::{plan, profile, with};

const FIXTURE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/language/formatters.txt"));

const BEFORE: &str = r#"
    <api:set attr="URI" value="https://a.example/"/>
    <api:set attr="name" value="Grain Tower"/>
    <api:set attr="none" value=""/>
    <api:set attr="n" value="7"/>
    <api:set attr="price" value="1.10"/>
    <api:set attr="csv" value="a,b,c"/>
    <api:set attr="when" value="2031-04-05T06:07:08"/>
"#;

fn evaluate(template: &str) -> String {
    let escaped = template.replace('&', "&amp;").replace('<', "&lt;");
    let plan = plan(&profile(&format!(
        "{BEFORE}<api:set attr=\"data\">{escaped}</api:set><api:call op=\"jsonproviderGet\"><api:push/></api:call>"
    )));
    match with(&plan, &[], &[], EngineOptions::default()).step() {
        Step::Fetch(fetch) => fetch.request.body.unwrap_or_default(),
        Step::Done(outcome) => {
            let reason = outcome.reason;
            format!("! {} {}", reason.code.id.trim_start_matches("profilec::"), reason.message)
        }
        Step::Push(rows) => panic!("{rows:?}"),
    }
}

#[test]
fn every_template_of_the_fixture_gives_its_text() {
    let mut wrong = Vec::new();
    for line in FIXTURE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((template, expected)) = line.split_once(" →") else { panic!("no arrow: {line}") };
        let expected = expected.strip_prefix(' ').unwrap_or(expected);
        let got = evaluate(template);
        if got != expected {
            wrong.push(format!("{template} → {got}   (expected {expected})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
