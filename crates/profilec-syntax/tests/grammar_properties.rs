//! What holds for the template, expression and path grammars whatever the text.

use proptest::prelude::*;

use profilec_diagnostics::{Diagnostic, Span};
use profilec_syntax::{
    Part, Template, Text, escape_template, parse_expression, parse_path, parse_row_path, parse_template,
};
use profilec_vocabulary::ResponseFormat;

fn text(written: &str) -> Text {
    Text::verbatim(written, Span::from_range(0..written.len()))
}

fn parse(written: &str) -> (Template, Vec<Diagnostic>) {
    parse_template(text(written))
}

/// Text in which the characters that mean something are frequent.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[\\[\\]|()',\"\\\\ ./$*;@?!=<>&-]",
        4 => "[a-z0-9]{1,3}",
        2 => Just("[a.b | f('x', [y])]".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn assert_within(span: Span, written: &str) {
    assert!(written.get(span.range()).is_some(), "{span:?} is not of {written:?}");
}

fn assert_findings_within(findings: &[Diagnostic], written: &str) {
    for finding in findings {
        assert_within(finding.primary.span, written);
        for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
            assert_within(edit.span, written);
        }
    }
}

fn assert_literals_joined(parts: &[Part]) {
    let literal = |part: &Part| matches!(part, Part::Literal(_));
    assert!(parts.windows(2).all(|pair| !(literal(&pair[0]) && literal(&pair[1]))), "{parts:?}");
    assert!(!parts.contains(&Part::Literal(String::new())), "{parts:?}");
}

fn apply_fixes(written: &str, findings: &[Diagnostic]) -> String {
    let mut fixed = written.to_owned();
    let fix = findings.iter().find_map(|finding| finding.fixes.first());
    for edit in fix.iter().flat_map(|fix| fix.edits.iter().rev()) {
        fixed.replace_range(edit.span.range(), &edit.text);
    }
    fixed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_of_a_template_lies_in_its_text(written in any_text()) {
        let (template, findings) = parse(&written);
        assert_findings_within(&findings, &written);
        assert_literals_joined(&template.parts);
        for reference in template.references() {
            assert_within(reference.span, &written);
            prop_assert!(reference.span.contains(reference.source_span));
            for call in &reference.pipeline {
                prop_assert_eq!(&written[call.name.span.range()], &call.name.node);
                for argument in &call.arguments {
                    prop_assert!(reference.span.contains(argument.span));
                    assert_literals_joined(&argument.node.parts);
                }
            }
        }
    }

    #[test]
    fn text_without_brackets_and_backslashes_is_itself(written in "[^\\[\\]\\\\]*") {
        let (template, findings) = parse(&written);
        prop_assert!(findings.is_empty());
        prop_assert_eq!(template.as_literal(), Some(written.as_str()));
    }

    #[test]
    fn escaped_text_parses_back(written in any_text()) {
        let (template, findings) = parse(&escape_template(&written));
        prop_assert!(findings.is_empty());
        prop_assert_eq!(template.as_literal(), Some(written.as_str()));
    }

    #[test]
    fn literal_text_keeps_the_place_of_every_character(written in any_text()) {
        let (template, _) = parse(&written);
        let Some(literal) = template.literal_text() else { return Ok(()) };
        prop_assert_eq!(Some(literal.as_str()), template.as_literal());
        for (at, c) in literal.as_str().char_indices() {
            let place = literal.span_of(at..at + c.len_utf8());
            assert_within(place, &written);
            prop_assert!(written[place.range()].ends_with(c) || written[place.range()].starts_with(c));
        }
    }

    #[test]
    fn escaping_brackets_that_are_text_changes_nothing(written in any_text()) {
        let (template, findings) = parse(&written);
        let (fixed, left) = parse(&apply_fixes(&written, &findings));
        prop_assert_eq!(template.parts, fixed.parts);
        prop_assert!(left.iter().all(|finding| finding.fixes.is_empty()), "{:?}", left);
    }

    #[test]
    fn a_fault_in_an_expression_lies_in_its_text(written in any_text()) {
        if let Err(finding) = parse_expression(&parse(&written).0) {
            assert_findings_within(&[finding], &written);
        }
    }

    #[test]
    fn paths_are_read_or_refused_in_place(written in any_text()) {
        for format in [ResponseFormat::Json, ResponseFormat::Xml] {
            match parse_path(&text(&written), format) {
                Ok(path) => prop_assert_eq!(path.is_none(), written.trim().is_empty()),
                Err(finding) => assert_findings_within(&[finding], &written),
            }
            match parse_row_path(&text(&written), format) {
                Ok(paths) => prop_assert!(!paths.is_empty()),
                Err(finding) => assert_findings_within(&[finding], &written),
            }
        }
    }
}

#[test]
fn deep_nesting_is_refused_not_followed() {
    let (template, findings) = parse(&"[".repeat(10_000));
    assert!(template.as_literal().is_some() && !findings.is_empty());
    let nested = format!("{}x{}", "[".repeat(40), "]".repeat(40));
    let (_, findings) = parse(&nested);
    assert_eq!(findings[0].message, "references are nested too deeply");
    for exp in ["(".repeat(10_000), "!".repeat(10_000), "1||".repeat(10_000)] {
        let finding = parse_expression(&parse(&exp).0).expect_err("it is too long");
        assert_eq!(finding.primary.text, "too many operators in one expression");
    }
}
