//! Every `fixtures/plan/<case>/profile.rsd` has its plan beside it, for people and as JSON; or, when it
//! cannot be lowered, its findings.

use std::path::Path;

use profilec_diagnostics::{Diagnostic, Source};
use profilec_plan::{LowerOptions, describe, lower, to_json};
use profilec_syntax::parse;

fn plan(profile: &Path, text: String) -> datatest_stable::Result<()> {
    let options = LowerOptions { table: "profile".to_owned() };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(profile.canonicalize()?.parent().unwrap_or(Path::new(".")));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(profile.file_name().unwrap_or_default());
    let _bound = settings.bind_to_scope();
    match lower(&parse(&text).document, &options) {
        Ok(plan) => {
            insta::assert_snapshot!("plan", describe(&plan));
            insta::assert_snapshot!("plan.json", to_json(&plan, &Source::new("profile.rsd", text)));
        }
        Err(findings) => insta::assert_snapshot!("findings", listing(&text, &findings)),
    }
    Ok(())
}

/// A file may end anywhere: what is left is lowered or refused, and what is lowered can be told.
#[expect(clippy::needless_pass_by_value, clippy::unnecessary_wraps, reason = "the harness calls it so")]
fn truncated(_profile: &Path, text: String) -> datatest_stable::Result<()> {
    for (end, _) in text.char_indices().step_by(11) {
        match lower(&parse(&text[..end]).document, &LowerOptions::default()) {
            Ok(plan) => {
                let json = to_json(&plan, &Source::new("profile.rsd", &text[..end]));
                assert!(!describe(&plan).is_empty() && json.starts_with('{'));
            }
            Err(findings) => assert!(!findings.is_empty()),
        }
    }
    Ok(())
}

/// One line for each finding: place, the text there, code and message.
fn listing(text: &str, findings: &[Diagnostic]) -> String {
    let source = Source::new("profile.rsd", text);
    let lines = findings.iter().map(|finding| {
        let at = source.position(finding.primary.span.start());
        let (here, code) = (source.slice(finding.primary.span), finding.code.id);
        format!("{}:{} `{here}` {code}: {}", at.line, at.column, finding.message)
    });
    lines.collect::<Vec<_>>().join("\n")
}

datatest_stable::harness! {
    { test = plan, root = "../../fixtures/plan", pattern = r"profile\.rsd$" },
    { test = truncated, root = "../../fixtures/plan", pattern = r"profile\.rsd$" },
}
