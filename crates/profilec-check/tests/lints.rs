//! `docs/lints.md` lists every code: what it is about, how grave it is, what finds it and what mends it.
//!
//! After a change of a code, a page or a fixture: `UPDATE_LINTS_DOCS=1 cargo test -p profilec-check --test lints`.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures and write the page")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use profilec_check::{CheckOptions, check};
use profilec_diagnostics::{Applicability, Code, Severity, codes};
use profilec_syntax::parse;

/// What the findings of an area are about, in the order of the page.
const AREAS: [(&str, &str); 14] = [
    ("xml", "The file as XML"),
    ("structure", "The shape of the script"),
    ("column", "Columns and their types"),
    ("path", "Paths into the response"),
    ("template", "References and formatters"),
    ("reference", "Names that are read, and inputs"),
    ("request", "Requests"),
    ("paging", "Paging"),
    ("auth", "Authentication and secrets"),
    ("http", "The way to the service"),
    ("data", "What the service answers"),
    ("sample", "What a sample shows"),
    ("output", "What is written"),
    ("settings", "Remarks and settings"),
];

/// What was seen of a code in all profiles that show it.
#[derive(Debug, Default)]
struct Seen {
    severities: BTreeSet<Severity>,
    has_safe_fix: bool,
    has_risky_fix: bool,
    /// A response that `check` was given shows it.
    is_in_samples: bool,
}

#[test]
fn the_list_of_codes_is_as_fresh_as_the_table() {
    let path = root().join("docs/lints.md");
    let page = page();
    if std::env::var_os("UPDATE_LINTS_DOCS").is_some() {
        write(&path, &page);
    }
    let kept = read(&path).unwrap_or_default();
    assert!(kept == page, "docs/lints.md is stale: run this test with UPDATE_LINTS_DOCS=1");
}

#[test]
fn every_code_belongs_to_an_area_of_the_list() {
    for code in codes::ALL {
        let area = area(code);
        assert!(AREAS.iter().any(|(known, _)| *known == area), "{area} has no heading");
    }
}

fn page() -> String {
    let seen = seen();
    let mut page = String::from(
        "# What profilec finds\n\n\
         Each finding has a code, and each code a page with an example that fails and one that passes; \
         `profilec explain CODE` prints it.\n\
         [check.md](check.md) says how to allow a code, or to make it graver.\n\
         This page is made from the table of codes, their pages and the fixtures; change those.\n\n\
         - *Severity*: how grave it is; where two are named, the page says when it is which.\n\
         - *Found by*: `check` finds it in the profile alone, `check --sample` in a response that it is given, `run` meets it on the way.\n\
         - *Mended by*: `--fix` where a fix is certain, `--fix --unsafe` where it may change what the profile does.\n\n\
         | area | codes |\n|---|---|\n",
    );
    for (area, heading) in AREAS {
        let count = codes::ALL.iter().filter(|code| self::area(code) == area).count();
        let anchor = heading.to_lowercase().replace(',', "").replace(' ', "-");
        let _ = writeln!(page, "| [{heading}](#{anchor}) | {count} |");
    }
    for (area, heading) in AREAS {
        let _ = write!(
            page,
            "\n## {heading}\n\n| what it is about | code | severity | found by | mended by |\n|---|---|---|---|---|\n"
        );
        for code in codes::ALL.iter().copied().filter(|code| self::area(code) == area) {
            page.push_str(&row(code, seen.get(code.id)));
        }
    }
    page
}

fn row(code: &Code, seen: Option<&Seen>) -> String {
    let bare = bare(code);
    let subject = subject(code).replace('|', "\\|");
    let mut severities = BTreeSet::from([code.severity]);
    severities.extend(seen.iter().flat_map(|seen| seen.severities.iter().copied()));
    let severities: Vec<&str> = severities.iter().rev().map(|severity| severity.as_str()).collect();
    // Included files are read for both.
    let is_met = code.page.contains("\nFixture: `fixtures/run/") && !bare.contains("::include_");
    let by = match area(code) {
        _ if is_met && seen.is_some_and(|seen| seen.is_in_samples) => "`check --sample`, `run`",
        _ if is_met => "`run`",
        "sample" => "`check --sample`",
        _ => "`check`",
    };
    let mended = match seen {
        Some(seen) if seen.has_safe_fix => "`--fix`",
        Some(seen) if seen.has_risky_fix => "`--fix --unsafe`",
        _ => "",
    };
    let page = bare.replace("::", "/");
    format!("| {subject} | [`{bare}`](codes/{page}.md) | {} | {by} | {mended} |\n", severities.join(", "))
}

/// The first sentence of a code's page.
fn subject(code: &Code) -> &str {
    let means = code.page.split("## What it means\n\n").nth(1).and_then(|rest| rest.lines().next());
    means.unwrap_or_else(|| panic!("the page of {} says nothing", code.id)).trim_end_matches('.')
}

fn bare(code: &Code) -> &'static str {
    code.id.trim_start_matches("profilec::")
}

fn area(code: &Code) -> &'static str {
    bare(code).split("::").next().unwrap_or_default()
}

/// What the examples and the fixtures show.
fn seen() -> BTreeMap<&'static str, Seen> {
    let mut seen: BTreeMap<&'static str, Seen> = BTreeMap::new();
    let fixtures = root().join("fixtures");
    let mut profiles = files(&fixtures.join("check"), "rsd");
    profiles.extend(files(&fixtures.join("syntax/broken"), "rsd"));
    let blocks = |code: &&Code| code.page.split("```xml fails\n").skip(1).map(block).collect::<Vec<_>>();
    let examples = codes::ALL.iter().copied().flat_map(|code| blocks(&code));
    for profile in profiles.iter().filter_map(|path| read(path)).chain(examples) {
        let parsed = parse(&profile);
        let found = check(&parsed.document, &CheckOptions::for_file("Kilns"));
        for finding in parsed.diagnostics.iter().chain(&found) {
            let of_code = seen.entry(finding.code.id).or_default();
            of_code.severities.insert(finding.severity);
            for fix in &finding.fixes {
                match fix.applicability {
                    Applicability::Safe => of_code.has_safe_fix = true,
                    Applicability::Unsafe => of_code.has_risky_fix = true,
                }
            }
        }
    }
    // Findings about settings and samples are told by the program alone.
    for told in files(&fixtures.join("check-settings"), "txt").iter().filter_map(|path| read(path)) {
        add_told(&mut seen, &told, |code| area(code) == "settings");
    }
    for told in files(&fixtures.join("check-sample"), "txt").iter().filter_map(|path| read(path)) {
        for code in add_told(&mut seen, &told, |_| true) {
            seen.entry(code).or_default().is_in_samples = true;
        }
    }
    seen
}

/// Adds what the program told of codes; gives these.
fn add_told(
    seen: &mut BTreeMap<&'static str, Seen>,
    told: &str,
    counts: impl Fn(&Code) -> bool,
) -> BTreeSet<&'static str> {
    let mut codes = BTreeSet::new();
    let mut of_code = None;
    for line in told.lines() {
        if let Some(code) = codes::find(line).filter(|code| counts(code)) {
            codes.insert(code.id);
            of_code = Some(seen.entry(code.id).or_default());
            continue;
        }
        if line.starts_with("profilec::") || line.starts_with('$') {
            of_code = None;
        }
        let (Some(of_code), line) = (&mut of_code, line.trim_start()) else { continue };
        match line.split_once(' ') {
            Some(("×", _)) => drop(of_code.severities.insert(Severity::Error)),
            Some(("⚠", _)) => drop(of_code.severities.insert(Severity::Warning)),
            Some(("☞", _)) => drop(of_code.severities.insert(Severity::Info)),
            Some(("fix:", title)) => {
                let is_risky = title.contains("(may change");
                of_code.has_risky_fix |= is_risky;
                of_code.has_safe_fix |= !is_risky;
            }
            _ => {}
        }
    }
    codes
}

fn block(rest: &str) -> String {
    rest.split("\n```").next().unwrap_or_default().to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files in a folder, at any depth, in one order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|own| own == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Option<String> {
    std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

fn write(path: &Path, page: &str) {
    std::fs::write(path, page).expect("the page can be written");
}
