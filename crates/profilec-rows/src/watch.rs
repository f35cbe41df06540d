//! Watches a walk: which steps of the paths were there, and which members nothing takes.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::{NOTHING, NodeId, Tree};
use crate::survey::{Broken, Facts, Survey};

/// Different members that no path takes, of which is taken note.
const MOST_STRAYS: usize = 1_000;
/// Names beside each other that are all compared with one that is not there.
const MOST_NAMES: usize = 1_000;

/// How far a path led.
pub(crate) enum Lead {
    /// Something is at its end.
    End,
    Broken(Broken),
    /// To a list without records.
    NoRecord,
}

impl Lead {
    pub(crate) fn broken(self) -> Option<Broken> {
        if let Self::Broken(broken) = self { Some(broken) } else { None }
    }
}

/// Watches a walk.
#[derive(Debug)]
pub(crate) struct Watch {
    /// By node: the way to it from the outermost record that it is in; `None`: it is in none.
    ways: Vec<Option<String>>,
    parents: Vec<Option<(NodeId, String)>>,
    /// A whole value of it is taken, or of a value that it is in.
    taken: Vec<bool>,
    visited: Vec<bool>,
    /// Members that lead nowhere.
    strays: BTreeMap<(NodeId, String), usize>,
    /// By slot: the nodes at which its values are.
    ends: Vec<Vec<NodeId>>,
    /// By column: the slots of its values, of records and outside.
    slots: BTreeMap<usize, Vec<usize>>,
}

impl Watch {
    /// A watch over the walks along a tree.
    pub(crate) fn new(tree: &Tree) -> Self {
        let all = tree.nodes.len();
        let mut watch = Self {
            ways: vec![None; all],
            parents: vec![None; all],
            taken: vec![false; all],
            visited: vec![false; all],
            strays: BTreeMap::new(),
            ends: Vec::new(),
            slots: BTreeMap::new(),
        };
        for (at, node) in tree.nodes.iter().enumerate() {
            let names = node.names.iter().map(|(name, next)| (*next, name.clone()));
            let indexes = node.indexes.iter().map(|(index, next)| (*next, format!("[{index}]")));
            let others = node.any.map(|next| (next, "*".to_owned()));
            for (next, step) in indexes.chain(others).chain(names) {
                watch.parents[next] = Some((at, step));
            }
            if let Some(record) = node.element {
                watch.parents[record] = Some((at, String::new()));
            }
        }
        for level in &tree.levels {
            if level.parent.is_none() {
                watch.ways[level.record] = Some(String::new());
            }
        }
        let first_capture = first_capture(tree);
        for at in 0..all {
            watch.find_way(at, first_capture, tree);
        }
        watch.find_ends(tree);
        watch
    }

    /// The way of a node and of those on the way to it. A tree made of paths is not deep, but may be as deep as
    /// the longest of them.
    fn find_way(&mut self, at: NodeId, first_capture: usize, tree: &Tree) {
        let mut below = Vec::new();
        let mut here = at;
        while self.ways[here].is_none()
            && let Some((parent, step)) = self.parents[here].clone()
        {
            below.push((here, step));
            here = parent;
        }
        let takes = |node: NodeId| tree.nodes[node].takes.iter().any(|slot| *slot < first_capture);
        self.taken[here] |= takes(here);
        for (node, step) in below.into_iter().rev() {
            self.taken[node] = self.taken[here] || takes(node);
            if let Some(way) = &self.ways[here] {
                self.ways[node] = Some(joined(way, &step));
            }
            here = node;
        }
    }

    fn find_ends(&mut self, tree: &Tree) {
        for level in &tree.levels {
            for (slot, &position) in level.slots.clone().zip(&level.columns) {
                if let Some(&column) = tree.row_columns.get(position) {
                    self.slots.entry(column).or_default().push(slot);
                }
            }
        }
        let first = first_outside(tree);
        for (nth, &column) in tree.outside_columns.iter().enumerate() {
            self.slots.entry(column).or_default().push(first + nth);
        }
        self.ends = vec![Vec::new(); first_capture(tree) + tree.captures];
        for (at, node) in tree.nodes.iter().enumerate() {
            for &slot in &node.takes {
                self.ends[slot].push(at);
            }
        }
    }

    /// A value stands at a node.
    pub(crate) fn visit(&mut self, node: NodeId) {
        if let Some(visited) = self.visited.get_mut(node) {
            *visited = true;
        }
    }

    /// A member of the value at a node leads nowhere.
    pub(crate) fn stray(&mut self, node: NodeId, name: &str) {
        if node == NOTHING {
            return;
        }
        let room = self.strays.len() < MOST_STRAYS;
        if let Some(count) = self.strays.get_mut(&(node, name.to_owned())) {
            *count += 1;
        } else if room {
            self.strays.insert((node, name.to_owned()), 1);
        }
    }

    /// How far the path of a column led.
    fn lead(&self, column: usize, tree: &Tree) -> Lead {
        self.lead_to_slots(self.slots.get(&column).map_or(&[], Vec::as_slice), tree)
    }

    /// How far the way to these slots led; of several ways that one tells most which broke off beside a name that is
    /// near.
    fn lead_to_slots(&self, slots: &[usize], tree: &Tree) -> Lead {
        let ends = slots.iter().flat_map(|&slot| &self.ends[slot]);
        let mut leads: Vec<Lead> = ends.map(|end| self.lead_to(*end, tree)).collect();
        let is_near = |lead: &Lead| matches!(lead, Lead::Broken(broken) if broken.closest.is_some());
        let is_broken = |lead: &Lead| matches!(lead, Lead::Broken(_));
        let best = leads.iter().position(is_near).or_else(|| leads.iter().position(is_broken));
        if leads.is_empty() { Lead::End } else { leads.swap_remove(best.unwrap_or(0)) }
    }

    fn lead_to(&self, end: NodeId, tree: &Tree) -> Lead {
        let mut node = end;
        let mut step = None;
        let mut is_record_missing = false;
        while !self.visited[node] {
            let Some((parent, own)) = self.parents[node].as_ref() else { return Lead::End };
            is_record_missing = own.is_empty();
            if !is_record_missing {
                step = Some(own.clone());
            }
            node = *parent;
        }
        if is_record_missing {
            return Lead::NoRecord;
        }
        let Some(step) = step else { return Lead::End };
        let strays = self.strays.range((node, String::new())..).take_while(|((at, _), _)| *at == node);
        let strays = strays.map(|((_, name), _)| (name.as_str(), false));
        let names = &tree.nodes[node].names;
        let known = names.iter().filter(|(_, next)| self.visited[*next]);
        let known = known.map(|(name, next)| (name.as_str(), self.taken[*next]));
        // Of very many the ones that no path takes are meant, if any.
        let known = known.filter(|(_, is_taken)| names.len() <= MOST_NAMES || !is_taken);
        let there: Vec<_> = strays.chain(known).collect();
        Lead::Broken(Broken::before(step, &there))
    }

    /// Members that no path takes.
    fn untaken(&self) -> BTreeMap<String, usize> {
        let known: BTreeSet<&str> = self.ways.iter().flatten().map(String::as_str).collect();
        let mut untaken = BTreeMap::new();
        for ((node, name), count) in &self.strays {
            // What is beside the records is nothing of theirs.
            let Some(way) = &self.ways[*node] else { continue };
            let way = joined(way, name);
            // Another path may lead there, by an index or through all members.
            if !self.taken[*node] && !known.contains(way.as_str()) {
                *untaken.entry(way).or_default() += count;
            }
        }
        untaken
    }

    /// What was seen, with what the columns saw.
    pub(crate) fn survey(self, facts: Vec<(usize, Facts)>, tree: &Tree) -> Survey {
        let columns = facts.into_iter().map(|(column, facts)| {
            let lead = if facts.hits == 0 { self.lead(column, tree) } else { Lead::End };
            facts.survey(column, lead)
        });
        let columns = columns.collect();
        let levels = tree.levels.iter().map(|level| self.lead_to(level.record, tree).broken());
        let first = first_capture(tree);
        let captures = (first..first + tree.captures).map(|slot| self.lead_to_slots(&[slot], tree).broken());
        Survey {
            columns,
            levels: levels.collect(),
            captures: captures.collect(),
            strays: self.untaken(),
            ..Survey::default()
        }
    }
}

fn first_outside(tree: &Tree) -> usize {
    tree.levels.iter().map(|level| level.slots.end).max().unwrap_or(0)
}

fn first_capture(tree: &Tree) -> usize {
    first_outside(tree) + tree.outside_columns.len()
}

/// A way and one step more; elements of arrays are no steps.
fn joined(way: &str, step: &str) -> String {
    match (way, step) {
        (_, "") => way.to_owned(),
        (_, index) if index.starts_with('[') => way.to_owned(),
        ("", _) => step.to_owned(),
        _ => format!("{way}/{step}"),
    }
}
