//! `profilec fmt`: what it writes, what it leaves alone, and what it says.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use crate::{Bench, Ran};

const UNTIDY: &str =
    "<api:script xmlns:api='http://apiscript.com/ns?v1'>\n<api:push></api:push></api:script>";
const TIDY: &str = "<api:script xmlns:api=\"http://apiscript.com/ns?v1\">\n  <api:push/>\n</api:script>\n";
const BROKEN: &str = "<api:script xmlns:api=\"http://apiscript.com/ns?v1\">\n<api:push>\n</api:script>\n";

/// A folder without profiles.
fn bench() -> Bench {
    let bench = Bench::new("https://api.example.com");
    fs::remove_file(bench.path("kilns.rsd")).unwrap();
    bench
}

fn with_stdin(bench: &Bench, args: &[&str], stdin: &[u8]) -> Ran {
    let mut child = bench
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    Ran::from(child.wait_with_output().unwrap())
}

/// The names of a folder's files, to see that nothing is left beside them.
fn names(bench: &Bench, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(bench.path(folder)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_and_folders_are_laid_out_in_place_and_named() {
    let bench = bench();
    fs::create_dir_all(bench.path("more/deep")).unwrap();
    bench.write("a.rsd", UNTIDY);
    bench.write("more/deep/b.rsb", UNTIDY);
    bench.write("more/c.rsd", TIDY);
    bench.write("more/readme.xml", UNTIDY);
    let ran = bench.profilec(&["fmt"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""));
    assert_eq!(ran.stderr, "formatted ./a.rsd\nformatted ./more/deep/b.rsb\n");
    assert_eq!((bench.read("a.rsd"), bench.read("more/deep/b.rsb")), (TIDY.to_owned(), TIDY.to_owned()));
    assert_eq!(bench.read("more/readme.xml"), UNTIDY);
    let ran = bench.profilec(&["fmt", "a.rsd", "more"]);
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
    assert_eq!(names(&bench, "."), ["a.rsd", "more"]);
}

#[test]
fn a_check_lists_what_would_change_and_writes_nothing() {
    let bench = bench();
    bench.write("a.rsd", UNTIDY);
    bench.write("b.rsd", TIDY);
    let ran = bench.profilec(&["fmt", "--check", "."]);
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "./a.rsd\n", ""));
    assert_eq!(bench.read("a.rsd"), UNTIDY);
    let ran = bench.profilec(&["fmt", "--check", "b.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
}

#[test]
fn a_diff_shows_what_would_change_and_writes_nothing() {
    let bench = bench();
    bench.write("a.rsd", UNTIDY);
    bench.write("b.rsd", TIDY);
    let diff = "\
--- a.rsd
+++ a.rsd
@@ -1,2 +1,3 @@
-<api:script xmlns:api='http://apiscript.com/ns?v1'>
-<api:push></api:push></api:script>
\\ No newline at end of file
+<api:script xmlns:api=\"http://apiscript.com/ns?v1\">
+  <api:push/>
+</api:script>
";
    let ran = bench.profilec(&["fmt", "--diff", "a.rsd", "b.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), diff, ""));
    let ran = bench.profilec(&["fmt", "--diff", "--check", "a.rsd", "b.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), diff, ""));
    assert_eq!(bench.read("a.rsd"), UNTIDY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let bench = bench();
    for text in [UNTIDY, TIDY] {
        let ran = with_stdin(&bench, &["fmt", "-"], text.as_bytes());
        assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), TIDY, ""));
    }
    let ran = with_stdin(&bench, &["fmt", "-", "--check"], UNTIDY.as_bytes());
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Some(1), "<stdin>\n", ""));
    let ran = with_stdin(&bench, &["fmt", "-"], BROKEN.as_bytes());
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("profilec::xml::end_tag_missing"), "{}", ran.stderr);
}

#[test]
fn a_profile_that_must_be_mended_first_stays_and_the_others_are_laid_out() {
    let bench = bench();
    bench.write("a.rsd", BROKEN);
    bench.write("b.rsd", UNTIDY);
    fs::write(bench.path("c.rsd"), b"<a>\xE9</a>").unwrap();
    let ran = bench.profilec(&["fmt", "a.rsd", "b.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("`api:push` has no end tag"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error: `a.rsd` has to be mended before it is laid out\n"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("formatted b.rsd\n"), "{}", ran.stderr);
    assert_eq!((bench.read("a.rsd"), bench.read("b.rsd")), (BROKEN.to_owned(), TIDY.to_owned()));
    let ran = bench.profilec(&["fmt", "a.rsd", "c.rsd", "none.rsd"]);
    assert_eq!(ran.exit, Some(2));
    assert!(ran.stderr.contains("error: `c.rsd` cannot be read: it is neither UTF-8"), "{}", ran.stderr);
    let missing = "error: `none.rsd` cannot be read: no such file or directory\n";
    assert!(ran.stderr.ends_with(missing), "{}", ran.stderr);
}

#[test]
fn the_encoding_stays() {
    let bench = bench();
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    let cases = [
        (wide(UNTIDY, u16::to_le_bytes), wide(TIDY, u16::to_le_bytes)),
        (wide(UNTIDY, u16::to_be_bytes), wide(TIDY, u16::to_be_bytes)),
        (format!("\u{FEFF}{UNTIDY}").into_bytes(), format!("\u{FEFF}{TIDY}").into_bytes()),
    ];
    for (before, after) in cases {
        fs::write(bench.path("a.rsd"), &before).unwrap();
        let ran = bench.profilec(&["fmt", "a.rsd"]);
        assert_eq!((ran.exit, ran.stderr.as_str()), (Some(0), "formatted a.rsd\n"));
        assert_eq!(fs::read(bench.path("a.rsd")).unwrap(), after);
        let ran = bench.profilec(&["fmt", "--check", "a.rsd"]);
        assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""));
    }
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let bench = bench();
    fs::create_dir(bench.path("real")).unwrap();
    bench.write("real/a.rsd", UNTIDY);
    fs::set_permissions(bench.path("real/a.rsd"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/a.rsd", bench.path("link.rsd")).unwrap();
    let ran = bench.profilec(&["fmt", "link.rsd"]);
    assert_eq!((ran.exit, ran.stderr.as_str()), (Some(0), "formatted link.rsd\n"));
    assert!(fs::symlink_metadata(bench.path("link.rsd")).unwrap().is_symlink());
    assert_eq!(bench.read("real/a.rsd"), TIDY);
    assert_eq!(fs::metadata(bench.path("real/a.rsd")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(names(&bench, "real"), ["a.rsd"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;

    let bench = bench();
    bench.write("a.rsd", UNTIDY);
    bench.write("b.rsd", UNTIDY);
    fs::set_permissions(bench.path("a.rsd"), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = bench.profilec(&["fmt", "a.rsd", "b.rsd"]);
    assert_eq!(ran.exit, Some(2));
    let told = "error: `a.rsd` cannot be written: it is read-only; it is as it was\nformatted b.rsd\n";
    assert_eq!(ran.stderr, told);
    assert_eq!((bench.read("a.rsd"), bench.read("b.rsd")), (UNTIDY.to_owned(), TIDY.to_owned()));
    let ran = bench.profilec(&["fmt", "--check", "a.rsd"]);
    assert_eq!(ran.exit, Some(1));
}

/// A limit on the size of files stands in for a full disk.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_whole_stays_as_it_was() {
    let bench = bench();
    let many = UNTIDY
        .replace("<api:push>", &"<api:set attr='a' value='1'/>\n".repeat(5_000))
        .replace("</api:push>", "");
    bench.write("a.rsd", &many);
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" fmt a.rsd";
    let mut command = Command::new("sh");
    command.current_dir(bench.folder.path()).env_clear().args(["-c", script, env!("CARGO_BIN_EXE_profilec")]);
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.exit, Some(2), "{}", ran.stderr);
    assert_eq!(ran.stderr, "error: `a.rsd` cannot be written: file too large; it is as it was\n");
    assert_eq!(bench.read("a.rsd"), many);
    assert_eq!(names(&bench, "."), ["a.rsd"]);
}

#[test]
fn a_folder_without_profiles_is_named() {
    let bench = bench();
    let ran = bench.profilec(&["fmt", "."]);
    assert_eq!(
        (ran.exit, ran.stderr.as_str()),
        (Some(2), "error: no `.rsd`, `.rsb` or `.apip` file in `.`\n")
    );
}

#[test]
fn what_the_project_excludes_is_left_alone() {
    let bench = Bench::new("https://api.example.com");
    let untidy = bench.read("kilns.rsd").replace("  <api:info", "<api:info");
    fs::create_dir(bench.path("old")).unwrap();
    for name in ["kilns.rsd", "old/a.rsd", "b.rsd"] {
        bench.write(name, &untidy);
    }
    bench.write("profilec.toml", "[fmt]\nexclude = ['old', 'b.rsd']\n");
    let ran = bench.profilec(&["fmt", "--check", "."]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(1), "./kilns.rsd\n"), "{}", ran.stderr);
    let ran = bench.profilec(&["fmt", "--check", "b.rsd"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(1), "b.rsd\n"), "{}", ran.stderr);
    let ran = bench.profilec(&["fmt", "--check", "--force-exclude", "b.rsd", "old"]);
    assert_eq!((ran.exit, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    // Faults of the settings are told, and do not keep profiles from being laid out.
    bench.write("profilec.toml", "[fmt]\nexclude = 'old'\n");
    let ran = bench.profilec(&["fmt", "b.rsd"]);
    assert_eq!(ran.exit, Some(1));
    assert!(ran.stderr.contains("profilec::settings::invalid_value"), "{}", ran.stderr);
    assert!(ran.stderr.contains("formatted b.rsd"), "{}", ran.stderr);
}
