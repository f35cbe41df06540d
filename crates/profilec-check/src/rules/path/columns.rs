//! Paths of columns that do not go together with the rows or with each other.
//!
//! The rules share one look at all paths; each speaks of a column at most once, the graver fault first.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Severity, Span, codes};
use profilec_syntax::{Anchor, Document, Path, Step, Text, parse_path};
use profilec_vocabulary::{ResponseFormat, closest};

use super::census::{Census, ColumnPath, Spelling};
use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(columns);

fn columns<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let census = Census::new(document, cx.names());
    if census.format == ResponseFormat::Csv {
        // A field has any name.
        return;
    }
    let facts = Facts::new(&census);
    for column in &census.columns {
        let finding = dots_for_slashes(&facts, column)
            .or_else(|| slash_missing(&facts, column))
            .or_else(|| beside_the_rows(&census, &facts, column))
            .or_else(|| dollar(&facts, column))
            .or_else(|| root_missing(&facts, column))
            .or_else(|| starts_mixed(&facts, column))
            .or_else(|| untidy(&census, column));
        if let Some(finding) = finding {
            cx.report(finding);
        }
    }
}

/// What is known of all columns together.
struct Facts<'c> {
    census: &'c Census<'c>,
    in_rows: usize,
    relative: usize,
    with_json: usize,
    without_json: usize,
    /// Members that paths lead through.
    parents: HashSet<&'c str>,
}

impl<'c> Facts<'c> {
    fn new(census: &'c Census<'c>) -> Self {
        let count = |spelling| census.columns.iter().filter(|column| column.spelling == spelling).count();
        let of_columns = census.columns.iter().map(|column| column.path.steps.as_slice());
        let through = of_columns.filter_map(|steps| Some(steps.split_last()?.1));
        let steps = through.chain(census.rows.iter().map(Vec::as_slice)).flatten();
        let name = |step: &'c Step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Index(_) | Step::Any => None,
        };
        Self {
            census,
            in_rows: census.absolute_in_rows().count(),
            relative: census.relative().count(),
            with_json: count(Spelling::JsonRoot),
            without_json: census.columns.iter().filter(|column| lacks_json(column)).count(),
            parents: steps.filter_map(name).collect(),
        }
    }
}

/// `customer.name` beside `customer/id`: only a slash parts steps.
fn dots_for_slashes(facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    if column.spelling == Spelling::Dollar || facts.census.format != ResponseFormat::Json {
        return None;
    }
    let is_word = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    let is_known = |first: &str| first == "json" || facts.parents.contains(first);
    let dotted = column.path.steps.iter().find_map(|step| match step {
        Step::Name(name) => {
            let (first, _) = name.split_once('.')?;
            (name.split('.').all(is_word) && is_known(first)).then_some(name.as_str())
        }
        Step::Index(_) | Step::Any => None,
    })?;
    let place = column.written.as_str().find(dotted)?;
    let span = column.written.span_of(place..place + dotted.len());
    let slashed = dotted.replace('.', "/");
    let edits = vec![Edit { span, text: slashed.clone() }];
    Some(
        Diagnostic::new(
            &codes::path::dots_for_slashes,
            format!("`{dotted}` is one name, with its dots"),
            Label::new(span, "only `/` leads into a member"),
        )
        .help(match dotted.split_once('.') {
            Some((first, _)) if first != "json" => format!("write `{slashed}` if `{first}` is an object"),
            _ => format!("write `{slashed}`"),
        })
        .fix(Fix::risky(format!("write `{slashed}`"), edits)),
    )
}

/// `kilns/id` beside `/json/kilns/name`: it starts at the row.
fn slash_missing(facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    if column.spelling != Spelling::Relative || facts.in_rows == 0 {
        return None;
    }
    let steps = &column.path.steps;
    let begins_with = |row: &[Step]| !row.is_empty() && steps.len() > row.len() && steps.starts_with(row);
    let is_json = |steps: &[Step]| matches!(steps.first(), Some(Step::Name(name)) if name == "json");
    let rows = &facts.census.rows;
    let has_root =
        is_json(steps) && rows.iter().any(|row| steps.get(1..).is_some_and(|rest| rest.starts_with(row)));
    if !has_root && !rows.iter().any(|row| begins_with(row)) {
        return None;
    }
    let written = column.text();
    let root = if has_root || facts.with_json == 0 { "" } else { "/json" };
    let meant = format!("{root}/{written}");
    Some(
        Diagnostic::new(
            &codes::path::slash_missing,
            format!("`{written}` starts at the row, and leads to the rows again"),
            Label::new(column.written.span(), "no slash in front"),
        )
        .help(format!("write `{meant}`, which starts at the root"))
        .fix(rewrite(column, &meant, false)),
    )
}

/// `/json/kiln/id` where the rows are `/json/kilns`.
fn beside_the_rows(census: &Census<'_>, facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    if !column.is_absolute() || census.is_in_rows(&column.path) || census.is_on_the_way(&column.path) {
        return None;
    }
    // Without a column that leads into the rows it is the row path that may be wrong.
    if facts.in_rows == 0 {
        return None;
    }
    let (meant, slip) = census.rows.iter().find_map(|row| meant(&column.path.steps, row))?;
    let path = Path { anchor: Anchor::Root, steps: meant };
    let root = if column.spelling == Spelling::JsonRoot { "/json" } else { "" };
    let text = format!("{root}{path}");
    let written = column.text();
    let finding = Diagnostic::new(
        &codes::path::beside_the_rows,
        format!("`{written}` does not lead into the rows, as other columns do"),
        Label::new(
            slip.map_or(column.written.span(), |slip| step(column, slip)),
            "the same value on every row, or none",
        ),
    )
    .help(format!("did you mean `{text}`?"));
    Some(finding.fix(rewrite(column, &text, false)))
}

/// Where a step stands, if it stands there once; else the path.
fn step(column: &ColumnPath<'_>, name: &str) -> Span {
    let written = column.written.as_str();
    let mut parts = written.split('/').scan(0, |start, part| {
        let range = *start..*start + part.len();
        *start = range.end + 1;
        Some((part, range))
    });
    match (parts.find(|(part, _)| *part == name), parts.any(|(part, _)| part == name)) {
        (Some((_, range)), false) => column.written.span_of(range),
        _ => column.written.span(),
    }
}

/// The way into the rows that a way beside them was probably meant as, and the step that is misspelt.
fn meant<'s>(steps: &'s [Step], row: &[Step]) -> Option<(Vec<Step>, Option<&'s str>)> {
    let joined = |rest: &[Step]| row.iter().chain(rest).cloned().collect();
    // One step is a slip.
    if let Some((start, rest)) = steps.split_at_checked(row.len()).filter(|(_, rest)| !rest.is_empty()) {
        let mut differing = start.iter().zip(row).filter(|(own, of_row)| own != of_row);
        if let (Some((Step::Name(own), Step::Name(of_row))), None) = (differing.next(), differing.next())
            && closest(own, [of_row.as_str()]).is_some()
        {
            return Some((joined(rest), Some(own)));
        }
    }
    // The first steps are missing, or some are too many.
    let tails = (1..row.len()).filter_map(|from| steps.strip_prefix(row.get(from..)?));
    let inner = (1..steps.len()).filter_map(|from| steps.get(from..)?.strip_prefix(row));
    let inner = inner.filter(|_| row.len() > 1);
    tails.chain(inner).find(|rest| !rest.is_empty()).map(|rest| (joined(rest), None))
}

/// `$.id`: a spelling of row paths. From the document on, it seldom is what a column means.
fn dollar(facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    if column.spelling != Spelling::Dollar || column.path.steps.is_empty() {
        return None;
    }
    let census = facts.census;
    let written = column.text();
    let finding = |what: String, label: &str| {
        Diagnostic::new(&codes::path::dollar_in_column, what, Label::new(column.written.span(), label))
    };
    if facts.in_rows == 0 && facts.relative == 0 && !census.rows.is_empty() {
        // No column leads into the rows: all start at the document, where they were to start at the row.
        let path = Path { anchor: Anchor::Row, steps: column.path.steps.clone() };
        let what = format!("`{written}` starts at the document, not at the row");
        return Some(
            finding(what, "the same value on every row, or none")
                .help(format!("write `{path}`, which starts at the row"))
                .fix(rewrite(column, &path.to_string(), false)),
        );
    }
    let root = if census.format == ResponseFormat::Json { "/json" } else { "" };
    let text = format!("{root}{}", column.path);
    // A name with a slash in it can be written in no other way.
    if !is_same(column, &text, census.format) {
        return None;
    }
    let mut finding = finding(format!("`{written}` is spelled as row paths are"), "columns have slashes")
        .help(format!("write `{text}`, which is the same path"))
        .fix(rewrite(column, &text, true));
    finding.severity = Severity::Info;
    Some(finding)
}

/// `/kilns/id` beside `/json/kilns/name`.
fn root_missing(facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    if !lacks_json(column)
        || facts.census.format != ResponseFormat::Json
        || facts.with_json < facts.without_json
        || facts.with_json == 0
    {
        return None;
    }
    let written = column.text();
    let text = format!("/json{written}");
    Some(
        Diagnostic::new(
            &codes::path::root_missing,
            format!("`{written}` lacks the root `json` that other columns have"),
            Label::new(column.written.span(), "engines may not find it"),
        )
        .help(format!("write `{text}`"))
        .fix(rewrite(column, &text, is_same(column, &text, ResponseFormat::Json))),
    )
}

/// `/` alone is the document.
fn lacks_json(column: &ColumnPath<'_>) -> bool {
    column.spelling == Spelling::Slash && !column.path.steps.is_empty()
}

/// `name` beside `/json/kilns/id`: both are read in the row.
fn starts_mixed(facts: &Facts<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    let census = facts.census;
    // With several levels, what starts at the row is read on each.
    if facts.in_rows == 0 || facts.relative == 0 || census.rows.len() > 1 {
        return None;
    }
    let is_few = |few: usize, many: usize| few < many;
    let (label, help) = match column.spelling {
        Spelling::Relative if is_few(facts.relative, facts.in_rows + 1) => {
            ("starts at the row, others at the root", "write it from the root on, as the others")
        }
        Spelling::JsonRoot | Spelling::Slash
            if is_few(facts.in_rows, facts.relative) && census.is_in_rows(&column.path) =>
        {
            ("starts at the root, others at the row", "write it from the row on, as the others")
        }
        _ => return None,
    };
    let what = format!("`{}` is written otherwise than the other columns", column.text());
    Some(
        Diagnostic::new(&codes::path::starts_mixed, what, Label::new(column.written.span(), label))
            .help(help),
    )
}

/// Blanks and slashes that mean nothing.
fn untidy(census: &Census<'_>, column: &ColumnPath<'_>) -> Option<Diagnostic> {
    let written = column.written.as_str();
    if column.spelling == Spelling::Dollar {
        return None;
    }
    let parts: Vec<&str> = written.trim().split('/').map(str::trim).collect();
    let joined = parts.join("/");
    let tidy = joined.strip_suffix('/').filter(|rest| !rest.is_empty()).unwrap_or(&joined);
    if tidy == written || !is_same(column, tidy, census.format) {
        return None;
    }
    let what =
        if written.trim_end().ends_with('/') { "ends in a slash" } else { "has blanks around its steps" };
    Some(
        Diagnostic::new(
            &codes::path::untidy,
            format!("the path `{}` {what}", written.trim()),
            Label::new(column.written.span(), "read all the same here"),
        )
        .help(format!("write `{tidy}`: other engines may take the rest for a name"))
        .fix(rewrite(column, tidy, true)),
    )
}

/// Whether a text is read as the path of a column is.
fn is_same(column: &ColumnPath<'_>, text: &str, format: ResponseFormat) -> bool {
    let text = Text::verbatim(text, column.written.span());
    parse_path(&text, format).is_ok_and(|path| path.as_ref() == Some(&column.path))
}

fn rewrite(column: &ColumnPath<'_>, text: &str, safe: bool) -> Fix {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let escaped = escaped.replace('\'', "&apos;");
    let edits = vec![Edit { span: column.written.span(), text: escaped }];
    let title = format!("write `{text}`");
    if safe { Fix::safe(title, edits) } else { Fix::risky(title, edits) }
}
