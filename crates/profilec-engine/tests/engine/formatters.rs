//! `fixtures/language/formatters/` and `references.txt`: each template becomes a request's body.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use profilec_diagnostics::{Diagnostic, Span};
use profilec_engine::{EngineOptions, Step};
use profilec_plan::{LowerOptions, lower};
use profilec_syntax::{Text, parse, parse_template};
use profilec_vocabulary::{FORMATTERS, Support, formatter};

use crate::harness::{profile, with};

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
    let profile = profile(&format!(
        "{BEFORE}<api:set attr=\"data\">{escaped}</api:set><api:call op=\"jsonproviderGet\"><api:push/></api:call>"
    ));
    let told = |finding: &Diagnostic| {
        format!("! {} {}", finding.code.id.trim_start_matches("profilec::"), finding.message)
    };
    let plan = match lower(&parse(&profile).document, &LowerOptions { table: "Kilns".to_owned() }) {
        Ok(plan) => plan,
        Err(findings) => return findings.iter().map(told).collect::<Vec<_>>().join("; "),
    };
    match with(&plan, &[], &[], EngineOptions { seed: 7, ..EngineOptions::default() }).step() {
        Step::Fetch(fetch) => fetch.request.body.unwrap_or_default(),
        Step::Done(outcome) => told(&outcome.reason),
        Step::Push(rows) => panic!("{rows:?}"),
    }
}

/// A line of a fixture: a template, and what it gives.
struct Case {
    template: String,
    expected: String,
}

/// All files of cases, by path.
#[expect(clippy::disallowed_methods, reason = "tests read the fixtures")]
fn files() -> BTreeMap<PathBuf, Vec<Case>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language");
    let listed = std::fs::read_dir(folder.join("formatters")).expect("the folder is there");
    let paths = listed.map(|entry| entry.expect("it can be listed").path());
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let cases = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
            let Some((template, expected)) = line.split_once(" →") else { panic!("no arrow: {line}") };
            let expected = expected.strip_prefix(' ').unwrap_or(expected).to_owned();
            Case { template: template.to_owned(), expected }
        });
        (path, cases.collect())
    };
    paths.chain([folder.join("references.txt")]).map(read).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "blessing writes the fixtures")]
fn every_template_gives_its_text() {
    let mut wrong = String::new();
    for (path, cases) in files() {
        let mut blessed = String::new();
        for Case { template, expected } in &cases {
            let got = evaluate(template).replace('\n', "\\n");
            if got != *expected {
                let _ = writeln!(wrong, "{}: {template} → {got}   (expected {expected})", path.display());
            }
            let _ = writeln!(blessed, "{}", format!("{template} → {got}").trim_end());
        }
        if std::env::var_os("PROFILEC_BLESS").is_some() {
            std::fs::write(&path, blessed).expect("it can be written");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// The numbers of arguments with which a formatter is called in templates that it accepts or refuses.
#[derive(Default)]
struct Calls {
    accepted: BTreeSet<usize>,
    refused: BTreeSet<usize>,
}

#[test]
fn every_signature_is_proved_both_ways() {
    let mut calls: BTreeMap<&str, Calls> = BTreeMap::new();
    for (path, cases) in files() {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut called = BTreeSet::new();
        for Case { template, expected } in cases {
            let parsed = parse_template(Text::verbatim(template.as_str(), Span::default())).0;
            for call in parsed.references().iter().flat_map(|reference| &reference.pipeline) {
                let Some(known) = formatter(&call.name.node) else { panic!("{template}") };
                let of = calls.entry(known.name).or_default();
                let counts = if expected.starts_with("! ") { &mut of.refused } else { &mut of.accepted };
                counts.insert(call.arguments.len());
                called.insert(known.name);
            }
        }
        assert!(stem == "references" || called.contains(stem.as_str()), "{} is of another", path.display());
    }
    let names: BTreeSet<&str> = FORMATTERS.iter().map(|known| known.name).collect();
    assert_eq!(calls.keys().copied().collect::<BTreeSet<_>>(), names);
    for known in FORMATTERS {
        let Calls { accepted, refused } = &calls[known.name];
        let signature = known.signature();
        if known.support == Support::Runs {
            assert!((known.min()..=known.max()).eq(accepted.iter().copied()), "{signature}: {accepted:?}");
            assert!(refused.contains(&(known.max() + 1)), "{signature}: too many arguments");
            assert!(
                known.min() == 0 || refused.contains(&(known.min() - 1)),
                "{signature}: too few arguments"
            );
        } else {
            assert!(accepted.is_empty() && !refused.is_empty(), "{signature}");
        }
    }
}
