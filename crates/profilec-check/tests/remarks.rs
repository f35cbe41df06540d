//! Remarks in any text, and what is made of findings there.

use profilec_check::{CheckOptions, SettleOptions, check, remarks, settle};
use profilec_diagnostics::{Diagnostic, Kind, Level, Severity, Span, codes};
use profilec_syntax::parse;
use proptest::prelude::*;

/// Pieces of profiles that remarks are about.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<!-- profilec: allow(column) why -->",
        "<!-- profilec: allow(column::unknown_type, xml::bare_ampersand) -->",
        "<!--profilec:allow(é,",
        "<!-- profilec: allow(structure)",
        "-->",
        ")",
        "<!-- é -->",
        "\n",
        "\r\n",
        " ",
        "é",
        "&",
        "<api:script xmlns:api=\"a\">",
        "<api:info title=\"A\">",
        "<attr name=\"a\" xs:type=\"interger\"/>",
        "</api:info>",
        "</api:script>",
        "<api:set attr=\"URI\" value=\"a&b\"/>",
        "\u{FEFF}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn findings(text: &str) -> Vec<Diagnostic> {
    let parsed = parse(text);
    let mut findings = parsed.diagnostics;
    findings.extend(check(&parsed.document, &CheckOptions::default()));
    findings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_finding_is_told_or_allowed_and_places_are_those_of_the_text(text in text()) {
        let parsed = parse(&text);
        let all = Span::from_range(0..text.len());
        let found = remarks(&text, &parsed.tree, all);
        for remark in &found.remarks {
            prop_assert!(text[remark.span.range()].starts_with("<!--"));
            prop_assert!(remark.reach.is_none_or(|reach| all.contains(reach)));
            for kind in &remark.kinds {
                prop_assert!(remark.span.contains(kind.span));
                prop_assert_eq!(Kind::named(&text[kind.span.range()]), Some(kind.node));
            }
        }
        let findings = findings(&text);
        let count = findings.len();
        let settled = settle(&text, all, findings.clone(), &found.remarks, &SettleOptions::default());
        let is_new = |finding: &&Diagnostic| finding.code == &codes::settings::allow_unused;
        let unused = settled.findings.iter().filter(is_new).count();
        prop_assert_eq!(settled.findings.len() - unused + settled.allowed.len(), count);
        for finding in found.diagnostics.iter().chain(&settled.findings) {
            let places = std::iter::once(finding.primary.span);
            for place in places.chain(finding.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span)) {
                prop_assert!(text.get(place.range()).is_some(), "{finding:?}");
            }
        }

        // The command line wins over every remark.
        let mut options = SettleOptions::default();
        for area in codes::AREAS {
            options.over.set(Kind::Area(area), Level::Deny);
        }
        let denied = settle(&text, all, findings, &found.remarks, &options);
        prop_assert!(denied.allowed.is_empty());
        prop_assert!(denied.findings.iter().all(|finding| finding.severity == Severity::Error));
    }
}
