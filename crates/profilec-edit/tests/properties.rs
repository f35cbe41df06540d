//! Any offset in any text has an answer, and what is answered holds the offset.

use profilec_edit::{hover, line_and_character, offset_at};
use proptest::prelude::*;

const PROFILE: &str = include_str!("../../../fixtures/run/action/profile.rsd");

fn holds(text: &str, offset: usize) {
    if let Some(found) = hover(text, offset) {
        let range = found.span.range();
        assert!(range.start <= offset && offset <= range.end && text.get(range).is_some());
    }
    if text.is_char_boundary(offset) && !text.contains(['\r', '\n', '\u{FEFF}']) {
        assert_eq!(offset_at(text, line_and_character(text, offset)), offset);
    }
}

proptest! {
    #[test]
    fn any_offset_of_any_text_is_answered(
        text in r#"(<api:set |attr="|value="|\[|\]|\||'|\(|\\|name|"|/>|<|<!--|profilec: allow\(|é|😀| |>){0,30}"#
    ) {
        for offset in 0..=text.len() {
            if text.is_char_boundary(offset) {
                holds(&text, offset);
            }
        }
    }

    #[test]
    fn a_profile_may_end_anywhere(end in 0..=PROFILE.len(), offset in 0..=PROFILE.len()) {
        if let Some(text) = PROFILE.get(..end) {
            holds(text, offset.min(end));
        }
    }
}
