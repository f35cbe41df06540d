//! What is set when a call is reached: the program run without values, branches side by side.

use std::collections::BTreeMap;

use profilec_diagnostics::Span;

use profilec_vocabulary::operation_input;

use crate::walk::Access;
use crate::{Block, Call, Plan, Statement, StatementKind, Target, Template};

/// A name in an item (lower case; empty: the default item) with its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) item: String,
    pub(crate) name: String,
    pub(crate) number: u32,
}

/// The alternatives of a name's value: branches may have set it differently.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'p> {
    pub(crate) written: &'p str,
    pub(crate) values: Vec<&'p Template>,
    /// Every branch sets it.
    pub(crate) sure: bool,
}

pub(crate) type Sets<'p> = BTreeMap<Key, Entry<'p>>;

/// A call, and what the script has set for its operation by then.
#[derive(Clone, Debug)]
pub struct CallSets<'p> {
    /// The call.
    pub call: &'p Call,
    /// By name; of several items that it reads, the first before the others.
    pub names: Vec<SetName<'p>>,
}

/// A name that is set.
#[derive(Clone, Debug)]
pub struct SetName<'p> {
    /// Lower case, without its number; of several spellings the vocabulary's.
    pub name: String,
    /// Its number, 1 without one.
    pub number: u32,
    /// Its text, when every branch sets the same and nothing of it is computed.
    pub text: Option<&'p str>,
    /// The place of (the first of) its values.
    pub origin: Span,
}

/// What is set when each call is reached, calls in order. Names that are computed are not among them, nor is
/// what a call reads from items with computed names.
pub fn sets_at_calls(plan: &Plan) -> Vec<CallSets<'_>> {
    let mut found = Vec::new();
    run(&plan.body, &mut Sets::new(), &mut |call, sets| {
        let items = items_read(call);
        let names = items.iter().flat_map(|item| sets.iter().filter(move |(key, _)| key.item == *item));
        let names = names.map(|(key, entry)| SetName {
            name: key.name.clone(),
            number: key.number,
            text: entry.literal(),
            origin: entry.values.first().map(|value| value.origin).unwrap_or_default(),
        });
        found.push(CallSets { call, names: names.collect() });
    });
    found
}

/// The items that a call reads, the default one without a name; none when they are computed.
pub(crate) fn items_read(call: &Call) -> Vec<String> {
    match &call.input {
        Some(input) => input.names().unwrap_or_default(),
        None => vec![String::new()],
    }
}

impl<'p> Entry<'p> {
    fn literal(&self) -> Option<&'p str> {
        match self.values.as_slice() {
            [value] if self.sure => value.literal(),
            _ => None,
        }
    }
}

/// Runs a block; `reached` is told of each call and of what is set by then.
pub(crate) fn run<'p>(block: &'p Block, sets: &mut Sets<'p>, reached: &mut dyn FnMut(&'p Call, &Sets<'p>)) {
    for Statement { kind, .. } in block {
        match kind {
            StatementKind::Set { target, value } => set(target, value, sets),
            StatementKind::Unset(target) => {
                if let Some((key, _)) = key(target, sets) {
                    sets.remove(&key);
                }
            }
            StatementKind::UnsetItem(item) => {
                let item = item.literal().map(|item| item.trim().to_lowercase());
                sets.retain(|key, _| Some(&key.item) != item.as_ref());
            }
            StatementKind::Call(call) => {
                reached(call, sets);
                // The row's own names are gone after it; those of named items stay.
                let mut end = branch_end(call.body.block(), sets, reached);
                end.retain(|key, _| !key.item.is_empty());
                end.extend(
                    sets.iter()
                        .filter(|(key, _)| key.item.is_empty())
                        .map(|(key, entry)| (key.clone(), entry.clone())),
                );
                *sets = joined(std::mem::take(sets), end);
            }
            StatementKind::Block(inner) => run(inner, sets, reached),
            StatementKind::If { .. } | StatementKind::Select(_) => {
                let mut ends = kind.blocks().into_iter().map(|branch| branch_end(branch, sets, reached));
                let first = ends.next();
                let end = ends.collect::<Vec<_>>().into_iter().fold(first.unwrap_or_default(), joined);
                *sets = end;
            }
            StatementKind::Enum { .. } | StatementKind::Try { .. } => {
                for inner in kind.blocks() {
                    let end = branch_end(inner, sets, reached);
                    *sets = joined(std::mem::take(sets), end);
                }
            }
            _ => {}
        }
    }
}

fn branch_end<'p>(
    branch: &'p Block,
    sets: &Sets<'p>,
    reached: &mut dyn FnMut(&'p Call, &Sets<'p>),
) -> Sets<'p> {
    let mut end = sets.clone();
    run(branch, &mut end, reached);
    end
}

fn joined<'p>(mut sets: Sets<'p>, more: Sets<'p>) -> Sets<'p> {
    for (key, entry) in &mut sets {
        entry.sure &= more.contains_key(key);
    }
    for (key, entry) in more {
        match sets.get_mut(&key) {
            None => {
                sets.insert(key, Entry { sure: false, ..entry });
            }
            Some(known) => {
                known.sure &= entry.sure;
                for value in entry.values {
                    if !known.values.iter().any(|other| std::ptr::eq(*other, value)) {
                        known.values.push(value);
                    }
                }
            }
        }
    }
    sets
}

fn set<'p>(target: &'p Target, value: &'p Template, sets: &mut Sets<'p>) {
    if let Some((key, written)) = key(target, sets) {
        sets.insert(key, Entry { written, values: vec![value], sure: true });
    }
}

/// A target's key, and its name as written. Computed names have none: nobody knows them before the run.
fn key<'p>(target: &'p Target, sets: &Sets<'p>) -> Option<(Key, &'p str)> {
    let written = target.attribute.literal()?;
    let access = Access::new(target.item.as_ref(), &target.attribute);
    if target.item.is_some() && access.item.is_none() {
        return None;
    }
    let (item, name) = (access.item.unwrap_or_default(), canonical(access.attribute?));
    let (_, number) = written.split_once('#').unwrap_or((written, "1"));
    let number = number.trim().parse().unwrap_or_else(|_| {
        let last = sets.keys().filter(|key| key.item == item && key.name == name).map(|key| key.number).max();
        last.unwrap_or(0).saturating_add(1)
    });
    Some((Key { item, name, number }, written))
}

/// The known name that it is a spelling of (lower case), or it itself.
fn canonical(name: String) -> String {
    match operation_input(&name).map(|input| input.parameter.name) {
        Some(known) if !known.ends_with('*') => known.trim_end_matches('#').to_lowercase(),
        _ => name,
    }
}
