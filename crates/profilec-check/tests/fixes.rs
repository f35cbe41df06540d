//! Safe fixes of every fixture: they end, they mend what they say, and they leave all else as it was.

use std::path::{Path, PathBuf};

use profilec_check::{CheckOptions, check};
use profilec_diagnostics::{Applicability, Diagnostic, Fix, Span, apply_fixes};
use profilec_syntax::parse;

fn findings(text: &str) -> Vec<Diagnostic> {
    let parsed = parse(text);
    let mut findings = parsed.diagnostics;
    findings.extend(check(&parsed.document, &CheckOptions::default()));
    findings
}

fn is_safe(fix: &Fix) -> bool {
    fix.applicability == Applicability::Safe
}

/// The faulty profiles.
fn fixtures() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut folders = vec![root.join("check"), root.join("syntax/broken")];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rsd") {
                paths.push(path);
            }
        }
    }
    paths.into_iter().filter_map(|path| Some((path.display().to_string(), read(&path)?))).collect()
}

#[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
fn read(path: &Path) -> Option<String> {
    std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Between the places that some fix would edit, the text comes back byte for byte and in order.
fn keeps_the_rest(before: &str, after: &str, findings: &[Diagnostic]) -> bool {
    let fixes = findings.iter().flat_map(|finding| finding.fixes.iter().filter(|fix| is_safe(fix)));
    let mut places: Vec<Span> = fixes.flat_map(|fix| fix.edits.iter().map(|edit| edit.span)).collect();
    places.sort();
    let (mut at, mut rest) = (0, after);
    for place in places.into_iter().chain([Span::at(u32::try_from(before.len()).expect("small"))]) {
        let start = place.start().max(at);
        let kept = &before[at as usize..start as usize];
        let Some(found) = rest.find(kept) else { return false };
        rest = &rest[found + kept.len()..];
        at = place.end().max(at);
    }
    true
}

#[test]
fn safe_fixes_end_and_leave_nothing_to_fix() {
    let mut mended = 0;
    for (name, text) in fixtures() {
        let mut text = text;
        for round in 0.. {
            assert!(round < 20, "{name} never ends:\n{text}");
            let found = findings(&text);
            let all = Span::from_range(0..text.len());
            let applied = apply_fixes(&text, all, &found, Applicability::Safe);
            assert!(keeps_the_rest(&text, &applied.text, &found), "{name}:\n{text}\n{}", applied.text);
            if applied.fixed == 0 {
                assert_eq!(applied.text, text);
                let fixable = |finding: &&Diagnostic| finding.fixes.iter().any(is_safe);
                let left: Vec<&Diagnostic> = found.iter().filter(fixable).collect();
                assert!(left.is_empty(), "{name} keeps {left:#?}");
                break;
            }
            mended += applied.fixed;
            text = applied.text;
        }
    }
    assert!(mended > 50, "only {mended} findings were fixed");
}
