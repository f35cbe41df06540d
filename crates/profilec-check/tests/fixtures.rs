//! `fixtures/check/<area>/<name>/`: `fails_<case>.rsd` gives that code and the text beside it,
//! `passes_<case>.rsd` gives nothing of it. `fixtures/syntax/ok/` holds profiles without any fault.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "the harness calls functions of this signature"
)]

use std::path::Path;

use profilec_check::{CheckOptions, check, secret_places};
use profilec_diagnostics::{Diagnostic, RenderOptions, Severity, Source, render_pretty};
use profilec_syntax::parse;

type Outcome = datatest_stable::Result<()>;

/// All profiles here are of kilns. Only the rule about titles is told so: other examples stand in no file.
fn options(code: &str) -> CheckOptions {
    if code.ends_with("::title_differs") { CheckOptions::for_file("Kilns") } else { CheckOptions::default() }
}

fn findings(profile: &str, options: &CheckOptions) -> Vec<Diagnostic> {
    let parsed = parse(profile);
    let mut findings = parsed.diagnostics;
    findings.extend(check(&parsed.document, options));
    findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    findings
}

/// `profilec::column::unknown_type` of `…/column/unknown_type/fails_slip.rsd`.
fn code_of(path: &Path) -> String {
    let mut folders = path.ancestors().skip(1).filter_map(|folder| folder.file_name()?.to_str());
    let (name, area) = (folders.next().unwrap_or_default(), folders.next().unwrap_or_default());
    format!("profilec::{area}::{name}")
}

fn rendered(path: &Path, profile: &str, findings: &[Diagnostic]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut source = Source::new(name, profile);
    source.hide(secret_places(&parse(profile).document));
    render_pretty(findings, &source, &RenderOptions::default())
}

fn fails(path: &Path, profile: String) -> Outcome {
    let code = code_of(path);
    let findings = findings(&profile, &options(&code));
    assert!(findings.iter().any(|finding| finding.code.id == code), "nothing gives {code}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().unwrap_or(path).canonicalize()?);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    settings.bind(|| insta::assert_snapshot!(stem.as_ref(), rendered(path, &profile, &findings)));
    Ok(())
}

fn passes(path: &Path, profile: String) -> Outcome {
    let code = code_of(path);
    let mut findings = findings(&profile, &options(&code));
    findings.retain(|finding| finding.code.id == code || finding.severity == Severity::Error);
    assert!(findings.is_empty(), "\n{}", rendered(path, &profile, &findings));
    Ok(())
}

/// Findings that profiles of `fixtures/syntax/ok` have today, and why.
const KNOWN: &[(&str, &str)] = &[
    // They show how a body is read, and nothing makes a POST of it.
    ("carriage_returns.rsd", "profilec::request::body_with_get"),
    ("cdata_body.rsd", "profilec::request::body_with_get"),
    // It shows that letter case keeps no name from being read, and reads nothing of what it declares.
    ("case_variants.rsd", "profilec::structure::wrong_case"),
    ("case_variants.rsd", "profilec::structure::wrong_case"),
    ("case_variants.rsd", "profilec::reference::input_never_read"),
    ("case_variants.rsd", "profilec::structure::wrong_case"),
    ("case_variants.rsd", "profilec::structure::wrong_case"),
    ("case_variants.rsd", "profilec::structure::wrong_case"),
    // It shows a condition, and never sets what it is about.
    ("conditional.rsd", "profilec::paging::marker_never_set"),
    // It holds text in every place, to show how text is read.
    ("conditional.rsd", "profilec::structure::stray_text"),
    // A sample that counts pages and never turns paging on: engines read its first page only.
    ("readings.rsd", "profilec::paging::not_enabled"),
];

fn working_profiles_have_neither_errors_nor_warnings(path: &Path, profile: String) -> Outcome {
    let mut findings = findings(&profile, &CheckOptions::default());
    findings.retain(|finding| finding.severity != Severity::Info);
    let file = path.file_name().unwrap_or_default();
    let known = KNOWN.iter().filter(|(name, _)| file == *name).map(|(_, code)| *code);
    let given = findings.iter().map(|finding| finding.code.id);
    assert!(given.eq(known), "\n{}", rendered(path, &profile, &findings));
    Ok(())
}

datatest_stable::harness! {
    { test = fails, root = "../../fixtures/check", pattern = r"/fails_[^/]*\.rsd$" },
    { test = passes, root = "../../fixtures/check", pattern = r"/passes_[^/]*\.rsd$" },
    {
        test = working_profiles_have_neither_errors_nor_warnings,
        root = "../../fixtures/syntax/ok",
        pattern = r"\.rsd$"
    },
}
