//! What an operation reads: attributes of the environment, then connection options of the same name.

use std::collections::BTreeMap;

use crate::script::{Attribute, Environment, Item, Value};

/// The inputs of one operation.
#[derive(Debug)]
pub(crate) struct OperationInputs<'e> {
    /// The nearest first.
    items: Vec<&'e Item>,
    /// Also attributes that the script did not write. Off for default items: a row's column `data` or
    /// `method` must not become a part of a request.
    unwritten: bool,
    connection: &'e Item,
}

/// The inputs of a call as they stood when it was met.
#[derive(Clone, Debug)]
pub(crate) struct Snapshot {
    items: Vec<Item>,
    unwritten: bool,
}

impl Snapshot {
    /// The inputs, to be read again.
    pub(crate) fn inputs<'e>(&'e self, connection: &'e Item) -> OperationInputs<'e> {
        OperationInputs { items: self.items.iter().collect(), unwritten: self.unwritten, connection }
    }
}

impl<'e> OperationInputs<'e> {
    /// The items of `in="a,b"`, else the default items.
    pub(crate) fn new(environment: &'e Environment, input: Option<&str>, connection: &'e Item) -> Self {
        let (items, unwritten) = match input {
            Some(names) => {
                (names.split(',').filter_map(|name| environment.item(name.trim())).collect(), true)
            }
            None => (environment.default_items().collect(), false),
        };
        Self { items, unwritten, connection }
    }

    /// Those of one item, whatever the run has done.
    pub(crate) fn of(item: &'e Item, connection: &'e Item) -> Self {
        Self { items: vec![item], unwritten: false, connection }
    }

    /// What the operation reads, as it stands now: the inputs of a call hold for all its pages.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot { items: self.items.iter().map(|item| (*item).clone()).collect(), unwritten: self.unwritten }
    }

    /// The first value under one of these names: the script's, else the connection's.
    pub(crate) fn value(&self, names: &[&str]) -> Option<&'e Value> {
        let scripted = names.iter().find_map(|name| self.scripted(name));
        scripted.or_else(|| names.iter().find_map(|name| self.connection.attribute(name)?.first()))
    }

    /// The value under this name that is not empty.
    pub(crate) fn text(&self, names: &[&str]) -> Option<&'e str> {
        self.value(names).map(|value| value.text.as_str()).filter(|text| !text.trim().is_empty())
    }

    fn attributes(&self) -> impl Iterator<Item = (&'e str, &'e Attribute)> {
        let unwritten = self.unwritten;
        let all = self.items.iter().flat_map(|item| item.iter());
        all.filter(move |(_, attribute)| unwritten || attribute.by_script)
    }

    fn scripted(&self, name: &str) -> Option<&'e Value> {
        self.items
            .iter()
            .find_map(|item| item.attribute(name).filter(|found| self.unwritten || found.by_script)?.first())
    }

    /// The values of a numbered family by index, of nearer items first; where the script has none, the
    /// connection's.
    pub(crate) fn family(&self, name: &str) -> BTreeMap<u32, &'e Value> {
        let mut found = BTreeMap::new();
        for (_, attribute) in self.attributes().filter(|(other, _)| other.eq_ignore_ascii_case(name)) {
            for (index, value) in &attribute.values {
                found.entry(*index).or_insert(value);
            }
        }
        if found.is_empty()
            && let Some(attribute) = self.connection.attribute(name)
        {
            found.extend(attribute.values.iter().map(|(index, value)| (*index, value)));
        }
        found
    }

    /// Pairs of two numbered families with the same index.
    pub(crate) fn pairs(&self, names: &str, values: &str) -> Vec<(&'e Value, &'e Value)> {
        let values = self.family(values);
        self.family(names).into_iter().filter_map(|(at, name)| Some((name, *values.get(&at)?))).collect()
    }

    /// Attributes such as `UrlParam:<name>`: the part after the prefix as written, and the value.
    pub(crate) fn prefixed(&self, prefix: &str) -> Vec<(&'e str, &'e Value)> {
        let mut found: Vec<(&'e str, &'e Value)> = Vec::new();
        for (name, attribute) in self.attributes() {
            let Some(lower) = name.strip_prefix(prefix).filter(|rest| !rest.is_empty()) else { continue };
            let rest = attribute.written.get(prefix.len()..).unwrap_or(lower);
            if let Some(value) = attribute.first()
                && !found.iter().any(|(other, _)| other.eq_ignore_ascii_case(rest))
            {
                found.push((rest, value));
            }
        }
        found
    }
}
