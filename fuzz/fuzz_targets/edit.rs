//! The offsets of every text have answers that hold them.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // Asking everywhere takes the square of the length.
    for offset in (0..=text.len()).step_by(text.len() / 16 + 1) {
        let hover = profilec_edit::hover(text, offset).map(|found| found.span);
        let completions = profilec_edit::complete(text, offset).span;
        for span in hover.into_iter().chain([completions]) {
            let range = span.range();
            assert!(text.get(range.clone()).is_some());
            assert!(!text.is_char_boundary(offset) || (range.start <= offset && offset <= range.end));
        }
    }
});
