//! Profiles of several files.

use std::{
    fs,
    io::{Cursor, Write},
};

use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

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
    let wanted = [("template::unknown_formatter".to_owned(), "shared/base.rsd".to_owned(), at)];
    assert_eq!(files.findings(&["."]), [(wanted[0].0.clone(), "./shared/base.rsd".to_owned(), at)]);
    assert_eq!(files.findings(&["a.rsd", "b.rsd", "shared/base.rsd"]), wanted);
    // Named by itself, it is judged with the tables all the same.
    assert_eq!(files.findings(&["shared/base.rsd"]), wanted);
    let path = files.folder.path().join("shared/base.rsd").display().to_string();
    assert!(files.findings(&[&path]).iter().any(|(code, ..)| code == "structure::info_missing"));
}

#[test]
fn what_includes_a_fragment_is_found_through_other_fragments() {
    let inner = FRAGMENT;
    let outer = FRAGMENT
        .replace("[URI | nosuch]", "v1")
        .replace("</api:script>", "<api:include document=\"inner.rsb\"/>\n</api:script>");
    let files = Files::new(&[
        ("t/a.rsd", &including("A", "parts/outer.rsb")),
        ("t/b.rsd", &including("B", "parts/other.rsb")),
        ("t/parts/outer.rsb", &outer),
        ("t/parts/inner.rsb", inner),
    ]);
    let at = FRAGMENT.find("nosuch").unwrap() as u64;
    let wanted = [("template::unknown_formatter".to_owned(), "t/parts/inner.rsb".to_owned(), at)];
    assert_eq!(files.findings(&["t/parts/inner.rsb"]), wanted);
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

/// A zip archive of these members.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        if let Some(name) = name.strip_prefix("-> ") {
            writer.add_symlink(name, "/etc/hosts", SimpleFileOptions::default()).unwrap();
        } else {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// The bytes with every `from` as `to`, of the same length.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, at)| *at == from).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn an_archive_is_a_folder_with_or_without_an_inner_one() {
    let base = "<api:script xmlns:api=\"http://apiscript.com/ns?v1\"><api:set attr=\"x\" value=\"[URI | nosuch]\"/></api:script>";
    for inner in ["", "Shop/"] {
        let names =
            ["Orders.rsd", "Items.rsd", "Login.rsb", "shared/base.rsd"].map(|name| format!("{inner}{name}"));
        let (orders, items) = (including("Orders", "shared/base.rsd"), including("Items", "shared/bas.rsd"));
        let archive = zipped(&[
            (&names[0], orders.as_bytes()),
            (&names[1], items.as_bytes()),
            (&names[3], base.as_bytes()),
            ("__MACOSX/._Orders.rsd", b"\x00\x05"),
            ("logo.png", b"\x89PNG"),
        ]);
        let files = Files::new(&[]);
        fs::write(files.folder.path().join("Shop.apip"), archive).unwrap();
        let ran = files.profilec(&["plan", "Shop.apip", "--table", "orders"]);
        assert!(ran.stderr.contains(&format!("Shop.apip/{inner}shared/base.rsd:1:")), "{}", ran.stderr);
        let found = files.findings(&["."]);
        let paths: Vec<(&str, &str)> =
            found.iter().map(|(code, path, _)| (code.as_str(), path.as_str())).collect();
        let wanted = [
            ("structure::include_not_found", format!("./Shop.apip/{inner}Items.rsd")),
            ("template::unknown_formatter", format!("./Shop.apip/{inner}shared/base.rsd")),
        ];
        assert_eq!(paths, wanted.each_ref().map(|(code, path)| (*code, path.as_str())));
        let ran = files.profilec(&["check", "Shop.apip"]);
        assert!(ran.stdout.contains("did you mean `shared/base.rsd`?"), "{}", ran.stdout);
    }
}

#[test]
fn nothing_outside_an_archive_is_included() {
    let archive = zipped(&[("a.rsd", including("A", "../secret.rsd").as_bytes())]);
    let files = Files::new(&[("secret.rsd", FRAGMENT)]);
    fs::write(files.folder.path().join("Shop.apip"), archive).unwrap();
    let codes: Vec<String> =
        files.findings(&["--allow-files", "Shop.apip"]).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["structure::include_outside"]);
}

#[test]
fn a_hostile_archive_is_refused_whole_and_says_why() {
    let good = PROFILE.as_bytes();
    let zeros = vec![0; 10 << 20];
    let noise: Vec<u8> = (0..17_u32 << 20).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    let inner = zipped(&[("a.rsd", good)]);
    let many: Vec<String> = (0..2_001).map(|n| format!("{n}.rsd")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), good)).collect();
    let whole = zipped(&[("a.rsd", good)]);
    let mut encrypted = whole.clone();
    encrypted[6] |= 1;
    let directory = encrypted.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    encrypted[directory + 8] |= 1;
    let mut damaged = whole.clone();
    damaged[60] ^= 0x55;
    let cases: [(&str, Vec<u8>, &str); 14] = [
        (
            "traversal",
            zipped(&[("a.rsd", good), ("../b.rsd", good)]),
            "its member `../b.rsd` leaves the archive",
        ),
        ("backslash", zipped(&[("x\\..\\..\\b.rsd", good)]), "leaves the archive"),
        ("absolute", zipped(&[("/etc/b.rsd", good)]), "its member `/etc/b.rsd` has an absolute path"),
        ("drive", zipped(&[("C:\\b.rsd", good)]), "has an absolute path"),
        ("link", zipped(&[("a.rsd", good), ("-> b.rsd", b"")]), "its member `b.rsd` is a link"),
        ("bomb", zipped(&[("a.rsd", &zeros)]), "its member `a.rsd` unpacks to more than 200 times its size"),
        ("large", zipped(&[("a.rsd", &noise)]), "it is larger than 16 MiB"),
        (
            "nested",
            zipped(&[("a.rsd", good), ("b.apip", &inner)]),
            "its member `b.apip` is an archive itself",
        ),
        ("disguised", zipped(&[("a.rsd", &inner)]), "its member `a.rsd` is an archive itself"),
        ("many", zipped(&many), "it has more than 2000 members"),
        (
            "twice",
            patched(zipped(&[("a.rsd", good), ("b.rsd", good)]), b"b.rsd", b"a.rsd"),
            "have the same name",
        ),
        ("encrypted", encrypted, "its member `a.rsd` is encrypted"),
        ("cut", whole[..whole.len() / 2].to_vec(), "it is no zip archive, or is cut off"),
        ("damaged", damaged, "it is damaged"),
    ];
    for (name, archive, reason) in cases {
        let files = Files::new(&[]);
        fs::write(files.folder.path().join("x.apip"), archive).unwrap();
        for command in ["check", "plan", "run", "preview"] {
            let ran = files.profilec(&[command, "x.apip", "--color", "never"]);
            let said = format!("{}{}", ran.stdout, ran.stderr);
            assert!(ran.exit == Some(2) && said.contains(reason), "{name}: {command}: {said}");
        }
    }
}

#[test]
fn an_archive_cut_or_changed_anywhere_never_brings_the_program_down() {
    let whole = zipped(&[("Shop/a.rsd", PROFILE.as_bytes()), ("Shop/b.rsd", FRAGMENT.as_bytes())]);
    let files = Files::new(&[]);
    let path = files.folder.path().join("x.apip");
    for at in (0..whole.len()).step_by(23) {
        let mut changed = whole.clone();
        changed[at] ^= 0xFF;
        for bytes in [&changed[..], &whole[..at]] {
            fs::write(&path, bytes).unwrap();
            let exit = files.profilec(&["check", "x.apip"]).exit;
            assert!(matches!(exit, Some(0..=2)), "byte {at}: {exit:?}");
        }
    }
}

#[test]
fn of_hidden_folders_only_that_of_the_profiles_is_walked() {
    let profile = PROFILE.replace("ORIGIN", "https://kilns.example");
    let files = Files::new(&[
        (".matillion/api-query-profiles/Shop/Orders.rsd", &profile),
        (".matillion/other/x.rsd", "no profile"),
        (".git/y.rsd", "no profile"),
    ]);
    let ran = files.profilec(&["check", "--format", "json", "."]);
    assert!(
        ran.stdout.contains("\"path\": \"./.matillion/api-query-profiles/Shop/Orders.rsd\""),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("\"files\": 1,"), "{}", ran.stdout);
    assert_eq!(files.profilec(&["plan", ".", "--table", "Kilns"]).exit, Some(0));
}

#[test]
fn scripts_of_an_export_are_profiles_with_places_of_their_own() {
    let bad = PROFILE.replace("ORIGIN/kilns", "[x | nosuch]");
    let files = [("Kilns.rsd", PROFILE), ("Ash.rsd", bad.as_str())];
    let files = files.map(|(name, text)| serde_json::json!({ "name": name, "content": text }));
    let export = serde_json::json!({ "name": "Potter", "files": files }).to_string();
    let files = Files::new(&[("export.json", &export), ("other.json", "{\"a\": \"b\"}")]);
    let ran = files.profilec(&["check", "export.json"]);
    assert!(ran.stdout.contains("[export.json/Potter/Ash.rsd:6:35]"), "{}", ran.stdout);
    assert!(
        files.profilec(&["plan", "export.json", "--table", "kilns"]).exit == Some(2),
        "two tables have this title"
    );
    let ran = files.profilec(&["check", "other.json"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stdout.contains("no string in it starts with `<api:script`"), "{}", ran.stdout);
}

#[test]
fn options_tell_where_the_tables_are_and_which_of_them_count() {
    let files = Files::new(&[("p/Kilns.rsd", PROFILE), ("p/Ash.rsd", &PROFILE.replace("Kilns", "Ash"))]);
    fs::create_dir(files.folder.path().join("none")).unwrap();
    let run = |args: &[&str]| {
        let ran = files.profilec(&[&["run", "--limit", "0"], args].concat());
        (ran.exit, ran.stdout + &ran.stderr)
    };
    let complete = |args: &[&str]| {
        let (exit, said) = run(args);
        assert!(exit == Some(0) && said.contains("Id,Name\n"), "{args:?}: {said}");
    };
    complete(&["kilns", "-c", "Location=p"]);
    complete(&["p", "-c", "Tables=Ash"]);
    complete(&["p", "--connection-string", "Views=x, ASH"]);
    complete(&["p/Kilns.rsd", "-c", "Location=none", "-c", "BrowsableSchemas=x"]);
    let (exit, said) = run(&["klins", "-c", "Location=p"]);
    assert!(exit == Some(2) && said.contains("did you mean `Kilns`?"), "{said}");
    let (exit, said) = run(&["p", "-c", "Tables=x"]);
    assert!(exit == Some(2) && said.contains("leave no table to choose from"), "{said}");
    assert!(run(&["p"]).1.contains("holds several tables"));
    assert!(
        run(&["p/Ash.rsd", "-c", "BackwardsCompatibilityMode=true"])
            .1
            .contains("`BackwardsCompatibilityMode` has no effect")
    );
    assert!(!run(&["p/Ash.rsd", "-c", "BackwardsCompatibilityMode=false"]).1.contains("warning"));
}
