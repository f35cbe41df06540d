//! The environment of a pass: named items and the stack of default items.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use profilec_diagnostics::Span;

use super::item::{Item, Value};
use super::pattern::Patterns;
use crate::formatters::Ambient;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'e> {
    /// A value.
    Value(&'e Value),
    /// A column, mapped value or attribute that is known and has no value: it reads as the empty text.
    Null,
    /// Nothing of this name.
    Missing,
}

impl<'e> Found<'e> {
    /// The value, when there is one.
    pub(crate) fn value(self) -> Option<&'e Value> {
        match self {
            Found::Value(value) => Some(value),
            Found::Null | Found::Missing => None,
        }
    }
}

/// Where a loop is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Position {
    /// Iterations begun.
    pub(crate) at: usize,
    /// All of them.
    pub(crate) of: usize,
}

/// What the output items of one answer share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Output {
    /// `out="…"` of the call, lower case.
    pub(crate) aliases: Vec<String>,
    /// `ignoreprefix="…"`: names may lack these prefixes.
    pub(crate) ignored_prefixes: Vec<String>,
    /// The status and the headers of the answer. They stand apart from the row's own attributes, which are
    /// copied, gone through and read by operations.
    pub(crate) response: Item,
}

/// A default item on the stack.
#[derive(Clone, Debug, Default)]
struct Level {
    item: Item,
    of: Rc<Output>,
}

impl Level {
    fn find(&self, name: &str) -> Found<'_> {
        let own = self.find_written(name);
        if !matches!(own, Found::Missing) {
            return own;
        }
        let prefixed = self.of.ignored_prefixes.iter().map(|prefix| format!("{prefix}:{name}"));
        let found =
            prefixed.map(|name| self.find_written(&name)).find(|found| !matches!(found, Found::Missing));
        found.unwrap_or(Found::Missing)
    }

    fn find_written(&self, name: &str) -> Found<'_> {
        match find_in(&self.item, name) {
            Found::Missing => find_in(&self.of.response, name),
            found => found,
        }
    }
}

/// An item that a name may mean.
#[derive(Clone, Copy)]
enum Holder<'e> {
    Level(&'e Level),
    Named(&'e Item),
}

impl<'e> Holder<'e> {
    fn find(self, name: &str) -> Found<'e> {
        match self {
            Holder::Level(level) => level.find(name),
            Holder::Named(item) => find_in(item, name),
        }
    }

    fn item(self) -> &'e Item {
        match self {
            Holder::Level(level) => &level.item,
            Holder::Named(item) => item,
        }
    }
}

/// Items by name, default items by depth.
#[derive(Clone, Debug)]
pub(crate) struct Environment {
    items: BTreeMap<String, Item>,
    /// The base default item, then one row item for each call whose body runs. Never empty.
    stack: Vec<Level>,
    /// Control attributes of each scope that has some: `_value` and its kin of an `enum`, `_code` and its kin
    /// of a `catch`.
    controls: Vec<Item>,
    /// Where the running loops are, the innermost last.
    loops: Vec<Position>,
    /// Patterns that were compiled.
    pub(super) patterns: Patterns,
    /// Column names, lower case: a dotted one is a column, not an attribute of an item.
    columns: BTreeSet<String>,
    /// What the run tells formatters.
    pub(crate) ambient: Ambient,
}

impl Environment {
    /// An environment with these named items and an empty default item.
    pub(crate) fn new(
        items: impl IntoIterator<Item = (&'static str, Item)>,
        columns: BTreeSet<String>,
        ambient: Ambient,
    ) -> Self {
        let items = items.into_iter().map(|(name, item)| (name.to_owned(), item)).collect();
        let stack = vec![Level::default()];
        let (controls, loops, patterns) = (Vec::new(), Vec::new(), Patterns::default());
        Self { items, stack, controls, loops, patterns, columns, ambient }
    }

    /// What a name stands for: `item.attribute`, or an attribute of the default items, the top one first.
    pub(crate) fn find(&self, name: &str) -> Found<'_> {
        if let Some((item, attribute)) = self.qualified(name) {
            let found = item.map_or(Found::Missing, |item| item.find(attribute));
            if !matches!(found, Found::Missing) {
                return found;
            }
        }
        self.find_unqualified(name)
    }

    /// The attribute of a named item.
    pub(crate) fn find_in_item(&self, item: &str, attribute: &str) -> Found<'_> {
        self.holder(item).map_or(Found::Missing, |item| item.find(attribute))
    }

    fn find_unqualified(&self, name: &str) -> Found<'_> {
        let mut known = false;
        let controls = self.controls.iter().rev().map(Holder::Named);
        for layer in controls.chain(self.stack.iter().rev().map(Holder::Level)) {
            match layer.find(name) {
                Found::Value(value) => return Found::Value(value),
                Found::Null => known = true,
                Found::Missing => {}
            }
        }
        if known { Found::Null } else { Found::Missing }
    }

    /// Splits at the first dot if an item stands before it, or a name that only an item can have.
    fn qualified<'n>(&self, name: &'n str) -> Option<(Option<Holder<'_>>, &'n str)> {
        let (item, attribute) = name.split_once('.')?;
        let found = self.holder(item);
        (found.is_some() || item.starts_with('_')).then_some((found, attribute))
    }

    /// The item of this name. `_` and `_out` are the top of the stack, `_out1` the first call's row.
    pub(crate) fn item(&self, name: &str) -> Option<&Item> {
        self.holder(name).map(Holder::item)
    }

    fn holder(&self, name: &str) -> Option<Holder<'_>> {
        let name = name.to_lowercase();
        match self.level(&name) {
            Some(at) => self.stack.get(at).map(Holder::Level),
            None => self.items.get(&name).map(Holder::Named),
        }
    }

    /// The values of all attributes with a prefix (`file:*`), by name: of an item, else of the first default
    /// item that has some.
    pub(crate) fn prefixed(&self, name: &str) -> Vec<Value> {
        let (holders, pattern) = match self.qualified(name) {
            Some((holder, pattern)) => (holder.into_iter().collect::<Vec<_>>(), pattern),
            None => (self.stack.iter().rev().map(Holder::Level).collect(), name),
        };
        let prefix = pattern.trim_end_matches('*').to_lowercase();
        let values = |holder: Holder<'_>| -> Vec<Value> {
            let response = match holder {
                Holder::Level(level) => Some(&level.of.response),
                Holder::Named(_) => None,
            };
            let items = [holder.item()].into_iter().chain(response);
            let attributes = items.flat_map(Item::iter).filter(|(name, _)| name.starts_with(&prefix));
            attributes.flat_map(|(_, attribute)| attribute.values.values().cloned()).collect()
        };
        holders.into_iter().map(values).find(|values| !values.is_empty()).unwrap_or_default()
    }

    fn level(&self, name: &str) -> Option<usize> {
        let top = self.stack.len() - 1;
        if name == "_" || name == "_out" {
            return Some(top);
        }
        if let Some(depth) = name.strip_prefix("_out").and_then(|depth| depth.parse().ok()) {
            return Some(depth);
        }
        self.stack.iter().rposition(|level| level.of.aliases.iter().any(|alias| alias == name))
    }

    fn item_mut(&mut self, name: &str) -> &mut Item {
        let name = name.to_lowercase();
        match self.level(&name) {
            Some(at) => {
                let at = at.min(self.stack.len() - 1);
                &mut self.stack[at].item
            }
            None => self.items.entry(name).or_default(),
        }
    }

    /// Where a written name goes. A dotted name makes an item, unless it is a column's.
    fn place<'n>(&self, name: &'n str) -> (Option<&'n str>, &'n str) {
        let Some((item, attribute)) = name.split_once('.') else { return (None, name) };
        let plain = !item.is_empty() && item.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let exists = item.starts_with('_') || self.item(item).is_some();
        if exists || (plain && !self.columns.contains(&name.to_lowercase())) {
            (Some(item), attribute)
        } else {
            (None, name)
        }
    }

    /// The script writes a value.
    pub(crate) fn set(&mut self, item: Option<&str>, attribute: &str, value: Value) {
        let (item, attribute) = match item {
            Some(item) => (Some(item), attribute),
            None => self.place(attribute),
        };
        self.item_mut(item.unwrap_or("_")).set(attribute, value);
    }

    /// The script removes an attribute.
    pub(crate) fn unset(&mut self, item: Option<&str>, attribute: &str) {
        let (item, attribute) = match item {
            Some(item) => (Some(item), attribute),
            None => self.place(attribute),
        };
        let of_row = self.stack.len() > 1 && self.level(&item.unwrap_or("_").to_lowercase()).is_some();
        let is_column = self.columns.contains(&attribute.to_lowercase());
        let item = self.item_mut(item.unwrap_or("_"));
        if of_row && is_column {
            // The column of the response is there all the same: only a null hides it.
            item.set_null(attribute);
        } else {
            item.unset(attribute);
        }
    }

    /// The script removes an item.
    pub(crate) fn unset_item(&mut self, name: &str) {
        let name = name.to_lowercase();
        match self.level(&name) {
            Some(_) => *self.item_mut(&name) = Item::default(),
            None => {
                self.items.remove(&name);
            }
        }
    }

    /// The script copies an item; one that does not exist has nothing to copy.
    pub(crate) fn copy_item(&mut self, to: &str, from: &str) {
        let from = self.item(from).cloned().unwrap_or_default();
        self.item_mut(to).copy_from(&from);
    }

    /// The script maps attributes of an item; one that does not exist has nothing to map.
    pub(crate) fn map_item(&mut self, to: &str, from: &str, pairs: &[(String, String)]) {
        let from = self.item(from).cloned().unwrap_or_default();
        self.item_mut(to).map_from(&from, pairs);
    }

    /// Binds a value to the base default item.
    pub(crate) fn bind(&mut self, name: &str, value: Value) {
        self.stack[0].item.bind(name, Some(value));
    }

    /// A call's body starts on a row.
    pub(crate) fn enter(&mut self, item: Item, of: Rc<Output>, position: Position) {
        self.stack.push(Level { item, of });
        self.loops.push(position);
    }

    /// The body is through: its row item.
    pub(crate) fn leave(&mut self) -> Item {
        self.loops.pop();
        if self.stack.len() > 1 { self.stack.pop().unwrap_or_default().item } else { Item::default() }
    }

    /// The top default item: what `push` emits.
    pub(crate) fn top(&self) -> &Item {
        &self.stack[self.stack.len() - 1].item
    }

    /// Default items, the top one first: what an operation without `in` reads.
    pub(crate) fn default_items(&self) -> impl Iterator<Item = &Item> {
        self.stack.iter().rev().map(|level| &level.item)
    }

    /// An `enum` starts.
    pub(crate) fn enter_loop(&mut self) {
        self.controls.push(Item::default());
        self.loops.push(Position::default());
    }

    /// The running `enum` starts an iteration.
    pub(crate) fn iterate(&mut self, position: Position, controls: [(&str, Value); 4]) {
        if let Some(item) = self.controls.last_mut() {
            for (name, value) in controls {
                item.bind(name, Some(value));
            }
        }
        if let Some(running) = self.loops.last_mut() {
            *running = position;
        }
    }

    /// The running `enum` is through.
    pub(crate) fn leave_loop(&mut self) {
        self.controls.pop();
        self.loops.pop();
    }

    /// A handler starts on an error.
    pub(crate) fn enter_catch(&mut self, controls: Item) {
        self.controls.push(controls);
    }

    /// The handler is through.
    pub(crate) fn leave_catch(&mut self) {
        self.controls.pop();
    }

    /// Where the innermost loop is.
    pub(crate) fn position(&self) -> Position {
        self.loops.last().copied().unwrap_or_default()
    }
}

fn find_in<'e>(item: &'e Item, name: &str) -> Found<'e> {
    match item.value(name) {
        Some(value) => Found::Value(value),
        None if item.is_null(name) => Found::Null,
        None => Found::Missing,
    }
}

/// An item with these values, none of them written by the script.
pub(crate) fn item_of<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Item {
    let mut item = Item::default();
    for (name, value) in values {
        item.bind_indexed(name, Value::trusted(value, Span::default()));
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment() -> Environment {
        let columns = BTreeSet::from(["address.city".to_owned()]);
        Environment::new([("_input", item_of([("site", "north")]))], columns, Ambient::default())
    }

    fn text(environment: &Environment, name: &str) -> Option<String> {
        environment.find(name).value().map(|value| value.text.clone())
    }

    fn set(environment: &mut Environment, name: &str, to: &str) {
        environment.set(None, name, Value::trusted(to, Span::default()));
    }

    #[test]
    fn a_name_splits_at_the_first_dot_only_for_items() {
        let mut environment = environment();
        set(&mut environment, "address.city", "Oslo");
        set(&mut environment, "p.page", "3");
        assert_eq!(text(&environment, "_INPUT.Site").as_deref(), Some("north"));
        assert_eq!(text(&environment, "Address.City").as_deref(), Some("Oslo"));
        assert!(environment.item("address").is_none());
        assert_eq!(text(&environment, "p.page").as_deref(), Some("3"));
        assert!(environment.item("p").is_some());
    }

    #[test]
    fn lookup_walks_down_and_a_row_is_left_behind() {
        let mut environment = environment();
        set(&mut environment, "page", "1");
        let of = Output { aliases: vec!["row".to_owned()], ..Output::default() };
        environment.enter(Item::default(), Rc::new(of), Position::default());
        set(&mut environment, "x", "row");
        set(&mut environment, "keep.x", "kept");
        assert_eq!(text(&environment, "page").as_deref(), Some("1"));
        assert_eq!(text(&environment, "row.x").as_deref(), Some("row"));
        environment.leave();
        assert_eq!(text(&environment, "x"), None);
        assert_eq!(text(&environment, "keep.x").as_deref(), Some("kept"));
    }

    #[test]
    fn a_null_of_the_row_lets_a_value_below_show() {
        let mut environment = environment();
        let mut row = Item::default();
        row.bind("status", None);
        environment.enter(row, Rc::default(), Position::default());
        assert!(matches!(environment.find("status"), Found::Null));
        assert!(matches!(environment.find("other"), Found::Missing));
        environment.leave();
        set(&mut environment, "status", "open");
        let mut row = Item::default();
        row.bind("status", None);
        environment.enter(row, Rc::default(), Position::default());
        assert_eq!(text(&environment, "status").as_deref(), Some("open"));
    }
}
