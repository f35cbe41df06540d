//! The reference pages in `docs/language/` say what the tables say.
//!
//! After a change of a table: `UPDATE_LANGUAGE_DOCS=1 cargo test -p profilec-vocabulary`.

#![expect(clippy::disallowed_methods, reason = "tests read and write the pages")]

use std::fmt::Write as _;
use std::path::Path;

use profilec_vocabulary::{
    AUTH_SCHEMES, BUILT_IN_ITEMS, COLUMN_ATTRIBUTES, CONTROL_ATTRIBUTES, Declaration, FORMATTERS, KEYWORDS,
    OPERATION_INPUTS, OPERATION_OUTPUTS, OPERATIONS, OperationId, Parameter, ResponseFormat, TYPES,
    connection_options, formatter,
};

use crate::census::census;
use crate::fixtures::{file, link};
use crate::page::{
    CELLS, GENERATED, argument, capitalized, cells, code, codes, head, mark, noted, page, row, section,
    support,
};

#[test]
fn the_pages_are_as_fresh_as_the_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/language");
    let pages = [
        ("README.md", index()),
        ("keywords.md", keywords()),
        ("formatters.md", formatters()),
        ("operations.md", operations()),
        ("operation-inputs.md", operation_inputs()),
        ("column-attributes.md", column_attributes()),
        ("items.md", items()),
        ("types.md", types()),
        ("connection-options.md", options()),
        ("auth-schemes.md", auth_schemes()),
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

fn index() -> String {
    let mut page = format!(
        "# The language\n\n\
         What a profile may say, and what profilec does with it; the same tables tell the checker and the runner.\n\
         {GENERATED}\n\
         | page | what it lists |\n|---|---|\n\
         | [Keywords](keywords.md) | elements of a script, with their attributes |\n\
         | [Formatters](formatters.md) | what a reference does to its value |\n\
         | [Operations](operations.md) | what `api:call` runs |\n\
         | [Inputs of operations](operation-inputs.md) | names that operations read, and what they give |\n\
         | [Attributes of columns and inputs](column-attributes.md) | what `attr`, `input` and `output` say |\n\
         | [Items](items.md) | names that are there without being set |\n\
         | [Types](types.md) | what a column holds |\n\
         | [Connection options](connection-options.md) | what `-c NAME=VALUE` takes |\n\
         | [Authentication schemes](auth-schemes.md) | what `AuthScheme` may be |\n\
         | [Decisions](decisions.md) | what was chosen where the references are silent |\n\n\
         ## Census\n\n\
         `run`: it does what it says.\n\
         `taken`: it is accepted, and nothing here depends on it; where someone may expect otherwise, a warning says so.\n\
         `for authentication`: it belongs to authentication, and is read where `AuthScheme` asks for it.\n\
         `refused`: it is known and never run, and the finding says why.\n",
    );
    census(&mut page);
    page
}

fn keywords() -> String {
    let mut page = page("Keywords", "Elements with the prefix `api:`, `rsb:` or `arc:`.");
    for keyword in KEYWORDS {
        let (support, evidence) = (capitalized(&support(keyword.support)), mark(keyword.evidence));
        let cases = cases("keywords", keyword.name);
        section(&mut page, keyword.name, keyword.doc, &format!("{support}.\nEvidence: {evidence}.\n{cases}"));
        if !keyword.parameters.is_empty() {
            parameters(&mut page, keyword.parameters, &format!("keywords/{}", keyword.name));
        }
    }
    page
}

/// A line that leads to the cases of an entry.
fn cases(folder: &str, name: &str) -> String {
    format!("Cases: {}.", link(&code(&file(folder, name)), folder, name))
}

fn parameters<'p>(page: &mut String, parameters: impl IntoIterator<Item = &'p Parameter>, folder: &str) {
    head(page, &CELLS);
    for parameter in parameters {
        row(page, &cells(parameter, folder).each_ref().map(String::as_str));
    }
}

fn formatters() -> String {
    let mut page = page(
        "Formatters",
        "What a reference does to its value: `[name | formatter(arguments)]`, left to right.\n\
         The choices behind them are in [Decisions](decisions.md).",
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
        let note = match formatter.note {
            "" => String::new(),
            note => format!("Known from {note}.\n"),
        };
        let mut facts = format!(
            "{also}{undefined}.\n{note}{}.\nEvidence: {}.\n{}",
            capitalized(&support(formatter.support)),
            mark(formatter.evidence),
            cases("formatters", formatter.name)
        );
        if !formatter.arguments.is_empty() {
            facts.push('\n');
            for entry in formatter.arguments {
                let _ = write!(facts, "\n- {}", argument(entry));
            }
        }
        section(&mut page, &formatter.signature(), formatter.doc, &facts);
        if let Some((template, result)) = example(formatter.name) {
            let _ = write!(page, "\n```text\n{template} → {result}\n```\n");
        }
    }
    page
}

/// The first case of a formatter that starts with it and gives a text.
fn example(name: &str) -> Option<(String, String)> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language").join(file("formatters", name));
    let text = std::fs::read_to_string(path).ok()?;
    let wanted = |template: &str| {
        let called = template.split_once(" | ").map_or("", |(_, called)| called);
        let end = called.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(called.len());
        formatter(&called[..end]).is_some_and(|known| known.name == name)
    };
    text.lines()
        .filter(|line| line.starts_with('['))
        .filter_map(|line| line.split_once(" → "))
        .find(|(template, result)| !result.starts_with("! ") && wanted(template))
        .map(|(template, result)| (template.to_owned(), result.to_owned()))
}

/// The cases of all formatters and of the references that they stand in.
#[expect(clippy::disallowed_methods, reason = "tests read the fixtures")]
fn formatter_cases() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/language");
    let names = FORMATTERS.iter().map(|known| file("formatters", known.name));
    let files = names.chain(["references.txt".to_owned()]).map(|name| folder.join(name));
    files.filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

#[test]
fn decisions_name_cases_that_are_there() {
    let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/language/decisions.md"));
    let cited: Vec<&str> = page
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Cases: `")?.strip_suffix("`."))
        .flat_map(|cases| cases.split("`, `"))
        .collect();
    assert!(cited.len() > 30);
    let cases = formatter_cases();
    for template in cited {
        let is_case = |line: &str| line.split_once(" →").is_some_and(|(case, _)| case == template);
        assert!(cases.lines().any(is_case), "{template}");
    }
}

fn operations() -> String {
    let mut page = page(
        "Operations",
        "What `api:call` and `api:push` run: `op=\"…\"`.\n\
         What they read and give is in [Inputs of operations](operation-inputs.md).",
    );
    head(&mut page, &["operation", "gives", "reads", "profilec", "evidence"]);
    for operation in OPERATIONS {
        let inputs = OPERATION_INPUTS.iter().filter(|input| input.is_read_by(operation.id)).count();
        let inputs = if inputs == 0 { String::new() } else { format!("{inputs} inputs") };
        let gives = noted(operation.doc, operation.note);
        let support = support(operation.support);
        let name = link(&code(operation.name), "operations", operation.name);
        row(&mut page, &[&name, &gives, &inputs, &support, mark(operation.evidence)]);
    }
    page
}

fn operation_inputs() -> String {
    let mut page = page(
        "Inputs of operations",
        "Attributes that operations read: `<api:set attr=\"URI\" …/>`, a pair in `op=\"jsonproviderGet?URI=…\"`, or a connection option of the same name.\n\
         A `#` stands for a number, a `*` for any name; every other name is a variable of the script.",
    );
    let mut columns = CELLS.to_vec();
    columns.insert(3, "read by");
    head(&mut page, &columns);
    for input in OPERATION_INPUTS {
        let mut cells = cells(&input.parameter, "operation-inputs").to_vec();
        if let Some(pair) = input.pair {
            cells[2] = format!("{}, paired with {}", cells[2], code(pair));
        }
        cells.insert(3, readers(input.read_by));
        row(&mut page, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    page.push_str("\n## Outputs\n\nAttributes that the items of operations have besides columns.\n");
    columns.retain(|column| !["also written", "default"].contains(column));
    columns[2] = "given by";
    head(&mut page, &columns);
    for output in OPERATION_OUTPUTS {
        let [name, _, value, _, meaning, support, evidence] = cells(&output.parameter, "outputs");
        let given_by = readers(output.given_by);
        row(&mut page, &[&name, &value, &given_by, &meaning, &support, &evidence]);
    }
    page
}

/// Operations in a few words.
fn readers(operations: &[OperationId]) -> String {
    let names = operations.iter().map(|operation| match operation {
        OperationId::FetchRows(ResponseFormat::Json) => "JSON",
        OperationId::FetchRows(ResponseFormat::Xml) => "XML",
        OperationId::FetchRows(ResponseFormat::Csv) => "CSV",
        OperationId::Http(_) => "HTTP",
        OperationId::PushPageToken => "`utiladoPushPageToken`",
        OperationId::OAuth => "OAuth",
        OperationId::FetchRows(ResponseFormat::Text) | OperationId::Outside => "",
    });
    let mut names: Vec<_> = names.collect();
    names.dedup();
    names.join(", ")
}

fn column_attributes() -> String {
    let mut page = page(
        "Attributes of columns and inputs",
        "What `attr` (a column), `input` (a parameter) and `output` (a column of a procedure) say.\n\
         Prefixes are as they are usually written; any is accepted, and any other name is kept for whoever reads it.",
    );
    let mut columns = CELLS.to_vec();
    columns.insert(3, "on");
    head(&mut page, &columns);
    for attribute in COLUMN_ATTRIBUTES {
        let name = attribute.parameter.name;
        let mut cells = cells(&attribute.parameter, "column-attributes").to_vec();
        if !attribute.prefix.is_empty() {
            cells[0] = link(&code(&format!("{}:{name}", attribute.prefix)), "column-attributes", name);
        }
        let on = attribute.on.iter().map(|element| match element {
            Declaration::Attr => "`attr`",
            Declaration::Input => "`input`",
            Declaration::Output => "`output`",
        });
        cells.insert(3, on.collect::<Vec<_>>().join(", "));
        row(&mut page, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    page
}

fn items() -> String {
    let mut page = page(
        "Items",
        "Names that are there without being set.\nA `#` stands for a number; every other item is made by the first `api:set` of it.",
    );
    head(&mut page, &["item", "what it holds", "profilec", "evidence"]);
    for item in BUILT_IN_ITEMS {
        row(&mut page, &[&code(item.name), item.doc, &support(item.support), mark(item.evidence)]);
    }
    page.push_str("\n## Control attributes\n\nAttributes that keywords add to the default item while their body runs.\n");
    head(&mut page, &["attribute", "added by", "what it is", "profilec", "evidence"]);
    for control in CONTROL_ATTRIBUTES {
        let names: Vec<&str> = KEYWORDS
            .iter()
            .filter(|keyword| control.added_by.contains(&keyword.id))
            .map(|keyword| keyword.name)
            .collect();
        let (support, mark) = (support(control.support), mark(control.evidence));
        row(&mut page, &[&code(control.name), &codes(&names), control.doc, &support, mark]);
    }
    page
}

fn types() -> String {
    let mut page = page(
        "Types",
        "What a column holds: `xs:type=\"…\"`.\nSpellings compare without case; most are inferred, the mark is the type's.\n\
         A slip is read as text, with a finding that names the type.",
    );
    head(&mut page, &["type", "all spellings", "seen slips", "meaning", "Arrow", "evidence"]);
    for ty in TYPES {
        let (spellings, slips) = (codes(ty.spellings), codes(ty.misspellings));
        let name = link(&code(ty.spellings[0]), "types", ty.spellings[0]);
        row(&mut page, &[&name, &spellings, &slips, ty.doc, &code(ty.arrow), mark(ty.evidence)]);
    }
    page
}

fn options() -> String {
    let mut page = page(
        "Connection options",
        "What `-c NAME=VALUE`, `--connection-string` and `--connection-file` take, and what profilec does with it.\n\
         Names compare without case and blanks; the value of a secret one is masked in every output.\n\
         Every [input of operations](operation-inputs.md) may come this way too, and any name that the script reads as `[_connection.NAME]`.",
    );
    let mut columns = CELLS.to_vec();
    columns.insert(6, "secret");
    head(&mut page, &columns);
    for option in connection_options() {
        let mut cells = cells(option, "connection-options").to_vec();
        cells.insert(6, if option.secret { "yes" } else { "" }.to_owned());
        row(&mut page, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    page
}

fn auth_schemes() -> String {
    let mut page = page(
        "Authentication schemes",
        "What `AuthScheme` may be, as a [connection option](connection-options.md) or set by the script.\n\
         Names compare without case; what each one needs is told in [Authentication](../auth.md).",
    );
    head(&mut page, &["scheme", "proves who asks by", "profilec", "what to do instead", "evidence"]);
    for scheme in AUTH_SCHEMES {
        let support = support(scheme.support);
        row(&mut page, &[&code(scheme.name), scheme.doc, &support, scheme.instead, mark(scheme.evidence)]);
    }
    page
}
