//! Each entry of the language is proved by a file of cases in `fixtures/language/`.

use std::path::{Path, PathBuf};

use profilec_vocabulary::{
    COLUMN_ATTRIBUTES, FORMATTERS, KEYWORDS, KeywordId, OPERATION_INPUTS, OPERATIONS, Parameter, Support,
    TYPES,
};

/// The file of an entry, below `fixtures/language/`: `Header:Name#` is `header-name`, `Header:*` is `header-any`.
pub(crate) fn file(folder: &str, name: &str) -> String {
    let bare = name.to_lowercase().replace('#', "").replace('*', "any");
    let parts = bare.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    format!("{folder}/{}.txt", parts.join("-"))
}

/// A link from a page of `docs/language/` to that file; the bare text where there is no file yet.
pub(crate) fn link(text: &str, folder: &str, name: &str) -> String {
    let file = file(folder, name);
    if root().join(&file).exists() {
        format!("[{text}](../../fixtures/language/{file})")
    } else {
        text.to_owned()
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language")
}

/// One case of a file.
struct Case {
    text: String,
    accepts: bool,
}

/// The cases of a file: `None` if there is no such file.
#[expect(clippy::disallowed_methods, reason = "tests read the fixtures")]
fn cases(file: &str) -> Option<Vec<Case>> {
    let text = std::fs::read_to_string(root().join(file)).ok()?;
    let case = |text: &str| {
        let section = |name: &str| {
            let (_, rest) = text.split_once(&format!("\n-- {name} --\n"))?;
            Some(rest.split("\n-- ").next().unwrap_or_default().to_owned())
        };
        let is_found = section("findings").is_some_and(|findings| {
            findings.lines().any(|line| line.starts_with("error ") || line.starts_with("warning "))
        });
        let is_clean = section("outcome").is_none_or(|outcome| outcome.starts_with("complete "));
        Case { text: text.to_lowercase(), accepts: !is_found && is_clean && section("rows").is_some() }
    };
    Some(text.split("=== ").skip(1).map(case).collect())
}

/// What an entry must have.
struct Wanted {
    file: String,
    /// What accepting cases must hold among them, lower case.
    spellings: Vec<String>,
    accepts: bool,
    refuses: bool,
}

impl Wanted {
    /// What is missing.
    fn missing(&self) -> Option<String> {
        let Some(cases) = cases(&self.file) else { return Some(format!("{}: no such file", self.file)) };
        let accepting: Vec<&Case> = cases.iter().filter(|case| case.accepts).collect();
        if self.accepts && accepting.is_empty() {
            return Some(format!("{}: no case is accepted", self.file));
        }
        if self.refuses && accepting.len() == cases.len() {
            return Some(format!("{}: no case is refused", self.file));
        }
        let lacks = |spelling: &&String| !accepting.iter().any(|case| case.text.contains(*spelling));
        let unproved = self.spellings.iter().filter(|_| self.accepts).find(lacks)?;
        Some(format!("{}: no accepted case has `{unproved}`", self.file))
    }
}

/// What a parameter must have; nothing, while something else is still to make it run.
fn parameter(
    folder: &str,
    parameter: &Parameter,
    spell: impl Fn(&str) -> String,
    may_fail: bool,
) -> Option<Wanted> {
    let accepts = matches!(parameter.support, Support::Runs | Support::Ignored);
    let spellings = parameter.spellings().map(|spelling| spell(&spelling.to_lowercase())).collect();
    let file = file(folder, parameter.name);
    // Inputs of other steps than requests, and what has no effect, are proved where warnings are.
    accepts.then_some(Wanted { file, spellings, accepts, refuses: may_fail })
}

fn keywords() -> impl Iterator<Item = Wanted> {
    KEYWORDS.iter().flat_map(|keyword| {
        let folder = format!("keywords/{}", keyword.name);
        let itself = Wanted {
            file: file("keywords", keyword.name),
            spellings: vec![format!("<api:{}", keyword.name)],
            accepts: true,
            refuses: true,
        };
        let parameters = keyword.parameters.iter();
        // A short name has no sure slip where other names are allowed.
        let may_fail = move |name: &str| keyword.id != KeywordId::Info || name.len() > 3;
        let parameters = parameters.filter_map(move |entry| {
            parameter(&folder, entry, |name| format!(" {name}=\""), may_fail(entry.name))
        });
        std::iter::once(itself).chain(parameters)
    })
}

fn operations() -> impl Iterator<Item = Wanted> {
    let is_due = |support: Support| matches!(support, Support::Runs | Support::Refused(_));
    OPERATIONS.iter().filter(move |operation| is_due(operation.support)).map(|operation| Wanted {
        file: file("operations", operation.name),
        spellings: vec![format!("op=\"{}", operation.name.to_lowercase())],
        accepts: operation.support == Support::Runs,
        refuses: true,
    })
}

fn operation_inputs() -> impl Iterator<Item = Wanted> {
    OPERATION_INPUTS.iter().filter_map(|input| {
        let spell = |name: &str| format!("=\"{}", name.trim_end_matches(['#', '*']));
        parameter("operation-inputs", &input.parameter, spell, true)
    })
}

fn column_attributes() -> impl Iterator<Item = Wanted> {
    COLUMN_ATTRIBUTES.iter().filter_map(|attribute| {
        // Names of one's own are allowed, so that a slip of a short one is another name.
        let may_fail = attribute.parameter.name.len() > 3;
        parameter("column-attributes", &attribute.parameter, |name| format!("{name}=\""), may_fail)
    })
}

fn types() -> impl Iterator<Item = Wanted> {
    TYPES.iter().map(|ty| Wanted {
        file: file("types", ty.spellings[0]),
        spellings: ty.spellings.iter().map(|name| format!("xs:type=\"{}\"", name.to_lowercase())).collect(),
        accepts: true,
        refuses: true,
    })
}

/// The cases of formatters are proved where they run.
fn formatters() -> impl Iterator<Item = Wanted> {
    let file = |name| file("formatters", name);
    FORMATTERS.iter().map(move |known| Wanted {
        file: file(known.name),
        spellings: Vec::new(),
        accepts: false,
        refuses: false,
    })
}

#[test]
fn every_entry_has_a_case_that_is_accepted_and_one_that_is_refused() {
    let entries = keywords()
        .chain(operations())
        .chain(operation_inputs())
        .chain(column_attributes())
        .chain(types())
        .chain(formatters());
    let missing: Vec<String> = entries.filter_map(|entry| entry.missing()).collect();
    assert!(missing.is_empty(), "see fixtures/language/README.md\n{}", missing.join("\n"));
}
