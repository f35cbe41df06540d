//! What holds for every text: the tree covers it, findings point into it, and a cut has one finding.

use profilec_diagnostics::Span;
use profilec_syntax::{Parsed, parse};
use proptest::prelude::*;

/// Profiles that use most of XML.
const WHOLE: &[(&str, &str)] = &[
    ("light_houses", include_str!("../../../fixtures/syntax/ok/light_houses.rsd")),
    ("parcels", include_str!("../../../fixtures/syntax/ok/parcels.rsd")),
    ("readings", include_str!("../../../fixtures/syntax/ok/readings.rsd")),
    ("entities", include_str!("../../../fixtures/syntax/ok/entities.rsd")),
    ("cdata_body", include_str!("../../../fixtures/syntax/ok/cdata_body.rsd")),
    ("carriage_returns", include_str!("../../../fixtures/syntax/ok/carriage_returns.rsd")),
    ("comments_anywhere", include_str!("../../../fixtures/syntax/ok/comments_anywhere.rsd")),
    ("unicode_names_and_blanks", include_str!("../../../fixtures/syntax/ok/unicode_names_and_blanks.rsd")),
    (
        "byte_order_mark_and_declaration",
        include_str!("../../../fixtures/syntax/ok/byte_order_mark_and_declaration.rsd"),
    ),
];

/// Profiles with faults of many kinds.
const BROKEN: &[&str] = &[
    include_str!("../../../fixtures/syntax/broken/untidy.rsd"),
    include_str!("../../../fixtures/syntax/broken/doctype.rsd"),
    include_str!("../../../fixtures/syntax/broken/quotes_in_value.rsd"),
    include_str!("../../../fixtures/syntax/broken/quote_missing_at_tag_end.rsd"),
    include_str!("../../../fixtures/syntax/broken/typographic_quotes.rsd"),
    include_str!("../../../fixtures/syntax/broken/comment_unclosed.rsd"),
    include_str!("../../../fixtures/syntax/broken/no_break_space.rsd"),
    include_str!("../../../fixtures/syntax/broken/unknown_entity.rsd"),
];

/// Parses a text and checks what holds for every text.
fn checked(text: &str) -> Parsed {
    let parsed = parse(text);
    let mut at = 0;
    for leaf in parsed.tree.leaves() {
        assert_eq!(leaf.range().start, at, "leaves leave a gap or overlap in {text:?}");
        at = leaf.range().end;
    }
    assert_eq!(at, text.len(), "leaves do not reach the end of {text:?}");
    let within = |span: Span| text.get(span.range()).is_some();
    for finding in &parsed.diagnostics {
        assert!(within(finding.primary.span), "{finding:?} points outside {text:?}");
        assert!(finding.others.iter().all(|label| within(label.span)), "{finding:?} in {text:?}");
        for fix in &finding.fixes {
            assert!(fix.edits.iter().all(|edit| within(edit.span)), "{finding:?} in {text:?}");
            let ordered = fix.edits.is_sorted_by(|a, b| a.span.end() <= b.span.start());
            assert!(ordered, "edits overlap: {finding:?} in {text:?}");
        }
    }
    let sorted = parsed.diagnostics.is_sorted_by_key(|it| (it.primary.span.start(), it.code.id));
    assert!(sorted, "findings of {text:?} are not in order");
    parsed
}

/// Every prefix of a text that is a text itself.
fn prefixes(text: &str) -> impl Iterator<Item = &str> {
    (0..=text.len()).filter_map(|at| text.get(..at))
}

/// The text without what may stand before the first element.
fn begins_an_element(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}');
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") { "-->" } else { "?>" };
        if !rest.starts_with("<!--") && !rest.starts_with("<?") {
            return !rest.is_empty();
        }
        match rest.find(end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => return true,
        }
    }
}

#[test]
fn a_cut_at_any_place_has_one_finding() {
    for (name, text) in WHOLE {
        assert!(checked(text).diagnostics.is_empty(), "{name} is whole");
        let root_end = text.rfind("</").expect("it has an end tag");
        let root_end = root_end + text[root_end..].find('>').expect("it is closed") + 1;
        for cut in prefixes(text).filter(|cut| cut.len() < root_end) {
            let parsed = checked(cut);
            let codes: Vec<&str> = parsed.diagnostics.iter().map(|finding| finding.code.id).collect();
            let expected =
                if begins_an_element(cut) { "profilec::xml::truncated" } else { "profilec::xml::empty_file" };
            assert_eq!(codes, [expected], "{name} cut at {}: …{:?}", cut.len(), tail(cut));
            assert_eq!(parsed.document.truncated, expected.ends_with("truncated"));
        }
    }
}

fn tail(text: &str) -> &str {
    let start = text.len().saturating_sub(30);
    (start..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

#[test]
fn any_cut_of_a_broken_profile_is_covered() {
    for text in BROKEN {
        for cut in prefixes(text) {
            checked(cut);
        }
    }
}

#[test]
fn any_single_deletion_is_covered() {
    for text in BROKEN.iter().copied().chain(WHOLE.iter().map(|(_, text)| *text)).take(4) {
        for (at, c) in text.char_indices() {
            checked(&format!("{}{}", &text[..at], &text[at + c.len_utf8()..]));
        }
    }
}

/// Pieces that meet in profiles, whole and half.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "=",
    "\"",
    "'",
    "&",
    "&amp;",
    "&nbsp;",
    "&#65;",
    ";",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\u{A0}",
    "\u{3000}",
    "\u{FEFF}",
    "\u{1}",
    "“",
    "”",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!DOCTYPE",
    "<!DOCTYPE a [",
    "]>",
    "<api:script ",
    "<api:script>",
    "</api:script>",
    "<api:info>",
    "</api:info>",
    "<attr ",
    "<api:set attr=\"a\" value=\"",
    "<rsb:set attr='b'>",
    "</rsb:set>",
    "name=\"",
    " xmlns:api=\"",
    "é",
    "]",
    "[",
    "[a | def('x')]",
    "a",
    ":",
    "/",
    ",",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![9 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,3}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_byte_of_any_text_is_covered(text in "\\PC{0,60}") {
        checked(&text);
    }

    #[test]
    fn every_byte_of_broken_markup_is_covered(pieces in proptest::collection::vec(piece(), 0..40)) {
        checked(&pieces.concat());
    }
}
