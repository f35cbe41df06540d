//! Parsing never panics, covers every byte, and findings point into the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = profilec_syntax::parse(text);
    let mut at = 0;
    for leaf in parsed.tree.leaves() {
        assert_eq!(leaf.range().start, at, "leaves leave a gap or overlap");
        at = leaf.range().end;
    }
    assert_eq!(at, text.len(), "leaves do not reach the end");
    for finding in &parsed.diagnostics {
        assert!(text.get(finding.primary.span.range()).is_some(), "{finding:?} points outside the text");
        for fix in &finding.fixes {
            assert!(
                fix.edits.is_sorted_by(|a, b| a.span.end() <= b.span.start()),
                "edits overlap: {finding:?}"
            );
        }
    }
});
