//! The names that have values at a moment of the abstract run, with a trail to go back.

use std::collections::{BTreeMap, BTreeSet};

use super::Reaching;
use crate::names::is_marker;

/// Places kept for a name; beyond, only that there are many.
const MAX_PLACES: usize = 8;

/// A name in its item: the level of a default item, from 0, or 0 with `item.name`.
pub(super) type Key = (usize, String);

/// What branches changed: each name with its value there.
pub(super) type Changes = BTreeMap<Key, Reaching>;

/// Values by name.
#[derive(Debug, Default)]
pub(super) struct Env {
    vars: BTreeMap<Key, Reaching>,
    trail: Vec<(Key, Option<Reaching>)>,
    /// Other names of the default item of each call's body that runs, lower case.
    aliases: Vec<Vec<String>>,
    /// Dotted names of columns, lower case: they are no attributes of items.
    dotted_columns: BTreeSet<String>,
}

/// A name, lower case and without the number of a first value.
pub(super) fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase();
    match name.strip_suffix("#1").or_else(|| name.strip_suffix('#')) {
        Some(bare) => bare.to_owned(),
        None => name,
    }
}

impl Env {
    pub(super) fn new(dotted_columns: BTreeSet<String>) -> Self {
        Self { dotted_columns, ..Self::default() }
    }

    /// How many calls' bodies run.
    pub(super) fn level(&self) -> usize {
        self.aliases.len()
    }

    pub(super) fn enter(&mut self, aliases: Vec<String>) {
        self.aliases.push(aliases);
    }

    pub(super) fn leave(&mut self) {
        self.aliases.pop();
    }

    fn level_of(&self, item: &str) -> Option<usize> {
        if item == "_" || item == "_out" {
            return Some(self.level());
        }
        if let Some(depth) = item.strip_prefix("_out").and_then(|depth| depth.parse().ok()) {
            return Some(depth);
        }
        self.aliases.iter().rposition(|names| names.iter().any(|name| name == item)).map(|at| at + 1)
    }

    fn in_item(&self, item: &str, name: &str) -> Key {
        match self.level_of(item) {
            Some(level) => (level, name.to_owned()),
            // The marker stands in `_input` and in the lowest default item alike.
            None if item == "_input" && is_marker(name) => (0, name.to_owned()),
            None => (0, format!("{item}.{name}")),
        }
    }

    /// Where a written name goes.
    pub(super) fn key(&self, item: Option<&str>, name: &str) -> Key {
        let name = folded(name);
        if let Some(item) = item {
            return self.in_item(&item.trim().to_lowercase(), &name);
        }
        match name.split_once('.') {
            Some((item, rest)) if !self.dotted_columns.contains(&name) && is_item(item) => {
                self.in_item(item, rest)
            }
            _ => (self.level(), name),
        }
    }

    /// What a read of this name finds.
    pub(super) fn read(&self, name: &str) -> Reaching {
        let name = folded(name);
        if let Some((item, rest)) = name.split_once('.')
            && let Some(found) = self.vars.get(&self.in_item(item, rest))
        {
            return found.clone();
        }
        let mut found = Reaching::default();
        let mut key = (0, name);
        for level in (0..=self.level()).rev() {
            key.0 = level;
            let Some(var) = self.vars.get(&key) else { continue };
            merge(&mut found, var);
            if var.certain {
                found.certain = true;
                break;
            }
        }
        found
    }

    /// The names of default items from a prefix on (an item's, when one is named), and what they hold.
    pub(super) fn prefixed(&self, item: Option<&str>, prefix: &str) -> Vec<String> {
        let mut names = Vec::new();
        let mut take = |level: usize, full: &str, cut: usize| {
            let range = self.vars.range((level, full.to_owned())..);
            let own = range.take_while(|((at, name), _)| *at == level && name.starts_with(full));
            names.extend(own.filter_map(|((_, name), _)| name.get(cut..).map(str::to_owned)));
        };
        match item {
            Some(item) => match self.level_of(item) {
                Some(level) => take(level, prefix, 0),
                None => take(0, &format!("{item}.{prefix}"), item.len() + 1),
            },
            None => (0..=self.level()).for_each(|level| take(level, prefix, 0)),
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    pub(super) fn set(&mut self, key: Key, value: Reaching) {
        let old = self.vars.insert(key.clone(), value);
        self.trail.push((key, old));
    }

    /// The name may have this value besides what it has.
    pub(super) fn may_set(&mut self, key: Key, value: &Reaching) {
        let mut merged = self.vars.get(&key).cloned().unwrap_or_default();
        let certain = merged.certain;
        merge(&mut merged, value);
        merged.certain = certain;
        self.set(key, merged);
    }

    /// The name may have lost its value.
    pub(super) fn may_unset(&mut self, key: Key) {
        if let Some(known) = self.vars.get(&key).cloned() {
            self.set(key, Reaching { certain: false, ..known });
        }
    }

    /// A moment to go back to.
    pub(super) fn mark(&self) -> usize {
        self.trail.len()
    }

    /// Goes back to a moment; gives what was changed since, as it was at the end.
    pub(super) fn rewind(&mut self, mark: usize) -> Changes {
        let mut changes = Changes::new();
        while self.trail.len() > mark {
            let Some((key, old)) = self.trail.pop() else { break };
            let last = match old {
                Some(old) => self.vars.insert(key.clone(), old),
                None => self.vars.remove(&key),
            };
            changes.entry(key).or_insert_with(|| last.unwrap_or_default());
        }
        changes
    }

    /// Goes on where branches that all start here meet: one of them has run.
    pub(super) fn join(&mut self, branches: &[Changes]) {
        let mut keys: Vec<&Key> = branches.iter().flat_map(Changes::keys).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let before = self.vars.get(key).cloned().unwrap_or_default();
            let mut joined: Option<Reaching> = None;
            for branch in branches {
                let value = branch.get(key).unwrap_or(&before);
                match &mut joined {
                    None => joined = Some(value.clone()),
                    Some(joined) => {
                        let certain = joined.certain && value.certain;
                        merge(joined, value);
                        joined.certain = certain;
                    }
                }
            }
            self.set(key.clone(), joined.unwrap_or_default());
        }
    }

    /// The changes may have happened, or some of them.
    pub(super) fn may_apply(&mut self, changes: Changes) {
        for (key, value) in changes {
            self.may_set(key, &value);
        }
    }
}

/// Whether the part before a dot can be an item's name.
fn is_item(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Adds the places of another.
fn merge(into: &mut Reaching, other: &Reaching) {
    into.many |= other.many;
    into.places.extend(&other.places);
    into.places.sort_unstable();
    into.places.dedup();
    if into.places.len() > MAX_PLACES {
        into.many = true;
    }
    if into.many {
        into.places.clear();
    }
}
