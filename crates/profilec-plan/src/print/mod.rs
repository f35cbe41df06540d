//! A plan for people and for programs. Both tell the same facts, gathered once; neither shows a secret.

mod facts;
mod layout;
mod masks;
mod paging;
mod requests;
mod secrets;
mod text;
mod wire;

use std::fmt::Write as _;

use profilec_diagnostics::Source;

use crate::Plan;
use wire::{CallFacts, ColumnFacts, InputFacts, Pair, PlanFacts};

/// The longest body that is shown whole.
const BODY_SHOWN: usize = 200;

/// What would run, for people.
pub fn describe(plan: &Plan) -> String {
    let facts = facts::of(plan);
    let parent = facts.parent.as_ref().map_or_else(String::new, |parent| format!(", within {parent}"));
    let mut out = format!("table {}{parent}\n", facts.table);
    columns(&mut out, &facts.columns);
    inputs(&mut out, &facts);
    if !facts.origins.is_empty() {
        out.push_str("\ncredentials may go to\n");
        for origin in &facts.origins {
            line(&mut out, &[origin]);
        }
    }
    for (at, facts) in facts.calls.iter().enumerate() {
        let within = facts.within.map(|outer| format!(", for each row of request {outer}"));
        let _ = writeln!(out, "\nrequest {}{}", at + 1, within.unwrap_or_default());
        call(&mut out, facts);
    }
    out
}

/// The same as JSON text. Within a `version` members are added, never renamed. `source` is what the plan was made of.
pub fn to_json(plan: &Plan, source: &Source) -> String {
    let mut facts = facts::of(plan);
    for place in facts.calls.iter_mut().filter_map(|call| call.because.as_mut()) {
        source.file_at(place.start).name().clone_into(&mut place.path);
        (place.start, place.end) = (source.stored_offset(place.start), source.stored_offset(place.end));
    }
    let mut text = serde_json::to_string_pretty(&facts).unwrap_or_default();
    text.push('\n');
    text
}

/// An indented line of words, blank ones left out.
fn line(out: &mut String, words: &[&str]) {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    let _ = writeln!(out, "  {}", words.join("  ").trim_end());
}

fn columns(out: &mut String, columns: &[ColumnFacts]) {
    out.push_str("\ncolumns\n");
    let width = |of: fn(&ColumnFacts) -> &str| {
        columns.iter().map(|column| of(column).chars().count()).max().unwrap_or(0)
    };
    let (names, types) = (width(|column| &column.name), width(|column| &column.ty));
    for column in columns {
        let place = match (&column.path, column.set_by_script) {
            _ if column.numbers.is_some() => {
                format!("numbers the records of {}", column.numbers.as_deref().unwrap_or_default())
            }
            (Some(path), false) => path.clone(),
            (Some(path), true) => format!("{path}, unless the script sets it"),
            (None, true) => "set by the script".to_owned(),
            (None, false) => "always null".to_owned(),
        };
        let filter = column.filter.as_ref().map(|name| format!("fills {{{name}}}")).unwrap_or_default();
        let key = if column.key { "key" } else { "" };
        line(
            out,
            &[&format!("{:names$}", column.name), &format!("{:types$}", column.ty), &place, key, &filter],
        );
    }
}

fn inputs(out: &mut String, facts: &PlanFacts) {
    if !facts.inputs.is_empty() {
        out.push_str("\ninputs\n");
    }
    let width = facts.inputs.iter().map(|input| input.name.chars().count()).max().unwrap_or(0);
    for input in &facts.inputs {
        line(out, &[&format!("{:width$}", input.name), &input_notes(input)]);
    }
    let undeclared: Vec<String> =
        facts.undeclared_inputs.iter().map(|name| format!("_input.{name}")).collect();
    let options: Vec<String> = facts.connection.iter().map(|name| format!("_connection.{name}")).collect();
    if !(undeclared.is_empty() && options.is_empty()) {
        out.push_str("\nalso read\n");
        for name in undeclared.iter().chain(&options) {
            line(out, &[name]);
        }
    }
}

fn input_notes(input: &InputFacts) -> String {
    let mut notes = Vec::new();
    if input.required {
        notes.push("required".to_owned());
    }
    notes.extend(input.default.as_ref().map(|default| format!("default `{default}`")));
    if !input.values.is_empty() {
        notes.push(format!("one of {}", input.values.join(", ")));
    }
    notes.extend(input.filter.as_ref().map(|name| format!("fills {{{name}}}")));
    if !input.read && input.filter.is_none() {
        notes.push("not read by name".to_owned());
    }
    notes.join("; ")
}

fn call(out: &mut String, facts: &CallFacts) {
    let label = |out: &mut String, label: &str, values: &[String]| {
        for (at, value) in values.iter().enumerate() {
            let label = if at == 0 { label } else { "or" };
            line(out, &[&format!("{label:9}"), value]);
        }
    };
    let pairs = |out: &mut String, name: &str, pairs: &[Pair], sign: &str| {
        for pair in pairs {
            line(out, &[&format!("{name:9}"), &format!("{}{sign}{}", pair.name, pair.value)]);
        }
    };
    label(out, "method", &facts.method);
    label(out, "url", &facts.url);
    pairs(out, "parameter", &facts.parameters, " = ");
    pairs(out, "header", &facts.headers, ": ");
    let bodies: Vec<String> = facts.body.iter().map(|body| shorten(body)).collect();
    label(out, "body", &bodies);
    pairs(out, "setting", &facts.settings, " = ");
    pairs(out, "variable", &facts.variables, " = ");
    let mut reads = vec![facts.format.clone()];
    reads.extend(facts.layout.iter().cloned());
    label(out, "reads", &[reads.join(", ")]);
    label(out, "rows at", &facts.rows);
    pairs(out, "captures", &facts.captures, " from ");
    paging(out, facts);
    line(out, &[&format!("{:9}", "body runs"), &why(facts)]);
}

fn paging(out: &mut String, facts: &CallFacts) {
    let paging = &facts.paging;
    let switch =
        if paging.kind == "none" || paging.enabled { "" } else { ", but `EnablePaging` is not true" };
    line(out, &[&format!("{:9}", "paging"), &format!("{}{switch}", paging.kind)]);
    for pair in &paging.values {
        line(out, &[&format!("{:9}", ""), &format!("{} = {}", pair.name, pair.value)]);
    }
}

fn why(facts: &CallFacts) -> String {
    if facts.runs == "page" {
        return "once a page".to_owned();
    }
    if facts.row_columns.is_empty() && facts.asks {
        return "once a row, because it sends requests".to_owned();
    }
    if facts.row_columns.is_empty() {
        return "once a row, because it reads what the row before left or draws at random".to_owned();
    }
    let names: Vec<String> = facts.row_columns.iter().map(|name| format!("`{name}`")).collect();
    let asks = if facts.asks { "sends requests and " } else { "" };
    format!("once a row, because it {asks}reads {}", names.join(", "))
}

/// One line, cut where it is long.
fn shorten(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= BODY_SHOWN {
        return flat;
    }
    let start: String = flat.chars().take(BODY_SHOWN).collect();
    format!("{start}…")
}
