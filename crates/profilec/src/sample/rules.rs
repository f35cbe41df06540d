//! What is wrong with a profile, as its samples show it.

use std::collections::BTreeSet;

use profilec_diagnostics::{Code, Diagnostic, Label, Span, codes};
use profilec_plan::{ColumnType, PlanColumn};
use profilec_rows::{ColumnSurvey, Example, describe};
use profilec_syntax::Document;

use super::{
    attr::Attr,
    proof::{Product, Proof},
    secrets::shown,
};
use crate::screen::count;

/// Names that are listed in a message.
const LISTED: usize = 20;

/// All that the samples show. `is_whole_table`: the rows are those of one table, so that what no column takes is
/// taken by no other.
pub(super) fn findings(proof: &Proof<'_>, document: &Document, is_whole_table: bool) -> Vec<Diagnostic> {
    let mut findings = proof.findings.clone();
    if proof.pages == 0 {
        return findings;
    }
    let place = proof.rows_origin.unwrap_or(proof.plan.origin);
    if proof.rows == 0 {
        findings.push(no_rows(place));
    }
    for (column, seen) in proof.plan.columns.iter().zip(&proof.columns) {
        if let Some(seen) = seen.as_ref().filter(|_| proof.rows > 0) {
            of_column(proof, column, seen, Attr::of(column, document), &mut findings);
        }
    }
    findings.extend(levels_missing(proof, place));
    findings.extend(maps(proof));
    findings.extend(next_pages(proof, place));
    findings.extend(proof.product.as_ref().map(|product| multiplied(product, place)));
    if is_whole_table {
        let place = document.info.as_ref().map_or(place, |info| info.name.span);
        findings.extend(untaken(proof, place));
    }
    findings
}

fn no_rows(place: Span) -> Diagnostic {
    let label = Label::new(place, "leads to no row");
    let finding = Diagnostic::new(&codes::sample::no_rows, "the samples have no row", label);
    finding.help("give a sample with rows: without them nothing is known of the columns")
}

fn of_column(
    proof: &Proof<'_>,
    column: &PlanColumn,
    seen: &ColumnSurvey,
    attr: Attr<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    // A path may well be empty where the script has the value.
    if seen.hits == 0 && !column.set_by_script {
        findings.push(no_match(proof, column, seen, attr));
        return;
    }
    let declared = describe(column.ty);
    let at = |example: &Example| format!("`{}` at {}", shown(example, &column.name), example.place);
    let of_type = |code: &'static Code, example: &Example, what: &str, label: &str| {
        let (name, value) = (&column.name, at(example));
        let message = format!("column `{name}` is declared {declared}, but {value} {what}");
        Diagnostic::new(code, message, Label::new(attr.ty(), label))
    };
    if let Some(example) = &seen.misfit {
        let more = match seen.misfits {
            0 | 1 => "does not fit".to_owned(),
            2 => "does not fit, nor does another value".to_owned(),
            all => format!("does not fit, nor do {} other values", all - 1),
        };
        let finding = of_type(&codes::data::type_mismatch, example, &more, "this type does not fit");
        findings
            .push(finding.help("declare the column with a type that holds every value; `string` holds all"));
    }
    if let Some(example) = &seen.leading_zero {
        let finding = of_type(&codes::sample::leading_zeros, example, "begins with a zero", "drops the zero");
        findings.push(finding.help("declare the column as `string`"));
    }
    if let Some(example) = &seen.inexact {
        let what = "has more digits than a double holds";
        let finding = of_type(&codes::sample::digits_lost, example, what, "loses the last digits");
        findings.push(finding.help("declare the column as `string`, or as `long` if all values fit 64 bits"));
    }
    if let Some(example) = seen.time.as_ref().filter(|_| column.ty == ColumnType::Date) {
        let finding = of_type(&codes::sample::date_with_time, example, "has a time of day", "drops the time");
        findings.push(finding.help("declare the column as `datetime`"));
    }
    if let (Some((length, example)), Some((size, place))) = (&seen.longest, attr.size())
        && *length > size
    {
        let (name, value) = (&column.name, at(example));
        let message = format!("column `{name}` has room for {size} characters, but {value} has {length}");
        let finding = Diagnostic::new(&codes::sample::text_too_long, message, Label::new(place, "too small"));
        findings.push(finding.help("write a larger `columnsize`, or leave it out"));
    }
}

fn no_match(proof: &Proof<'_>, column: &PlanColumn, seen: &ColumnSurvey, attr: Attr<'_>) -> Diagnostic {
    let (name, rows) = (&column.name, count(proof.rows, "row"));
    let step = seen.broken.as_ref().map_or("", |broken| broken.step.as_str());
    let message = match step {
        "" => format!("column `{name}` has no value in any of {rows}"),
        step => format!("column `{name}` has no value in any of {rows}: there is no `{step}`"),
    };
    let label = Label::new(attr.step(step), "leads to nothing");
    let finding = Diagnostic::new(&codes::sample::column_no_match, message, label);
    match seen.broken.as_ref().and_then(|broken| broken.closest.as_deref()) {
        Some(near) if near.eq_ignore_ascii_case(step) => {
            finding.help(format!("did you mean `{near}`? names are told apart by case"))
        }
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if proof.strays.is_empty() => {
            finding.help("mend the path, or give a sample that has the member")
        }
        None => {
            let names = listed(&proof.strays.keys().map(String::as_str).collect::<Vec<_>>());
            finding
                .help(format!("mend the path, or give a sample that has the member; no column takes {names}"))
        }
    }
}

fn last_name(way: &str) -> &str {
    way.rsplit('/').next().unwrap_or(way)
}

/// `a`, `b`, and so many more.
fn listed(ways: &[&str]) -> String {
    let shown: Vec<_> = ways.iter().take(LISTED).map(|way| format!("`{way}`")).collect();
    let more = ways.len().saturating_sub(LISTED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{more}", shown.join(", "))
}

fn levels_missing<'a>(proof: &'a Proof<'_>, place: Span) -> impl Iterator<Item = Diagnostic> + 'a {
    proof.levels.iter().filter(|(_, is_there)| !**is_there && proof.rows > 0).map(move |(way, _)| {
        let message = format!("no sample has anything at `{way}`");
        Diagnostic::new(&codes::path::level_no_match, message, Label::new(place, "leads to nothing")).help(
            "see whether the row path is spelt as in the response; columns below it are null on all rows",
        )
    })
}

fn maps<'a>(proof: &'a Proof<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    proof.captures.iter().filter(|(_, captured)| !captured.is_there).map(|(place, captured)| {
        let message = format!("no sample has a value at `{}`", captured.path);
        let finding =
            Diagnostic::new(&codes::sample::map_no_match, message, Label::new(*place, "leads to nothing"));
        match &captured.closest {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => {
                finding.help("mend the path; on a last page it may be missing: give a sample of another page")
            }
        }
    })
}

fn next_pages<'a>(proof: &'a Proof<'_>, place: Span) -> impl Iterator<Item = Diagnostic> + 'a {
    let mut told = BTreeSet::new();
    let new = proof.unread.iter().filter(move |(_, evidence)| told.insert(evidence.field.clone()));
    new.map(move |(sample, evidence)| {
        let field = &evidence.field;
        let message = format!("{sample} names a next page at `{field}`, which the profile does not read");
        Diagnostic::new(&codes::sample::next_unread, message, Label::new(place, "only this page is read"))
            .help("set `pageurlpath`, `pagetokenpath` or `rows@next` to follow it")
    })
}

fn multiplied(product: &Product, place: Span) -> Diagnostic {
    let lists = product.lists.iter().map(|(way, records)| format!("{records} of `{way}`"));
    let message = format!(
        "{} come of {}, which are joined each with each",
        count(product.rows, "row"),
        lists.collect::<Vec<_>>().join(" and ")
    );
    Diagnostic::new(
        &codes::sample::rows_multiplied,
        message,
        Label::new(place, "joins lists that stand side by side"),
    )
    .help("set `DataModel` to `Relational` for a table of each list")
}

fn untaken(proof: &Proof<'_>, place: Span) -> Option<Diagnostic> {
    let broken = proof.columns.iter().flatten().filter_map(|seen| seen.broken.as_ref()?.closest.as_deref());
    // What a misspelt path should have taken is told there.
    let meant: BTreeSet<&str> = broken.collect();
    let ways: Vec<&str> = proof.strays.keys().map(String::as_str).collect();
    let ways: Vec<&str> = ways.into_iter().filter(|way| !meant.contains(last_name(way))).collect();
    if ways.is_empty() {
        return None;
    }
    let what = if ways.len() == 1 { "a member" } else { "members" };
    let message = format!("the rows have {what} that no column takes: {}", listed(&ways));
    let label = Label::new(place, "declares no column for them");
    Some(
        Diagnostic::new(&codes::sample::fields_untaken, message, label)
            .help("add an `attr` for what is wanted"),
    )
}
