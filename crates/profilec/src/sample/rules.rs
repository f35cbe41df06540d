//! What is wrong with a profile, as its samples show it.

use std::collections::BTreeSet;

use profilec_diagnostics::{Code, Diagnostic, Label, Severity, Span, codes};
use profilec_plan::{ColumnType, PlanColumn};
use profilec_rows::{Broken, ColumnSurvey, Example, Unfit, describe};
use profilec_syntax::Document;

use super::{
    attr::Attr,
    proof::{Product, Proof},
    secrets::shown,
    spelling::Spelling,
};
use crate::screen::count;

/// Names that are listed in a message.
const LISTED: usize = 20;
/// The help where no name is near.
const SPELLING: &str =
    "see whether the row path is spelt as in the response; columns below it are null on all rows";

/// What rules look at.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) document: &'a Document,
    pub(super) spelling: &'a Spelling<'a>,
}

/// All that the samples show of the rows of a table, or of a call that gives none.
pub(super) fn findings(proof: &Proof<'_>, cx: Cx<'_>) -> Vec<Diagnostic> {
    let mut findings = proof.findings.clone();
    if proof.pages == 0 {
        return findings;
    }
    let place = proof.rows_origin.unwrap_or(proof.plan.origin);
    findings.extend(levels_missing(proof, place, cx));
    findings.extend(maps(proof, cx));
    findings.extend(next_pages(proof, place));
    if let Some(reads) = &proof.reads {
        findings.extend(reads_missing(proof, reads, cx));
        return findings;
    }
    if proof.rows == 0 && proof.missing_levels().next().is_none() {
        findings.push(no_rows(proof, place));
    }
    for (at, (column, seen)) in proof.plan.columns.iter().zip(&proof.columns).enumerate() {
        let attr = Attr::of(column, cx.document);
        let unfit = proof.unfit.iter().filter(|unfit| unfit.column == at);
        findings.extend(unfit.map(|unfit| unfit_column(unfit, attr, cx)));
        if let Some(seen) = seen.as_ref().filter(|_| proof.rows > 0) {
            of_column(proof, column, seen, attr, cx, &mut findings);
        }
    }
    findings.extend(records_missing(proof, place));
    findings.extend(proof.product.as_ref().map(|product| multiplied(product, place)));
    findings
}

fn no_rows(proof: &Proof<'_>, place: Span) -> Diagnostic {
    let label = Label::new(place, "leads to no row");
    let of_table = proof.plan.relation.as_ref();
    let what = of_table.map_or(String::new(), |relation| format!(" of the table `{}`", relation.name));
    let mut finding =
        Diagnostic::new(&codes::sample::no_rows, format!("the samples have no row{what}"), label);
    if of_table.is_some_and(|relation| relation.parent.is_some()) {
        // That records hold no others is usual.
        finding.severity = Severity::Info;
    }
    finding.help("give a sample with rows: without them nothing is known of the columns")
}

/// Columns whose records came nowhere: lists are often empty, so that this is nothing to mend.
fn records_missing(proof: &Proof<'_>, place: Span) -> Option<Diagnostic> {
    let all = proof.plan.columns.iter().zip(&proof.columns);
    let unknown =
        all.filter(|(_, seen)| seen.as_ref().is_some_and(|seen| seen.hits == 0 && seen.has_no_record));
    let names: Vec<&str> = unknown.map(|(column, _)| column.name.as_str()).collect();
    if names.is_empty() || proof.rows == 0 {
        return None;
    }
    let message = format!("the samples have no record that could have {}", listed(&names));
    let label = Label::new(place, "leads to empty lists");
    let mut finding = Diagnostic::new(&codes::sample::no_rows, message, label);
    finding.severity = Severity::Info;
    Some(finding.help("give a sample in which these lists have elements"))
}

/// What the body of a call reads. That it is not there may be meant, unless it is spelt otherwise. Other calls may
/// read the same path, so that nothing mends it here alone.
fn reads_missing<'a>(
    proof: &'a Proof<'_>,
    reads: &'a [usize],
    cx: Cx<'a>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    reads.iter().filter_map(move |&at| {
        let (column, seen) = (proof.plan.columns.get(at)?, proof.columns.get(at)?.as_ref()?);
        let is_near = seen.broken.as_ref().is_some_and(|broken| broken.closest.is_some());
        (seen.hits == 0 && is_near && proof.rows > 0)
            .then(|| no_match(proof, column, seen, Attr::of(column, cx.document), cx).without_fixes())
    })
}

fn unfit_column(unfit: &Unfit, attr: Attr<'_>, cx: Cx<'_>) -> Diagnostic {
    let finding = unfit.finding.clone();
    match (&unfit.broken, attr.path()) {
        (Some(broken), Some(path)) => {
            cx.spelling.mended(finding, path, &broken.step, broken.closest.as_ref())
        }
        _ => finding,
    }
}

fn of_column(
    proof: &Proof<'_>,
    column: &PlanColumn,
    seen: &ColumnSurvey,
    attr: Attr<'_>,
    cx: Cx<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    // A path may well be empty where the script has the value.
    if seen.hits == 0 && !column.set_by_script {
        if !seen.has_no_record && !is_told_at_level(proof, seen) {
            findings.push(no_match(proof, column, seen, attr, cx));
        }
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

/// Whether the path breaks off where that to a whole level does.
fn is_told_at_level(proof: &Proof<'_>, seen: &ColumnSurvey) -> bool {
    seen.broken.is_some() && proof.missing_levels().any(|(_, broken)| broken == seen.broken.as_ref())
}

fn no_match(
    proof: &Proof<'_>,
    column: &PlanColumn,
    seen: &ColumnSurvey,
    attr: Attr<'_>,
    cx: Cx<'_>,
) -> Diagnostic {
    let (name, rows) = (&column.name, count(proof.rows, "row"));
    let step = seen.broken.as_ref().map_or("", |broken| broken.step.as_str());
    let message = match step {
        "" => format!("column `{name}` has no value in any of {rows}"),
        step => format!("column `{name}` has no value in any of {rows}: there is no `{step}`"),
    };
    let label = Label::new(attr.step(step), "leads to nothing");
    let mut finding = Diagnostic::new(&codes::sample::column_no_match, message, label);
    let near = seen.broken.as_ref().and_then(|broken| broken.closest.as_ref());
    if let Some(path) = attr.path() {
        finding = cx.spelling.mended(finding, path, step, near);
    }
    match near.map(|near| near.name.as_str()) {
        Some(near) if near.to_lowercase() == step.to_lowercase() => {
            finding.help(format!("did you mean `{near}`? names are told apart by case"))
        }
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None if proof.is_partial => {
            // Rows of another call may have it.
            finding.severity = Severity::Info;
            finding.help("mend the path, or give samples of all calls that give rows")
        }
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

fn levels_missing<'a>(
    proof: &'a Proof<'_>,
    place: Span,
    cx: Cx<'a>,
) -> impl Iterator<Item = Diagnostic> + 'a {
    // What lies in a level that is not there is told with it.
    let mut told = BTreeSet::new();
    let missing = proof
        .missing_levels()
        .filter(move |(way, broken)| told.insert(broken.map_or(*way, |broken| broken.step.as_str())));
    missing.map(move |(way, broken)| {
        let message = format!("no sample has anything at `{way}`");
        let finding =
            Diagnostic::new(&codes::path::level_no_match, message, Label::new(place, "leads to nothing"));
        let Some(Broken { step, closest }) = broken else { return finding.help(SPELLING) };
        let finding = cx.spelling.at_row_path(finding, step, closest.as_ref());
        match closest {
            Some(near) => finding.help(format!("did you mean `{}`?", near.name)),
            None => finding.help(SPELLING),
        }
    })
}

fn maps<'a>(proof: &'a Proof<'_>, cx: Cx<'a>) -> impl Iterator<Item = Diagnostic> + 'a {
    proof.captures.iter().filter(|(_, captured)| !captured.is_there).map(move |(place, captured)| {
        let message = format!("no sample has a value at `{}`", captured.path);
        let mut finding =
            Diagnostic::new(&codes::sample::map_no_match, message, Label::new(*place, "leads to nothing"));
        if let Some(Broken { step, closest: Some(near) }) = &captured.broken {
            let finding = cx.spelling.mended(finding, *place, step, Some(near));
            return finding.help(format!("did you mean `{}`?", near.name));
        }
        if proof.pages == 1 {
            // It may be the last one.
            finding.severity = Severity::Info;
        }
        finding.help("mend the path; on a last page it may be missing: give a sample of another page")
    })
}

fn next_pages<'a>(proof: &'a Proof<'_>, place: Span) -> impl Iterator<Item = Diagnostic> + 'a {
    let mut told = BTreeSet::new();
    // What a misspelt path should have taken is told there.
    let near = proof.captures.values().filter(|captured| !captured.is_there);
    let near = near.filter_map(|captured| Some(captured.broken.as_ref()?.closest.as_ref()?.name.as_str()));
    let meant: BTreeSet<&str> = near.collect();
    let unread = proof.unread.iter().filter(move |(_, evidence)| !meant.contains(last_name(&evidence.field)));
    let new = unread.filter(move |(_, evidence)| told.insert(evidence.field.clone()));
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

/// What the rows have and no column takes, of one table or of all that share the columns.
pub(super) fn untaken(proofs: &[Proof<'_>], document: &Document) -> Option<Diagnostic> {
    let tables: Vec<&Proof<'_>> =
        proofs.iter().filter(|proof| proof.reads.is_none() && proof.pages > 0).collect();
    let (first, others) = tables.split_first()?;
    let place = first.rows_origin.unwrap_or(first.plan.origin);
    let place = document.info.as_ref().map_or(place, |info| info.name.span);
    let columns = || tables.iter().flat_map(|proof| &proof.columns).flatten();
    let is_unlike = |proof: &&Proof<'_>| !proof.unfit.is_empty();
    if tables.iter().any(is_unlike) && columns().all(|seen| seen.hits == 0) {
        // Nothing agrees: these are no names.
        return None;
    }
    let broken = columns().filter_map(|seen| seen.broken.as_ref());
    let unfit = tables.iter().flat_map(|proof| &proof.unfit).filter_map(|unfit| unfit.broken.as_ref());
    let levels = tables.iter().flat_map(|proof| proof.missing_levels()).filter_map(|(_, broken)| broken);
    let broken = broken.chain(unfit).chain(levels);
    // What a misspelt path should have taken is told there.
    let meant: BTreeSet<&str> =
        broken.filter_map(|broken| Some(broken.closest.as_ref()?.name.as_str())).collect();
    let ways = first.strays.keys().map(String::as_str);
    let ways = ways.filter(|way| others.iter().all(|other| other.strays.contains_key(*way)));
    let ways: Vec<&str> = ways.filter(|way| !way.split('/').any(|name| meant.contains(name))).collect();
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
