//! Any offset in any text has an answer that holds the offset, and what completion puts in the checker knows.

#![expect(clippy::disallowed_methods, reason = "tests read their fixtures")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use profilec_check::{CheckOptions, check};
use profilec_diagnostics::Span;
use profilec_edit::{Candidate, CandidateKind, complete, hover, line_and_character, offset_at};
use profilec_syntax::parse;
use proptest::prelude::*;

const PROFILES: [&str; 4] = [
    include_str!("../../../fixtures/run/action/profile.rsd"),
    include_str!("../../../fixtures/run/catch-status/profile.rsd"),
    include_str!("../../../profiles/quickstart/Lighthouses.rsd"),
    include_str!("../../../fixtures/edit/everything.rsd"),
];

/// What a checker says of a name or word that it does not know, or that does not belong where it stands.
const UNKNOWN: &[&str] = &[
    "column::unknown_attribute",
    "column::unknown_type",
    "reference::unknown_built_in",
    "structure::catch_misplaced",
    "structure::conditional_else_misplaced",
    "structure::info_misplaced",
    "structure::info_repeated",
    "structure::loop_missing",
    "structure::not_a_boolean",
    "structure::set_name_misspelt",
    "structure::unknown_element",
    "structure::unknown_keyword",
    "structure::unknown_operation",
    "structure::unknown_operator",
    "structure::unknown_parameter",
    "structure::unknown_word",
    "structure::wrong_case",
    "template::syntax",
    "template::unknown_formatter",
];

fn holds(text: &str, offset: usize) {
    let is_around = |span: Span| {
        let range = span.range();
        assert!(range.start <= offset && offset <= range.end && text.get(range).is_some());
    };
    if let Some(found) = hover(text, offset) {
        is_around(found.span);
    }
    let found = complete(text, offset);
    is_around(found.span);
    let mut seen = HashSet::new();
    for candidate in &found.candidates {
        assert!(!candidate.label.is_empty() && !candidate.insert.is_empty());
        assert!(seen.insert(candidate.label.to_lowercase()), "`{}` is there twice", candidate.label);
    }
    if text.is_char_boundary(offset) && !text.contains(['\r', '\n', '\u{FEFF}']) {
        assert_eq!(offset_at(text, line_and_character(text, offset)), offset);
    }
}

/// Puts a candidate in, and asks the checker about it.
fn is_known(text: &str, span: Span, candidate: &Candidate) {
    let range = span.range();
    let mut applied = text.to_owned();
    // Where any name may follow, the candidate is only its beginning.
    let rest = if candidate.label.ends_with('*') { "Name" } else { "" };
    let inserted = format!("{}{rest}", candidate.insert);
    applied.replace_range(range.clone(), &inserted);
    // The empty value of an attribute is still to be written.
    let end = range.start + inserted.trim_end_matches("=\"\"").len();
    let parsed = parse(&applied);
    let mut findings = check(&parsed.document, &CheckOptions::default());
    findings.extend(parsed.diagnostics);
    for finding in findings {
        let place = finding.primary.span.range();
        let touches = place.start < end && range.start < place.end;
        let code = finding.code.bare();
        // What is set later or elsewhere has the same code, and is a name that is known.
        let is_never_set = code == "reference::never_set" && finding.message.starts_with("nothing sets");
        // An item is the beginning of a name.
        let is_undeclared = code == "reference::input_undeclared" && candidate.kind != CandidateKind::Item;
        let is_unknown = UNKNOWN.contains(&code) || is_never_set || is_undeclared;
        assert!(!(touches && is_unknown), "{candidate:?}: {}\n{applied}", finding.message);
    }
}

fn profiles(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rsd") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_offered_in_the_fixtures_is_known() {
    for path in profiles("edit/complete") {
        let marked = std::fs::read_to_string(&path).expect("it can be read");
        let offset = marked.find("<|>").expect("there is a cursor");
        let text = marked.replacen("<|>", "", 1);
        let found = complete(&text, offset);
        for candidate in &found.candidates {
            is_known(&text, found.span, candidate);
        }
    }
}

/// Offsets all over each file, other ones in the next: all of them take minutes.
#[test]
fn profiles_of_all_fixtures_have_answers() {
    for (file, path) in ["syntax", "run"].into_iter().flat_map(profiles).enumerate() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let offsets = (file % 97..=text.len()).step_by(97);
        for offset in offsets.filter(|offset| text.is_char_boundary(*offset)) {
            holds(&text, offset);
        }
    }
}

proptest! {
    #[test]
    fn any_offset_of_any_text_is_answered(
        text in r#"(<api:set |<api:setm>|</|<!\[CDATA\[|\]\]>|attr="|value="|\[|\]|\||'|\(|\\|_input\.|name|=|"|/>|<|<!--|profilec: allow\(|é|😀| |>){0,10}"#
    ) {
        for offset in 0..=text.len() {
            if text.is_char_boundary(offset) {
                holds(&text, offset);
            }
        }
    }

    #[test]
    fn a_profile_may_end_anywhere(profile in 0..PROFILES.len(), end: prop::sample::Index, offset: prop::sample::Index) {
        let profile = PROFILES[profile];
        if let Some(text) = profile.get(..end.index(profile.len() + 1)) {
            holds(text, offset.index(text.len() + 1).min(text.len()));
        }
    }

    #[test]
    fn what_is_offered_anywhere_is_known(
        profile in 0..PROFILES.len(),
        offset: prop::sample::Index,
        choice: prop::sample::Index,
    ) {
        let text = PROFILES[profile];
        let found = complete(text, offset.index(text.len()));
        if !found.candidates.is_empty() {
            is_known(text, found.span, choice.get(&found.candidates));
        }
    }
}
