//! Profiles of several files.

use std::fs;

use serde_json::Value;

use crate::{PROFILE, Ran, command};

const FRAGMENT: &str = r#"<api:script xmlns:api="http://apiscript.com/ns?v1">
  <api:set attr="base" value="[URI | nosuch]"/>
</api:script>
"#;

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn profilec(&self, args: &[&str]) -> Ran {
        Ran::from(command(self.folder.path(), args).output().unwrap())
    }

    /// Code, path and first byte of each finding.
    fn findings(&self, args: &[&str]) -> Vec<(String, String, u64)> {
        let ran = self.profilec(&[&["check", "--format", "json"], args].concat());
        let json: Value = serde_json::from_str(&ran.stdout).unwrap();
        let mut all = Vec::new();
        for file in json["files"].as_array().unwrap() {
            for finding in file["findings"].as_array().unwrap() {
                let code = finding["code"].as_str().unwrap().trim_start_matches("profilec::").to_owned();
                let at = finding["span"]["start"]["byte"].as_u64().unwrap();
                all.push((code, file["path"].as_str().unwrap().to_owned(), at));
            }
        }
        all
    }
}

/// The profile of these tests, which includes a file.
fn including(title: &str, file: &str) -> String {
    let include = format!("</api:info>\n  <api:include document=\"{file}\"/>");
    PROFILE
        .replace("ORIGIN", "https://kilns.example")
        .replace("title=\"Kilns\"", &format!("title=\"{title}\""))
        .replace("</api:info>", &include)
}

#[test]
fn a_shared_fragment_is_judged_once_and_with_its_tables() {
    let files = Files::new(&[
        ("a.rsd", &including("A", "shared/base.rsd")),
        ("b.rsd", &including("B", "shared/base.rsd")),
        ("shared/base.rsd", FRAGMENT),
    ]);
    let at = FRAGMENT.find("nosuch").unwrap() as u64;
    let wanted = ("template::unknown_formatter".to_owned(), "shared/base.rsd".to_owned(), at);
    assert_eq!(files.findings(&["."]), [(wanted.0.clone(), "./shared/base.rsd".to_owned(), at)]);
    assert_eq!(files.findings(&["a.rsd", "b.rsd", "shared/base.rsd"]), [wanted]);
    // By itself it is taken for a table.
    assert!(files.findings(&["shared/base.rsd"]).iter().any(|(code, ..)| code == "structure::info_missing"));
}

#[test]
fn fragments_are_no_tables_to_choose_from() {
    let files = Files::new(&[
        ("a.rsd", &including("Alpha", "base.rsd")),
        ("b.rsd", &including("Beta", "base.rsd")),
        ("base.rsd", "<api:script xmlns:api=\"http://apiscript.com/ns?v1\"/>"),
    ]);
    let ran = files.profilec(&["plan", "."]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("it has `Alpha`, `Beta`\n"), "{}", ran.stderr);
    assert!(files.profilec(&["plan", ".", "--table", "beta"]).stdout.starts_with("table Beta\n"));
}

#[test]
fn two_tables_of_one_name_must_be_named_by_file() {
    let files = Files::new(&[("x/a.rsd", PROFILE), ("y/a.rsd", PROFILE)]);
    let ran = files.profilec(&["plan", ".", "--table", "Kilns"]);
    assert_eq!(ran.exit, Some(2));
    assert!(
        ran.stderr.contains("several profiles are the table `Kilns`: `./x/a.rsd`, `./y/a.rsd`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn fragments_in_a_circle_are_still_judged() {
    let include = |file: &str| {
        format!(
            "<api:script xmlns:api=\"http://apiscript.com/ns?v1\"><api:include file=\"{file}\"/></api:script>"
        )
    };
    let files = Files::new(&[("a.rsd", &include("b.rsd")), ("b.rsd", &include("./a.rsd"))]);
    let codes = files.findings(&["a.rsd", "b.rsd"]);
    assert!(
        codes.iter().any(|(code, path, _)| code == "structure::include_cycle" && path == "b.rsd"),
        "{codes:?}"
    );
}

#[test]
fn nothing_outside_the_folder_is_included_unless_allowed() {
    let secret = "<api:script xmlns:api=\"http://apiscript.com/ns?v1\"><api:set attr=\"a\" value=\"[b | nosuch]\"/></api:script>";
    let inside = ["../secret.rsd", "link.rsd", "sub/../../secret.rsd", "../none.rsd"];
    for name in inside {
        let files =
            Files::new(&[("p/a.rsd", &including("A", name)), ("secret.rsd", secret), ("p/sub/x.rsd", "")]);
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret.rsd", files.folder.path().join("p/link.rsd")).unwrap();
        let codes: Vec<String> = files.findings(&["p/a.rsd"]).into_iter().map(|(code, ..)| code).collect();
        assert_eq!(codes, ["structure::include_outside"], "{name}");
        let codes: Vec<String> =
            files.findings(&["--allow-files", "p/a.rsd"]).into_iter().map(|(code, ..)| code).collect();
        let wanted = if name == "../none.rsd" {
            "structure::include_not_found"
        } else {
            "template::unknown_formatter"
        };
        assert_eq!(codes, [wanted], "{name}");
    }
}

#[test]
fn what_is_no_file_of_the_profile_is_refused_and_told() {
    let cases = [
        ("http://user:pw@kilns.example/a.rsd", "a `http:` address is no file of the profile", ""),
        ("file:///etc/hosts", "a `file:` address is no file of the profile", ""),
        ("/etc/hosts", "`/etc/hosts` is outside the folder of the profile", ""),
        ("", "`include` names no file", ""),
        ("sub", "there is no file `sub`", ""),
        ("shared/Pagin.rsd", "there is no file `shared/Pagin.rsd`", "did you mean `shared/paging.rsd`?"),
        ("latin.rsd", "`latin.rsd` cannot be read: it is neither UTF-8 (see byte 0)", ""),
    ];
    for (name, message, help) in cases {
        let files =
            Files::new(&[("a.rsd", &including("A", name)), ("shared/paging.rsd", ""), ("sub/x.rsd", "")]);
        fs::write(files.folder.path().join("latin.rsd"), b"\xE9").unwrap();
        let ran = files.profilec(&["check", "a.rsd"]);
        let shown = ran.stdout.replace("\n  \u{2502} ", " ");
        assert!(ran.exit == Some(1) && shown.contains(message) && shown.contains(help), "{shown}");
        assert!(
            !shown.contains("info_missing") && !ran.stdout.contains("include_not_found\n\n  × `a.rsd`"),
            "{shown}"
        );
    }
}
