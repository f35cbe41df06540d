//! What `xs:type` becomes, as the vocabulary and `docs/types.md` tell it.

use profilec_plan::{LowerOptions, lower};
use profilec_rows::Extractor;
use profilec_syntax::parse;
use profilec_vocabulary::TYPES;

const PAGE: &str = include_str!("../../../docs/types.md");

#[test]
fn every_spelling_becomes_the_arrow_type_that_the_table_says() {
    for ty in TYPES {
        for spelling in ty.spellings {
            let profile = format!(
                r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
                  <api:info title="T">
                    <attr name="x" xs:type="{spelling}" columnsize="20" decimaldigits="4"/>
                  </api:info>
                  <api:set attr="URI" value="https://api.example/x"/>
                  <api:call op="jsonproviderGet"><api:push/></api:call>
                </api:script>"#
            );
            let plan = lower(&parse(&profile).document, &LowerOptions::default()).expect("it can be run");
            let schema = Extractor::new(&plan.columns, &[0]).schema();
            // How Arrow shows the time zone is its own.
            let given = schema.field(0).data_type().to_string().replace(['"', ' '], "");
            let expected =
                ty.arrow.replace("columnsize", "20").replace("decimaldigits", "4").replace(' ', "");
            assert_eq!(given, expected, "{spelling}");
        }
    }
}

#[test]
fn the_page_says_what_the_table_says() {
    for ty in TYPES {
        let name = ty.spellings.first().expect("a type has a name");
        let rows = PAGE.lines().filter(|line| line.starts_with('|'));
        let mut cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
        let row = cells.find(|cells| cells.get(1).is_some_and(|cell| cell.contains(&format!("`{name}`"))));
        let arrow = row.and_then(|cells| cells.get(2).map(|cell| (*cell).to_owned())).unwrap_or_default();
        assert!(arrow.starts_with(&format!("`{}`", ty.arrow)), "`{name}`: {arrow}");
    }
}
