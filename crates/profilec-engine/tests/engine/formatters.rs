//! `fixtures/language/formatters.txt`: each template becomes a request's body.

use std::collections::{BTreeMap, BTreeSet};

use profilec_diagnostics::Span;
use profilec_engine::{EngineOptions, Step};
use profilec_syntax::{Text, parse_template};
use profilec_vocabulary::{FORMATTERS, Support, formatter};

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
    <api:set attr="tabbed" value="a&#9;bc&#9;d"/>
    <api:set attr="html">&lt;p class="x">Tea &amp;amp; &lt;b>milk&lt;/b>&lt;!-- no -->&lt;/p></api:set>
    <api:set attr="list#" value="pear"/>
    <api:set attr="list#" value="apple"/>
    <api:set attr="list#" value="fig"/>
    <api:set attr="nums#" value="10"/>
    <api:set attr="nums#" value="9"/>
    <api:set attr="nums#" value="2.5"/>
"#;

fn evaluate(template: &str) -> String {
    let escaped = template.replace('&', "&amp;").replace('<', "&lt;");
    let plan = plan(&profile(&format!(
        "{BEFORE}<api:set attr=\"data\">{escaped}</api:set><api:call op=\"jsonproviderGet\"><api:push/></api:call>"
    )));
    match with(&plan, &[], &[], EngineOptions { seed: 7, ..EngineOptions::default() }).step() {
        Step::Fetch(fetch) => fetch.request.body.unwrap_or_default(),
        Step::Done(outcome) => {
            let reason = outcome.reason;
            format!("! {} {}", reason.code.id.trim_start_matches("profilec::"), reason.message)
        }
        Step::Push(rows) => panic!("{rows:?}"),
    }
}

/// The templates of the fixture with what they give.
fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    FIXTURE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let Some((template, expected)) = line.split_once(" →") else { panic!("no arrow: {line}") };
        (template, expected.strip_prefix(' ').unwrap_or(expected))
    })
}

#[test]
fn every_template_of_the_fixture_gives_its_text() {
    let mut wrong = Vec::new();
    for (template, expected) in cases() {
        let got = evaluate(template).replace('\n', "\\n");
        if got != expected {
            wrong.push(format!("{template} → {got}   (expected {expected})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_formatter_has_a_good_case_for_each_number_of_arguments_and_another_case() {
    let mut counts: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut cases_of: BTreeMap<&str, usize> = BTreeMap::new();
    for (template, expected) in cases() {
        let parsed = parse_template(Text::verbatim(template, Span::default())).0;
        for call in parsed.references().iter().flat_map(|reference| &reference.pipeline) {
            let Some(known) = formatter(&call.name.node) else { panic!("{template}") };
            *cases_of.entry(known.name).or_default() += 1;
            if !expected.starts_with("! ") {
                counts.entry(known.name).or_default().insert(call.arguments.len());
            }
        }
    }
    for known in FORMATTERS.iter().filter(|known| known.support == Support::Runs) {
        let wanted: BTreeSet<usize> = (known.min()..=known.max()).collect();
        assert_eq!(counts.get(known.name), Some(&wanted), "{}", known.signature());
        assert!(cases_of.get(known.name).is_some_and(|count| *count > 1), "{}", known.name);
    }
}
