//! What the targets share: texts in a profile, and a profile that runs without a server.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Span};
use profilec_engine::{Engine, EngineOptions, Step};
use profilec_plan::{LowerOptions, lower};
use profilec_syntax::{Document, parse};

/// Texts longer than this are a fault of the bounds, whatever a template says.
const LONGEST: usize = 64 << 20;
/// A script without a loop and without a call is over sooner.
const STEPS: usize = 1_000;

/// The first line, and the lines after it as values.
pub fn lines(input: &str) -> (&str, Vec<&str>) {
    let mut lines = input.split('\n');
    (lines.next().unwrap_or_default(), lines.collect())
}

/// A text as the value of an attribute in double quotes. Entities in it stay entities.
pub fn quoted(text: &str) -> String {
    text.replace('"', "&quot;")
}

/// A profile whose GET block holds these statements.
pub fn profile(statements: &str) -> String {
    format!(
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<api:info title="Kilns"><attr name="id" xs:type="string"/></api:info>
<api:script method="GET">{statements}</api:script></api:script>"#
    )
}

/// Fails unless a finding and its fixes point into the file, on borders of characters.
pub fn assert_within(finding: &Diagnostic, file: &str) {
    assert_span(finding.primary.span, file);
    for label in &finding.others {
        assert_span(label.span, file);
    }
    for fix in &finding.fixes {
        assert!(fix.edits.is_sorted_by(|a, b| a.span.end() <= b.span.start()), "edits overlap: {finding:?}");
        for edit in &fix.edits {
            assert_span(edit.span, file);
        }
    }
}

/// Fails unless a span is within the file, on borders of characters.
pub fn assert_span(span: Span, file: &str) {
    assert!(file.get(span.range()).is_some(), "{span:?} is no part of {file:?}");
}

/// Whether a span lies within a range of the file.
pub fn lies_in(span: Span, range: &Range<usize>) -> bool {
    range.start <= span.range().start && span.range().end <= range.end
}

/// Runs a profile that calls nothing, with values for the inputs `a`, `b`, `c` … and the options of the same
/// names: the `id` of the rows it pushed, or the code of the error that ended it. `None`: it cannot be lowered.
pub fn run(file: &str, document: &Document, values: &[&str]) -> Option<Result<Vec<Option<String>>, String>> {
    let plan = match lower(document, &LowerOptions { table: "Kilns".to_owned() }) {
        Ok(plan) => plan,
        Err(findings) => {
            findings.iter().for_each(|finding| assert_within(finding, file));
            return None;
        }
    };
    let pairs: Vec<_> = ('a'..='h').zip(values).map(|(name, value)| (name.into(), (*value).into())).collect();
    let options = EngineOptions { now: (1_933_135_628, 7_200), ..EngineOptions::default() };
    let mut engine = match Engine::new(&plan, pairs.clone(), pairs, options) {
        Ok(engine) => engine,
        Err(finding) => {
            assert_within(&finding, file);
            return None;
        }
    };
    let mut rows = Vec::new();
    for _ in 0..STEPS {
        match engine.step() {
            Step::Push(pushed) => rows.extend(pushed.into_iter().map(|row| {
                let value = row.overrides.into_iter().find(|set| set.column == 0)?.value;
                assert!(value.as_ref().is_none_or(|text| text.len() <= LONGEST), "a text without bounds");
                value
            })),
            Step::Done(outcome) => {
                assert_within(&outcome.reason, file);
                let failed = outcome.verdict == profilec_engine::Verdict::Failed;
                return Some(if failed { Err(outcome.reason.code.id.to_owned()) } else { Ok(rows) });
            }
            Step::Fetch(fetch) => panic!("nothing is called, but {fetch:?} is asked for"),
        }
    }
    panic!("a script without a loop does not end");
}

/// The document of a profile with these statements, and its text.
pub fn document(statements: &str) -> (String, Document) {
    let file = profile(statements);
    let parsed = parse(&file);
    parsed.diagnostics.iter().for_each(|finding| assert_within(finding, &file));
    (file, parsed.document)
}
