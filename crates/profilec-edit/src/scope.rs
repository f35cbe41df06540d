//! Names that have a value: those of the profile, then those of the language.

use std::collections::BTreeMap;

use profilec_diagnostics::{LineIndex, Span};
use profilec_syntax::{Part, Source, Text, parse_template};
use profilec_vocabulary::{
    BUILT_IN_ITEMS, BuiltInItem, CONTROL_ATTRIBUTES, Declaration, OPERATION_INPUTS, OPERATION_OUTPUTS,
    OperationId, OperationInput, OperationOutput, Parameter, Support, built_in_item, connection_options,
    operation_input,
};

use crate::complete::{Candidate, CandidateKind, is_offered, sorted};
use crate::context::Context;
use crate::describe;
use crate::names::{Made, Name, inputs_read};

const INPUTS: &str = "_input";
const OPTIONS: &str = "_connection";

/// What may stand in a reference behind `[`; `typed` is what stands there up to the place.
pub(crate) fn references(context: &Context<'_>, typed: &str) -> Vec<Candidate> {
    let names = context.names();
    if let Some(item) = item_of(typed, &names) {
        return prefixed(item, of_item(context, &names, item));
    }
    let own = names.iter().filter(|name| is_variable(name)).map(|name| (full(name), name));
    let mut candidates = described(context, own);
    candidates.extend(sorted(made_items(&names).map(|name| item(name, describe_item(name)))));
    let around = context.keywords();
    let control = CONTROL_ATTRIBUTES.iter().filter(|known| {
        known.support == Support::Runs && known.added_by.iter().any(|keyword| around.contains(keyword))
    });
    candidates.extend(control.map(|known| {
        let markdown = describe::entry(known.name, known.doc, known.support, "");
        Candidate::new(CandidateKind::Name, known.name, markdown)
    }));
    candidates.extend(outputs(context));
    candidates.extend(built_in_items());
    candidates.retain(|candidate| is_reference(&candidate.label));
    candidates
}

/// The names that a conditional may ask for: of an item, or of the default item.
pub(crate) fn readable(context: &Context<'_>, item: Option<&str>) -> Vec<Candidate> {
    let names = context.names();
    match item {
        Some(item) if !item.is_empty() => of_item(context, &names, item),
        _ => {
            let mut candidates = references(context, "");
            candidates.retain(|candidate| candidate.kind != CandidateKind::Item);
            candidates
        }
    }
}

/// The names that `set` may set.
pub(crate) fn set_names(context: &Context<'_>, item: Option<&str>, typed: &str) -> Vec<Candidate> {
    let names = context.names();
    match item {
        Some(item) if !item.is_empty() => settable(context, &names, item),
        _ => match item_of(typed, &names) {
            Some(item) => prefixed(item, settable(context, &names, item)),
            None => settable(context, &names, ""),
        },
    }
}

/// The inputs that may be given in an `op` behind the operation's name.
pub(crate) fn query_names(context: &Context<'_>, of: OperationId) -> Vec<Candidate> {
    inputs(&context.names(), "", &[of])
}

/// The names that a value of the response may become.
pub(crate) fn mapped_names(context: &Context<'_>) -> Vec<Candidate> {
    let names = context.names();
    let own = names.iter().filter(|name| is_variable(name) && !matches!(name.made, Made::Input(_)));
    let mut candidates = described(context, own.map(|name| (name.spelling(), name)));
    candidates.extend(marker());
    candidates
}

/// The names that the script sets as columns, or reads as inputs, and that are not declared yet.
pub(crate) fn undeclared(context: &Context<'_>, declared: Declaration) -> Vec<Candidate> {
    let names = context.names();
    let is_declared = |name: &str| {
        let is = |known: &&Name| known.attribute.eq_ignore_ascii_case(name);
        match declared {
            Declaration::Input => names.iter().filter(is).any(|known| matches!(known.made, Made::Input(_))),
            _ => names.iter().filter(is).any(|known| matches!(known.made, Made::Column(_))),
        }
    };
    let is_new = |name: &str| !is_declared(name) && !name.contains('.') && operation_input(name).is_none();
    if declared != Declaration::Input {
        let own = names.iter().filter(|name| matches!(name.made, Made::Set | Made::Mapped));
        let own = own.filter(|name| name.item.is_empty() && is_new(&name.attribute));
        return described(context, own.map(|name| (name.attribute.clone(), name)));
    }
    let lines = LineIndex::new(context.text);
    let read = inputs_read(context.document).into_iter().filter(|(name, _)| is_new(name));
    let mut candidates = sorted(read.map(|(name, span)| {
        let line = lines.line_of(span.start()).saturating_add(1);
        let markdown = describe::name(&name, &[format!("- read in line {line}")]);
        Candidate::new(CandidateKind::Name, name, markdown)
    }));
    candidates.extend(marker().filter(|marker| !is_declared(&marker.label)));
    candidates
}

/// The items that may be named.
pub(crate) fn items(context: &Context<'_>) -> Vec<Candidate> {
    let names = context.names();
    let mut candidates = sorted(made_items(&names).map(|name| item(name, describe_item(name))));
    candidates.extend(built_in_items());
    candidates
        .into_iter()
        .map(|candidate| Candidate { insert: candidate.label.clone(), ..candidate })
        .collect()
}

/// Where a name has its value from, a line each.
pub(crate) fn origins<'n>(text: &str, names: impl IntoIterator<Item = &'n Name>) -> Vec<String> {
    let lines = LineIndex::new(text);
    names.into_iter().map(|name| origin(&lines, name)).collect()
}

fn origin(lines: &LineIndex, name: &Name) -> String {
    let line = lines.line_of(name.span.start()).saturating_add(1);
    match &name.made {
        Made::Input(ty) => format!("- input, {}, line {line}", describe::code(ty)),
        Made::Column(ty) => format!("- column, {}, line {line}", describe::code(ty)),
        Made::Set => format!("- set in line {line}"),
        Made::Mapped => format!("- taken from the response, line {line}"),
        Made::Item => format!("- output item of the call in line {line}"),
    }
}

/// What an item has: names of the profile, columns of output items, options of the connection.
fn of_item(context: &Context<'_>, names: &[Name], item: &str) -> Vec<Candidate> {
    if item.eq_ignore_ascii_case(OPTIONS) {
        let options = connection_options().into_iter().filter(|option| is_offered(option.support));
        let one = |option: &Parameter| {
            Candidate::new(CandidateKind::Option, option.name, describe::parameter(option.name, option))
        };
        return options.map(one).collect();
    }
    let mut candidates = described(context, attributes(names, item));
    if item.eq_ignore_ascii_case(INPUTS) {
        candidates.extend(marker());
    }
    candidates
}

fn settable(context: &Context<'_>, names: &[Name], item: &str) -> Vec<Candidate> {
    let known = |(label, _): &(String, &Name)| operation_input(label).is_none();
    let mut candidates = if item.is_empty() {
        let own = names.iter().filter(|name| is_variable(name)).map(|name| (full(name), name));
        described(context, own.filter(known))
    } else {
        described(context, attributes(names, item).filter(known))
    };
    if item.eq_ignore_ascii_case(INPUTS) {
        candidates.extend(marker());
        return candidates;
    }
    candidates.extend(inputs(names, item, &context.called()));
    candidates
}

/// The inputs that one of these operations reads; without any, those of requests that give rows.
fn inputs(names: &[Name], item: &str, called: &[OperationId]) -> Vec<Candidate> {
    let gives_rows = |id: &OperationId| matches!(id, OperationId::FetchRows(_));
    let is_read = |input: &&OperationInput| {
        input.read_by.iter().any(|id| called.contains(id) || (called.is_empty() && gives_rows(id)))
    };
    let inputs = OPERATION_INPUTS.iter().filter(|input| is_offered(input.parameter.support));
    sorted(inputs.filter(is_read).map(|input| input_candidate(input, names, item)))
}

/// An input of operations; one of a numbered family with the next free number.
fn input_candidate(input: &OperationInput, names: &[Name], item: &str) -> Candidate {
    let known = &input.parameter;
    let one = |label: String, insert: String| {
        let markdown = describe::parameter(known.name, known);
        let candidate = Candidate::new(CandidateKind::Input, label, markdown);
        candidate.inserting(insert).legacy(known.support == Support::NoEffect)
    };
    if let Some(start) = known.name.strip_suffix('*') {
        return one(known.name.to_owned(), start.to_owned());
    }
    let Some(stem) = known.name.strip_suffix('#') else {
        return one(known.name.to_owned(), known.name.to_owned());
    };
    let is_own = |name: &&Name| {
        name.made == Made::Set
            && name.item.eq_ignore_ascii_case(item)
            && name.attribute.eq_ignore_ascii_case(stem)
    };
    let last = names.iter().filter(is_own).map(|name| name.number).max();
    let label = match last {
        None if input.pair.is_none() => stem.to_owned(),
        last => format!("{stem}#{}", last.unwrap_or(0).saturating_add(1)),
    };
    one(label.clone(), label)
}

/// The marker of the next page.
pub(crate) fn marker() -> Option<Candidate> {
    let known = &operation_input("rows@next")?.parameter;
    let markdown = describe::parameter(known.name, known);
    Some(Candidate::new(CandidateKind::Input, known.name, markdown))
}

/// What operations give besides columns, within a call.
fn outputs(context: &Context<'_>) -> Vec<Candidate> {
    let called = context.called();
    let given = OPERATION_OUTPUTS.iter().filter(|output| {
        output.parameter.support == Support::Runs && output.given_by.iter().any(|id| called.contains(id))
    });
    let one = |output: &OperationOutput| {
        let known = &output.parameter;
        let markdown = describe::parameter(known.name, known);
        let candidate = Candidate::new(CandidateKind::Input, known.name, markdown);
        candidate.inserting(known.name.trim_end_matches('*'))
    };
    given.map(one).collect()
}

/// The names that an item has, without the item.
fn attributes<'n>(names: &'n [Name], item: &str) -> impl Iterator<Item = (String, &'n Name)> {
    let gives_rows =
        names.iter().any(|name| name.made == Made::Item && name.attribute.eq_ignore_ascii_case(item));
    let is_inputs = item.eq_ignore_ascii_case(INPUTS);
    let item = if item == "_" { String::new() } else { item.to_lowercase() };
    names.iter().filter_map(move |name| {
        let within = name.attribute.split_once('.').filter(|(own, _)| own.eq_ignore_ascii_case(&item));
        let own = match name.made {
            Made::Input(_) => is_inputs.then_some(name.attribute.as_str()),
            Made::Column(_) => (gives_rows || item.is_empty()).then_some(name.attribute.as_str()),
            Made::Set if name.item.eq_ignore_ascii_case(&item) => Some(name.attribute.as_str()),
            Made::Set | Made::Mapped if name.item.is_empty() => within.map(|(_, own)| own),
            _ => None,
        };
        Some((own?.to_owned(), name))
    })
}

/// The item that a name which is being typed begins with, when there is one.
fn item_of<'t>(typed: &'t str, names: &[Name]) -> Option<&'t str> {
    let (item, _) = typed.split_once('.')?;
    let is_made = || made_items(names).any(|made| made.eq_ignore_ascii_case(item));
    let is_built_in = || built_in_item(item).is_some_and(|known| known.support == Support::Runs);
    (is_built_in() || is_made()).then_some(item)
}

/// The items that the profile makes, with repetitions.
fn made_items(names: &[Name]) -> impl Iterator<Item = &str> {
    let known = |item: &&str| !item.is_empty() && built_in_item(item).is_none();
    let item = |name| {
        let Name { item, attribute, made, .. }: &Name = name;
        if *made == Made::Item { attribute.as_str() } else { item.as_str() }
    };
    names.iter().map(item).filter(known)
}

fn built_in_items() -> impl Iterator<Item = Candidate> {
    // Numbered ones are written by nobody before the number is known.
    let runs = |known: &&BuiltInItem| known.support == Support::Runs && !known.name.ends_with('#');
    let one =
        |known: &BuiltInItem| item(known.name, describe::entry(known.name, known.doc, known.support, ""));
    BUILT_IN_ITEMS.iter().filter(runs).map(one)
}

/// Whether it is a name to read: no item, and none of a numbered family, which only operations read.
fn is_variable(name: &Name) -> bool {
    let is_family = |input: &OperationInput| input.parameter.name.ends_with('#');
    name.made != Made::Item && !operation_input(&name.attribute).is_some_and(is_family)
}

/// A name as references write it.
fn full(name: &Name) -> String {
    match name.made {
        Made::Input(_) => format!("{INPUTS}.{}", name.attribute),
        _ => name.spelling(),
    }
}

fn item(name: &str, markdown: String) -> Candidate {
    Candidate::new(CandidateKind::Item, name, markdown).inserting(format!("{name}."))
}

fn describe_item(name: &str) -> String {
    format!("{}: an item of the script", describe::code(name))
}

fn prefixed(item: &str, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let one = |candidate: Candidate| Candidate {
        label: format!("{item}.{}", candidate.label),
        insert: format!("{item}.{}", candidate.insert),
        ..candidate
    };
    candidates.into_iter().map(one).collect()
}

/// One candidate for each label, alphabetical, with all places that it has its value from.
fn described<'n>(context: &Context<'_>, names: impl Iterator<Item = (String, &'n Name)>) -> Vec<Candidate> {
    let mut labels: BTreeMap<String, (String, Vec<&Name>)> = BTreeMap::new();
    for (label, name) in names {
        labels.entry(label.to_lowercase()).or_insert_with(|| (label, Vec::new())).1.push(name);
    }
    let lines = LineIndex::new(context.text);
    let one = |(label, names): (String, Vec<&Name>)| {
        let origins: Vec<String> = names.into_iter().map(|name| origin(&lines, name)).collect();
        let markdown = describe::name(&label, &origins);
        Candidate::new(CandidateKind::Name, label, markdown)
    };
    labels.into_values().map(one).collect()
}

/// Whether a name in brackets is a reference to it.
fn is_reference(name: &str) -> bool {
    let (template, _) = parse_template(Text::verbatim(format!("[{name}]"), Span::at(0)));
    let [Part::Reference(reference)] = template.parts.as_slice() else { return false };
    matches!(&reference.source, Source::Name(parts) if matches!(parts.as_slice(), [Part::Literal(_)]))
}
