//! What people and programs see.

use insta::assert_snapshot;
use profilec_diagnostics::{
    Diagnostic, Edit, Encoding, FileFindings, Fix, Label, RenderOptions, Severity, Source, Span, codes,
    render_json, render_junit, render_pretty, render_sarif,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

const PROFILE: &str = "<api:script xmlns:api=\"http://apiscript.com/ns?v1\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n  <api:info title=\"Kilns\">\n    <attr name=\"Id\" xs:type=\"integer\"/>\n    <attr name=\"id\" xs:type=\"string\"/>\n  </api:info>\n  <api:set attr=\"URI\" value=\"https://kilns.example.test/v2/kilns?site=[_input.site | urlencod]&amp;size=50\"/>\n</api:script>\n";

fn checked(source: Source, findings: Vec<Diagnostic>) -> FileFindings {
    FileFindings::Checked { source, findings, allowed: Vec::new(), deny_warnings: false }
}

fn span_of(text: &str, part: &str) -> Span {
    let start = text.find(part).expect("the part stands in the text");
    Span::from_range(start..start + part.len())
}

fn misspelt() -> Diagnostic {
    let span = span_of(PROFILE, "urlencod");
    Diagnostic::new(
        &codes::template::unknown_formatter,
        "unknown formatter `urlencod`",
        Label::new(span, "no formatter has this name"),
    )
    .help("did you mean `urlencode`?")
    .fix(Fix::safe("write `urlencode`", vec![Edit { span, text: "urlencode".into() }]))
}

fn twice() -> Diagnostic {
    Diagnostic::new(
        &codes::column::duplicate_name,
        "column `id` is declared twice",
        Label::new(span_of(PROFILE, "id\" xs:type=\"string"), "the name is taken"),
    )
    .label(Label::new(span_of(PROFILE, "Id\" xs"), "declared here"))
    .help("names are compared without case: rename this column")
    .fix(Fix::risky("remove the column", Vec::new()))
}

fn pretty(findings: &[Diagnostic], text: &str, options: RenderOptions) -> String {
    render_pretty(findings, &Source::new("profiles/Kilns.rsd", text), &options)
}

fn one(text: &str, part: &str, label: &str) -> String {
    let place = Label::new(span_of(text, part), label);
    let finding = Diagnostic::new(&codes::xml::stray_character, "a stray character", place);
    pretty(&[finding], text, RenderOptions::default())
}

#[test]
fn findings_show_code_place_help_and_fixes() {
    assert_snapshot!(pretty(&[misspelt(), twice()], PROFILE, RenderOptions::default()));
}

#[test]
fn plain_terminals_get_ascii() {
    let options = RenderOptions { unicode: false, ..RenderOptions::default() };
    assert_snapshot!(pretty(&[misspelt(), twice()], PROFILE, options));
}

#[test]
fn colours_follow_the_severity() {
    let mut warning = misspelt();
    warning.severity = Severity::Warning;
    let options = RenderOptions { color: true, ..RenderOptions::default() };
    let seen = pretty(&[misspelt(), warning], PROFILE, options).replace('\u{1b}', "␛");
    assert_snapshot!(seen);
}

#[test]
fn wide_terminals_show_whole_lines() {
    let options = RenderOptions { width: 140, ..RenderOptions::default() };
    assert_snapshot!(pretty(&[misspelt()], PROFILE, options));
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("<a b=\"{}&{}\"/>", "x".repeat(50_000), "y".repeat(50_000));
    assert_snapshot!(one(&text, "&", "not the start of an entity"));
}

#[test]
fn tabs_wide_characters_and_controls_keep_the_caret_in_place() {
    let text = "<root>\r\n\t<attr\tname=\"列名\u{1b}[31m\" bad\u{202e}/>\r\n</root>\r\n";
    assert_snapshot!(one(text, "bad", "here"));
}

#[test]
fn an_empty_place_at_the_end_of_the_file_is_shown() {
    let text = "<root>\n";
    let place = Label::new(Span::at(7), "the file ends here");
    let finding = Diagnostic::new(&codes::xml::truncated, "the file ends inside `root`", place)
        .label(Label::new(Span::new(1, 5), "opened here"));
    assert_snapshot!(pretty(&[finding], text, RenderOptions::default()));
    let empty = Diagnostic::new(&codes::xml::empty_file, "the file is empty", Label::new(Span::at(0), ""));
    assert_snapshot!(pretty(&[empty], "", RenderOptions::default()));
}

#[test]
fn a_place_over_several_lines_shows_its_first() {
    let text = "<root>\n  <!-- never\n  closed\n";
    let finding = Diagnostic::new(
        &codes::xml::comment_unclosed,
        "the comment is never closed",
        Label::new(Span::new(9, 29), "opened here"),
    );
    assert_snapshot!(pretty(&[finding], text, RenderOptions::default()));
}

#[test]
fn places_in_included_files_are_told_with_their_file() {
    let mut source = Source::new("Kilns.rsd", "<a>\n  <include/>\n</a>\n");
    let shared = source.add("shared/Ash.rsd", "<b>\n  <c/>\n</b>\n", Encoding::Utf8).unwrap();
    let at = |from: u32, to: u32| Span::new(shared.start() + from, shared.start() + to);
    let finding = misspelt_at(at(7, 8))
        .label(Label::new(at(1, 2), "in here"))
        .label(Label::new(Span::new(7, 14), "included here"))
        .fix(Fix::safe("write `d`", vec![Edit { span: at(7, 8), text: "d".to_owned() }]))
        .fix(Fix::risky("move it", vec![Edit { span: Span::new(7, 14), text: String::new() }]));
    assert_snapshot!(render_pretty(std::slice::from_ref(&finding), &source, &RenderOptions::default()));
    assert_snapshot!(render_json(&[checked(source, vec![finding])], 0));
}

fn misspelt_at(span: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::structure::unknown_keyword,
        "unknown keyword `c`",
        Label::new(span, "no such keyword"),
    )
}

#[test]
fn programs_get_stored_offsets_and_counts() {
    let checked = checked(Source::new("profiles/Kilns.rsd", PROFILE), vec![misspelt(), twice()]);
    let unreadable =
        FileFindings::Unreadable { path: "profiles/Ash.rsd".into(), reason: "not UTF-8 at byte 12".into() };
    assert_snapshot!(render_json(&[checked, unreadable], 0));
}

#[test]
fn offsets_are_those_of_the_stored_file() {
    let bytes = |source: Source| {
        let at = u32::try_from(source.text().find('&').expect("an ampersand")).expect("small");
        let place = Label::new(Span::new(at, at + 1), "");
        let finding = Diagnostic::new(&codes::xml::bare_ampersand, "a bare `&`", place);
        let json = render_json(&[checked(source, vec![finding])], 0);
        let json: serde_json::Value = serde_json::from_str(&json).expect("a JSON document");
        let span = &json["files"][0]["findings"][0]["span"];
        (span["start"]["byte"].as_u64(), span["end"]["byte"].as_u64(), span["start"]["column"].as_u64())
    };
    assert_eq!(bytes(Source::new("a", "\u{FEFF}é&")), (Some(5), Some(6), Some(2)));
    assert_eq!(bytes(Source::with_encoding("a", "é&", Encoding::Utf16Be)), (Some(4), Some(6), Some(2)));
}

proptest! {
    #[test]
    fn any_place_in_any_text_is_printed_within_the_width(
        text in "[a<&\t\r\n é列\u{1b}\u{FEFF}\u{1F469}\u{200D}]{0,400}",
        places in prop::collection::vec((0usize..420, 0usize..60, 0usize..60), 1..4),
        width in 0usize..120,
        unicode: bool,
    ) {
        let mut finding: Option<Diagnostic> = None;
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (start, length, label) in places {
            let start = text.floor_char_boundary(start);
            let end = text.floor_char_boundary(start + length).max(start);
            // Labels never overlap.
            if taken.iter().any(|(from, to)| start <= *to && *from <= end) {
                continue;
            }
            taken.push((start, end));
            let place = Label::new(Span::from_range(start..end), "m".repeat(label));
            finding = Some(match finding {
                None => Diagnostic::new(&codes::xml::stray_character, "a stray character", place),
                Some(finding) => finding.label(place),
            });
        }
        let options = RenderOptions { color: false, unicode, width };
        let source = Source::new("a.rsd", text);
        let printed = render_pretty(finding.as_slice(), &source, &options);
        prop_assert!(!printed.contains(char::from(27)));
        prop_assert!(!printed.contains("Failed"));
        // The text has no `m`; a label longer than the terminal has.
        let too_wide = |line: &&str| !line.contains('m') && line.width() > width.max(40);
        prop_assert_eq!(printed.lines().skip(3).find(too_wide), None);
        let files = [checked(source, finding.into_iter().collect())];
        render_json(&files, 0);
        let log: serde_json::Value = serde_json::from_str(&render_sarif(&files)).expect("a JSON document");
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let place = |line: &str, column: &str| (region[line].as_u64(), region[column].as_u64());
        prop_assert!(place("startLine", "startColumn") <= place("endLine", "endColumn"));
        let report = render_junit(&files);
        prop_assert!(report.chars().all(|c| !c.is_control() || c == '\n'), "{report}");
    }
}

#[test]
fn a_junit_report_holds_no_character_that_xml_cannot_hold() {
    let place = Label::new(Span::new(0, 1), "");
    let finding = Diagnostic::new(&codes::xml::stray_character, "a \0 \u{1b} \u{FFFE} <&\" b", place);
    let report = render_junit(&[checked(Source::new("a\u{1}.b/c.d.rsd", "x"), vec![finding])]);
    assert_snapshot!(report);
}
