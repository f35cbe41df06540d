//! The reference pages in `docs/language/` say what the tables say.
//!
//! After a change of a table: `UPDATE_LANGUAGE_DOCS=1 cargo test -p profilec-vocabulary`.

#![expect(clippy::disallowed_methods, reason = "tests read and write the pages")]

use std::fmt::Write as _;
use std::path::Path;

use profilec_vocabulary::{
    CONNECTION_OPTIONS, Evidence, FORMATTERS, KEYWORDS, OPERATIONS, OptionUse, SET_NAMES, Support, TYPES,
    formatter,
};

const FORMATTER_CASES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/language/formatters.txt"));

const GENERATED: &str = "Generated from the tables of `profilec-vocabulary`; change those, not this page.\n";
const MARKS: &str = "Evidence: D, a vendor's page states it; W, seen in published profiles; U, commonly held, no page known; I, inferred.\n";

#[test]
fn the_pages_are_as_fresh_as_the_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language");
    let pages = [
        ("keywords.md", keywords()),
        ("formatters.md", formatters()),
        ("operations.md", operations()),
        ("set-names.md", set_names()),
        ("types.md", types()),
        ("connection-options.md", connection_options()),
    ];
    for (name, page) in pages {
        let path = folder.join(name);
        if std::env::var_os("UPDATE_LANGUAGE_DOCS").is_some() {
            std::fs::create_dir_all(&folder).expect("the folder can be made");
            std::fs::write(&path, &page).expect("the page can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == page, "docs/language/{name} is stale: run this test with UPDATE_LANGUAGE_DOCS=1");
    }
}

#[test]
fn every_entry_has_a_line_worth_reading() {
    let docs = KEYWORDS
        .iter()
        .flat_map(|keyword| {
            keyword
                .parameters
                .iter()
                .map(|parameter| (parameter.name, parameter.doc))
                .chain([(keyword.name, keyword.doc)])
        })
        .chain(FORMATTERS.iter().map(|formatter| (formatter.name, formatter.doc)))
        .chain(OPERATIONS.iter().map(|operation| (operation.name, operation.doc)))
        .chain(SET_NAMES.iter().map(|name| (name.name, name.doc)))
        .chain(TYPES.iter().map(|ty| (ty.spellings[0], ty.doc)))
        .chain(CONNECTION_OPTIONS.iter().map(|option| (option.name, option.doc)));
    for (name, doc) in docs {
        assert!(doc.len() > 2 && !doc.ends_with('.') && !doc.eq_ignore_ascii_case(name), "{name}: {doc:?}");
    }
}

fn keywords() -> String {
    let mut page = page("Keywords", "Elements with the prefix `api:`, `rsb:` or `arc:`.");
    for keyword in KEYWORDS {
        let (support, evidence) = (support(keyword.support), mark(keyword.evidence));
        section(&mut page, keyword.name, keyword.doc, &format!("{support}.\nEvidence: {evidence}."));
        if keyword.parameters.is_empty() {
            continue;
        }
        page.push_str("\n| attribute | also written | required | meaning |\n|---|---|---|---|\n");
        for parameter in keyword.parameters {
            let required = if parameter.required { "yes" } else { "" };
            row(&mut page, &[&code(parameter.name), &codes(parameter.synonyms), required, parameter.doc]);
        }
    }
    page
}

fn formatters() -> String {
    let mut page = page(
        "Formatters",
        "What a reference does to its value: `[name | formatter(arguments)]`, left to right.\n\
         The choices behind them are in [0002 Script](../decisions/0002-script.md), all cases in `fixtures/language/formatters.txt`.",
    );
    for formatter in FORMATTERS {
        let undefined = if formatter.accepts_undefined {
            "Where the input is undefined it gives a value or nothing; it is no error"
        } else {
            "An undefined input is an error, a null one stays null"
        };
        let also = match formatter.synonyms {
            [] => String::new(),
            synonyms => format!("Also written {}.\n", codes(synonyms)),
        };
        let facts = format!(
            "{also}{undefined}.\n{}.\nEvidence: {}.",
            support(formatter.support),
            mark(formatter.evidence)
        );
        section(&mut page, formatter.signature, formatter.doc, &facts);
        if let Some((template, result)) = example(formatter.name) {
            let _ = write!(page, "\n```text\n{template} → {result}\n```\n");
        }
    }
    page
}

/// The first case of the fixture that starts with this formatter and gives a text.
fn example(name: &str) -> Option<(&'static str, &'static str)> {
    let cases = FORMATTER_CASES
        .lines()
        .filter(|line| line.starts_with('['))
        .filter_map(|line| line.split_once(" → "));
    let wanted = |template: &str| {
        let called = template.split_once(" | ").map_or("", |(_, called)| called);
        let end = called.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(called.len());
        formatter(&called[..end]).is_some_and(|known| known.name == name)
    };
    cases.filter(|(_, result)| !result.starts_with("! ")).find(|(template, _)| wanted(template))
}

fn operations() -> String {
    let mut page = page("Operations", "What `api:call` and `api:push` run: `op=\"…\"`.");
    page.push_str("\n| operation | gives | support | evidence |\n|---|---|---|---|\n");
    for operation in OPERATIONS {
        let cells =
            [&code(operation.name), operation.doc, support(operation.support), mark(operation.evidence)];
        row(&mut page, &cells);
    }
    page
}

fn set_names() -> String {
    let mut page = page(
        "Set names",
        "Attributes that operations read: `<api:set attr=\"URI\" …/>`.\n\
         A `#` stands for a number, a `*` for any name; every other name is a variable of the script.",
    );
    page.push_str(
        "\n| name | also written | value | meaning | support | evidence |\n|---|---|---|---|---|---|\n",
    );
    for name in SET_NAMES {
        let value = if name.is_path { "path" } else { "text" };
        let (support, evidence) = (support(name.support), mark(name.evidence));
        row(&mut page, &[&code(name.name), &codes(name.synonyms), value, name.doc, support, evidence]);
    }
    page
}

fn types() -> String {
    let mut page = page(
        "Types",
        "What a column holds: `xs:type=\"…\"`.\nSpellings compare without case; most are inferred, the mark is the type's.",
    );
    page.push_str("\n| type | all spellings | meaning | evidence |\n|---|---|---|---|\n");
    for ty in TYPES {
        row(&mut page, &[&code(ty.spellings[0]), &codes(ty.spellings), ty.doc, mark(ty.evidence)]);
    }
    page
}

fn connection_options() -> String {
    let mut page = page(
        "Connection options",
        "What `-c NAME=VALUE`, `--connection-string` and `--connection-file` take, and what profilec does with it.\n\
         Names compare without case and blanks; the value of a secret one is masked in every output.",
    );
    page.push_str("\n| option | meaning | profilec | secret | evidence |\n|---|---|---|---|---|\n");
    for option in CONNECTION_OPTIONS {
        let used = match option.use_ {
            OptionUse::Used => "uses it",
            OptionUse::NotYet => "warns that it has no effect yet",
            OptionUse::Ignored => "ignores it: it means nothing outside the drivers",
            OptionUse::NoEffect => "warns that it has no effect",
        };
        let secret = if option.secret { "yes" } else { "" };
        row(&mut page, &[&code(option.name), option.doc, used, secret, mark(option.evidence)]);
    }
    page
}

fn page(title: &str, about: &str) -> String {
    format!("# {title}\n\n{about}\n{MARKS}{GENERATED}")
}

fn section(page: &mut String, title: &str, doc: &str, facts: &str) {
    let _ = write!(page, "\n## `{title}`\n\n{}.\n{facts}\n", capitalized(doc));
}

fn row(page: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn code(name: &str) -> String {
    format!("`{name}`")
}

fn codes(names: &[&str]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn support(support: Support) -> &'static str {
    match support {
        Support::Runs => "Runs",
        Support::NotYet => "Not supported yet",
        Support::Refused => "Never run",
    }
}

fn mark(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Documented => "D",
        Evidence::Wild => "W",
        Evidence::Unconfirmed => "U",
        Evidence::Inferred => "I",
    }
}
