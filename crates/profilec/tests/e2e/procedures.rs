//! Stored procedures: `.rsb` files.

use std::fs;

use crate::{PROFILE, Ran, command};

const LINKS: &str = r#"<rsb:script xmlns:rsb="http://www.rssbus.com/ns/rsbscript/2">
  <rsb:info title="Links" description="Builds links">
    <input name="Site" required="true"/>
    <input name="Ids#" required="true" values="7,8,9"/>
    <input name="Mode" default="WEB" values="APP,WEB"/>
    <input name="env:*"/>
    <output name="URL" xs:type="string" desc="Where to go"/>
    <output name="Number" xs:type="int"/>
    <output name="env:*"/>
  </rsb:info>
  <rsb:set attr="env:Stage" value="[_input.env:stage | def('none')]"/>
  <rsb:enum attr="_input.Ids">
    <rsb:set attr="out.URL" value="https://[_input.Site].example/[_value]?mode=[_input.Mode]"/>
    <rsb:set attr="out.Number" value="[_index]"/>
    <rsb:set attr="out.env:Mode" value="[_input.Mode]"/>
    <rsb:push item="out"/>
  </rsb:enum>
  <rsb:set attr="URL" value="last"/>
  <rsb:push/>
</rsb:script>
"#;

fn profilec(procedure: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("p.rsb"), procedure).unwrap();
    Ran::from(command(folder.path(), args).output().unwrap())
}

#[test]
fn what_a_procedure_pushes_becomes_rows_of_its_outputs() {
    let args = ["run", "p.rsb", "-i", "site=kilns", "-i", "Ids=9", "-i", "Ids=7", "-i", "env:Stage=test"];
    let ran = profilec(LINKS, &args);
    let rows = "URL,Number,env:Stage,env:Mode\n\
                https://kilns.example/9?mode=WEB,1,,WEB\n\
                https://kilns.example/7?mode=WEB,2,,WEB\n\
                last,,test,\n";
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), rows), "{}", ran.stderr);
}

#[test]
fn inputs_of_a_procedure_are_required_and_checked() {
    let cases: [(&[&str], &str); 5] = [
        (&["-i", "Ids=7"], "the input `Site` is required"),
        (&["-i", "Site=a"], "pass `-i Ids=…`"),
        (&["-i", "Site=a", "-i", "Ids=7", "-i", "Ids=6"], "`6` is not allowed for the input `Ids#`"),
        (&["-i", "Site=a", "-i", "Ids=7", "-i", "Mode=app"], "did you mean `APP`?"),
        (&["-i", "Site=a", "-i", "Idz=7"], "unknown input `Idz`"),
    ];
    for (inputs, reason) in cases {
        let ran = profilec(LINKS, &[&["run", "p.rsb"], inputs].concat());
        assert!(
            ran.exit == Some(2) && ran.stdout.is_empty() && ran.stderr.contains(reason),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_procedure_needs_neither_a_block_for_get_nor_a_push() {
    let silent = r#"<api:script xmlns:api="http://apiscript.com/ns?v1">
  <api:info title="p"><input name="a"/><output name="b"/></api:info>
  <api:set attr="b" value="[_input.a]"/>
</api:script>"#;
    let ran = profilec(silent, &["check", "p.rsb"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "no findings in 1 file\n"));
    let ran = profilec(silent, &["run", "p.rsb", "-i", "a=1"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), "b\n"), "{}", ran.stderr);
}

#[test]
fn the_steps_of_oauth_say_who_does_them() {
    for operation in ["oauthGetAccessToken", "oauthGetUserAuthorizationURL", "utiladoCloudOAuth"] {
        let procedure = format!(
            r#"<api:script xmlns:api="http://www.rssbus.com/ns/rsbscript/2">
  <api:info title="p"><input name="Verifier"/><output name="OAuthAccessToken"/></api:info>
  <api:set attr="OAuthVersion" value="2.0"/>
  <api:set attr="OAuthAccessTokenURL" value="https://kilns.example/token"/>
  <api:call op="{operation}"><api:push/></api:call>
</api:script>"#
        );
        for command in ["check", "run"] {
            let ran = profilec(&procedure, &[command, "p.rsb"]);
            let said = format!("{}{}", ran.stdout, ran.stderr);
            assert!(ran.exit == Some(1) && said.contains(&format!("`{operation}`")), "{said}");
            assert!(said.contains("OAuth"), "{said}");
            assert_eq!(said.matches("× ").count(), 1, "{said}");
        }
    }
}

#[test]
fn procedures_beside_a_table_are_chosen_by_name_only() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Kilns.rsd"), PROFILE).unwrap();
    fs::write(folder.path().join("Links.rsb"), LINKS).unwrap();
    let plan =
        |args: &[&str]| Ran::from(command(folder.path(), &[&["plan", "."], args].concat()).output().unwrap());
    assert!(plan(&[]).stdout.starts_with("table Kilns\n"));
    assert!(plan(&["--table", "links"]).stdout.starts_with("table Links\n"));
}
