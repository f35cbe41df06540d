//! What keeps the GET path from running, and what does not.

use profilec_check::{CheckOptions, blocking, check};
use profilec_syntax::parse;

const OPEN: &str = r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns">
    <attr name="id" xs:type="string"/>
    <attr name="ID" xs:type="interger"/>
  </api:info>
  <api:set attr="URI" value="https://kilns.example/v1/kilns"/>
"#;

fn profile(rest: &str) -> String {
    format!("{OPEN}{rest}</api:script>\n")
}

fn blocking_codes(profile: &str) -> Vec<&'static str> {
    blocking(&parse(profile).document).iter().map(|finding| finding.code.id).collect()
}

#[test]
fn a_run_survives_duplicate_columns_misspelt_types_and_faults_in_write_blocks() {
    let profile = profile(
        r#"<api:script method="GET">
             <api:call op="jsonproviderGet"><api:set attr="rows@next" value="2"/><api:push/></api:call>
           </api:script>
           <api:script method="POST"><api:call op="nosuch"/><api:pusch/><api:set value="[a | nope]"/></api:script>
        "#,
    );
    let found: Vec<&str> = check(&parse(&profile).document, &CheckOptions::default())
        .iter()
        .map(|finding| finding.code.id)
        .collect();
    for code in [
        "profilec::column::duplicate_name",
        "profilec::column::unknown_type",
        "profilec::paging::not_enabled",
        "profilec::structure::unknown_operation",
        "profilec::structure::unknown_keyword",
        "profilec::structure::parameter_missing",
        "profilec::template::unknown_formatter",
    ] {
        assert!(found.contains(&code), "{code} is missing in {found:?}");
    }
    assert_eq!(blocking_codes(&profile), Vec::<&str>::new());
}

#[test]
fn the_same_faults_in_the_get_path_block_it() {
    let profile = profile(
        r#"<api:script method="GET">
             <api:set value="[x | nope]"/><api:pusch/>
             <api:call op="dbQuery"><api:push/></api:call>
           </api:script>
        "#,
    );
    assert_eq!(
        blocking_codes(&profile),
        [
            "profilec::structure::parameter_missing",
            "profilec::template::unknown_formatter",
            "profilec::structure::unknown_keyword",
            "profilec::structure::not_supported_yet",
        ]
    );
}

#[test]
fn a_profile_cut_anywhere_is_checked_without_a_panic() {
    let whole = profile(
        r#"<api:script method="GET">
             <api:check attr="_input.a"><api:set attr="data" value="[_input.a | replace('x', '\]')]&amp;é"/></api:check>
             <api:call op="jsonproviderGet?x=[id]" out="k"><api:push/></api:call>
             <api:setm>a = 1
               b = [a]</api:setm>
           </api:script>
        "#,
    );
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let parsed = parse(&whole[..end]);
        let _ = check(&parsed.document, &CheckOptions::default());
        assert!(blocking(&parsed.document).len() <= check(&parsed.document, &CheckOptions::default()).len());
    }
}
