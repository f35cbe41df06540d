//! Every offset of every text has an answer that holds it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &str)| {
    let (offset, text) = input;
    let offset = usize::from(offset).min(text.len());
    let spans = [
        profilec_edit::hover(text, offset).map(|found| found.span),
        Some(profilec_edit::complete(text, offset).span),
    ];
    for span in spans.into_iter().flatten() {
        assert!(text.get(span.range()).is_some());
        assert!(!text.is_char_boundary(offset) || (span.range().start <= offset && offset <= span.range().end));
    }
});
