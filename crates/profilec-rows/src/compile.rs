//! An extraction as a tree of members: what to do with a value, told by the way to it.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use profilec_plan::{Capture, ColumnSource, Extraction, Level};
use profilec_syntax::{Anchor, RowPath, Step};

/// Index into [`Tree::nodes`].
pub(crate) type NodeId = usize;

/// The node of values that nothing needs.
pub(crate) const NOTHING: NodeId = 0;
/// The node of the document.
pub(crate) const ROOT: NodeId = 1;

/// The compiled extraction. Slots count values of records first, level by level, then outside columns, then
/// captures.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// One for each level of the extraction.
    pub(crate) levels: Vec<LevelNode>,
    /// Columns (indices into the plan's) whose values are in records, or number them.
    pub(crate) row_columns: Vec<usize>,
    /// Columns whose values are outside.
    pub(crate) outside_columns: Vec<usize>,
    pub(crate) captures: usize,
    /// Learned order of members, see [`Node::base`].
    pub(crate) hints: usize,
}

/// Records of one kind.
#[derive(Debug)]
pub(crate) struct LevelNode {
    /// The node of a record.
    pub(crate) record: NodeId,
    pub(crate) parent: Option<usize>,
    /// See [`profilec_plan::Level::kept`].
    pub(crate) kept: bool,
    /// The slots of its records' values, and the position in [`Tree::row_columns`] of each.
    pub(crate) slots: Range<usize>,
    pub(crate) columns: Vec<usize>,
    /// Positions of the columns that number its records.
    pub(crate) numbers: Vec<usize>,
}

/// What a value is needed for.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Members that lead on, ordered by length and name.
    pub(crate) names: Vec<(String, NodeId)>,
    /// Elements that lead on.
    pub(crate) indexes: Vec<(u32, NodeId)>,
    /// Where every member leads.
    pub(crate) any: Option<NodeId>,
    /// Where this node's members begin in the table of hints: one entry for the start of an object and one
    /// for each member, holding the member that came next last time.
    pub(crate) base: usize,
    /// Slots that take this value.
    pub(crate) takes: Vec<usize>,
    /// The next steps to records without a parent, when this node is on the way to them.
    pub(crate) next: Vec<(Step, NodeId)>,
    /// It is on the way to records: an array here is walked whole.
    pub(crate) whole: bool,
    /// This is where records are: the node of each of them.
    pub(crate) element: Option<NodeId>,
    /// The level of which this is a record.
    pub(crate) level: Option<usize>,
    /// Outside slots that are complete when an object here ends.
    pub(crate) after_object: Vec<usize>,
    /// Outside slots that are complete when the whole value ends.
    pub(crate) after_value: Vec<usize>,
}

impl Node {
    /// Whether any step leads on.
    pub(crate) fn leads_on(&self) -> bool {
        !self.names.is_empty() || !self.indexes.is_empty() || self.any.is_some()
    }

    /// The position of a member in [`Self::names`].
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.names.binary_search_by(|(other, _)| order(other).cmp(&order(name))).ok()
    }
}

fn order(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// Compiles an extraction. With a general query the rows are not in the tree of the document.
pub(crate) fn compile(extraction: &Extraction) -> Tree {
    let mut tree = Growing {
        nodes: vec![Node::default(), Node::default()],
        members: HashMap::new(),
        spine: vec![ROOT],
        records: vec![NOTHING; extraction.levels.len()],
    };
    tree.levels(&extraction.levels);
    let Sources { values, outside, numbers } = tree.columns(extraction);
    let row_columns: BTreeSet<usize> =
        values.iter().map(|value| value.column).chain(numbers.iter().map(|(column, _)| *column)).collect();
    let row_columns: Vec<usize> = row_columns.into_iter().collect();
    let position = |column: &usize| row_columns.binary_search(column).unwrap_or_default();

    let mut slot = 0;
    let mut levels = Vec::new();
    for (at, level) in extraction.levels.iter().enumerate() {
        let first = slot;
        let mut columns = Vec::new();
        for value in values.iter().filter(|value| value.level == at) {
            tree.nodes[value.end].takes.push(slot);
            columns.push(position(&value.column));
            slot += 1;
        }
        let numbers = numbers.iter().filter(|(_, level)| *level == at).map(|(column, _)| position(column));
        levels.push(LevelNode {
            record: tree.records[at],
            parent: level.parent,
            kept: level.kept,
            slots: first..slot,
            columns,
            numbers: numbers.collect(),
        });
    }
    for (_, end, leaves) in &outside {
        tree.nodes[*end].takes.push(slot);
        let spine = &mut tree.nodes[leaves.node];
        if leaves.by_member {
            spine.after_object.push(slot);
        } else {
            spine.after_value.push(slot);
        }
        slot += 1;
    }
    for Capture { path, .. } in &extraction.captures {
        let from = match path.anchor {
            Anchor::Root => vec![ROOT],
            _ => extraction.relative.iter().map(|&level| tree.records[level]).collect(),
        };
        for from in from {
            let end = tree.way(from, &path.steps).end;
            tree.nodes[end].takes.push(slot);
        }
        slot += 1;
    }
    let mut hints = 0;
    for node in &mut tree.nodes {
        node.names.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
        node.base = hints;
        hints += node.names.len() + 1;
    }
    Tree {
        nodes: tree.nodes,
        levels,
        row_columns,
        outside_columns: outside.into_iter().map(|(column, ..)| column).collect(),
        captures: extraction.captures.len(),
        hints,
    }
}

struct Growing {
    nodes: Vec<Node>,
    /// The members of all nodes: a table may have thousands of columns.
    members: HashMap<(NodeId, String), NodeId>,
    /// The nodes on the way to records without a parent, the document first.
    spine: Vec<NodeId>,
    /// The node of a record, by level.
    records: Vec<NodeId>,
}

/// Where columns get their values.
#[derive(Default)]
struct Sources {
    values: Vec<InRecord>,
    outside: Vec<(usize, NodeId, Leaving)>,
    /// Columns that number the records of a level.
    numbers: Vec<(usize, usize)>,
}

/// A column's value in a record.
struct InRecord {
    column: usize,
    level: usize,
    end: NodeId,
}

/// A way through the tree.
struct Way {
    end: NodeId,
    /// The deepest level whose record it goes into.
    level: Option<usize>,
    /// Where it leaves the way to the rows; `None`: it goes into a record.
    leaves: Option<Leaving>,
}

struct Leaving {
    node: NodeId,
    /// By a member of an object there, and not with the whole value or by an index.
    by_member: bool,
}

impl Growing {
    /// Makes the ways to all records, those to outer ones first: the others may lead through them.
    fn levels(&mut self, levels: &[Level]) {
        let mut lengths: Vec<usize> = Vec::with_capacity(levels.len());
        for level in levels {
            let own = match &level.path {
                RowPath::Steps(steps) => steps.len(),
                RowPath::Query(_) => 0,
            };
            lengths.push(own + level.parent.map_or(0, |parent| lengths[parent]));
        }
        let mut order: Vec<usize> = (0..levels.len()).collect();
        order.sort_by_key(|&at| (lengths[at], at));
        for at in order {
            let record = self.fresh();
            self.nodes[record].level = Some(at);
            self.records[at] = record;
            let RowPath::Steps(steps) = &levels[at].path else { continue };
            let from = levels[at].parent.map_or(ROOT, |parent| self.records[parent]);
            let place = self.way_to_records(from, steps, levels[at].parent.is_none());
            self.nodes[place].element = Some(record);
        }
    }

    fn way_to_records(&mut self, from: NodeId, steps: &[Step], is_spine: bool) -> NodeId {
        let mut at = from;
        for step in steps {
            at = self.record_at(at, step).unwrap_or(at);
            let next = self.child(at, step);
            // A record is no array of records.
            self.nodes[at].whole |= self.nodes[at].level.is_none();
            if is_spine {
                if !self.nodes[at].next.iter().any(|(_, other)| *other == next) {
                    self.nodes[at].next.push((step.clone(), next));
                }
                self.spine.push(next);
            }
            at = next;
        }
        at
    }

    /// Makes the ways to all columns' values.
    fn columns(&mut self, extraction: &Extraction) -> Sources {
        let Sources { mut values, mut outside, mut numbers } = Sources::default();
        for (column, source) in extraction.columns.iter().enumerate() {
            match source {
                ColumnSource::Row(steps) => {
                    for &level in &extraction.relative {
                        values.push(self.in_record(column, level, steps));
                    }
                }
                ColumnSource::Level(level, steps) => values.push(self.in_record(column, *level, steps)),
                ColumnSource::Outside(steps) => match self.way(ROOT, steps) {
                    Way { end, level: Some(level), leaves: None } => {
                        values.push(InRecord { column, level, end });
                    }
                    Way { end, leaves: Some(leaves), .. } => outside.push((column, end, leaves)),
                    Way { level: None, leaves: None, .. } => {}
                },
                ColumnSource::Number(level) => numbers.push((column, *level)),
                ColumnSource::Nothing => {}
            }
        }
        Sources { values, outside, numbers }
    }

    fn in_record(&mut self, column: usize, level: usize, steps: &[Step]) -> InRecord {
        let way = self.way(self.records[level], steps);
        InRecord { column, level: way.level.unwrap_or(level), end: way.end }
    }

    /// Follows and makes the way along `steps`.
    fn way(&mut self, from: NodeId, steps: &[Step]) -> Way {
        let mut at = from;
        let mut level = self.nodes[at].level;
        let mut leaves = level.is_none().then_some(Leaving { node: at, by_member: false });
        for step in steps {
            let by_member = index(step).is_none();
            if let Some(record) = self.record_at(at, step) {
                at = record;
                level = self.nodes[record].level;
                leaves = None;
            }
            let on_spine = self.spine.contains(&at);
            let next = self.child(at, step);
            if let (true, Some(leaves)) = (on_spine, &mut leaves) {
                let stays = self.spine.contains(&next);
                *leaves = Leaving { node: if stays { next } else { at }, by_member: by_member && !stays };
            }
            at = next;
        }
        Way { end: at, level, leaves }
    }

    /// The records that a step from their place goes into: an index picks one of them instead.
    fn record_at(&self, place: NodeId, step: &Step) -> Option<NodeId> {
        self.nodes[place].element.filter(|_| index(step).is_none())
    }

    fn fresh(&mut self) -> NodeId {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// The node one step on, made when it is not there.
    fn child(&mut self, at: NodeId, step: &Step) -> NodeId {
        let fresh = self.nodes.len();
        let node = &mut self.nodes[at];
        let by_index =
            |node: &Node, wanted| node.indexes.iter().find(|(index, _)| *index == wanted).map(|(_, id)| *id);
        let (found, index) = match step {
            Step::Any => (node.any, None),
            Step::Index(wanted) => (by_index(node, *wanted), Some(*wanted)),
            Step::Name(name) => {
                let member = self.members.get(&(at, name.clone())).copied();
                let index = index(step);
                (member.or_else(|| by_index(node, index?)), index)
            }
        };
        let child = found.unwrap_or(fresh);
        match step {
            Step::Any => node.any = Some(child),
            Step::Name(name) => {
                if self.members.insert((at, name.clone()), child).is_none() {
                    node.names.push((name.clone(), child));
                }
            }
            Step::Index(_) => {}
        }
        if let Some(index) = index
            && by_index(node, index).is_none()
        {
            node.indexes.push((index, child));
        }
        if found.is_none() {
            self.nodes.push(Node::default());
        }
        child
    }
}

/// The index that a step may be.
fn index(step: &Step) -> Option<u32> {
    match step {
        Step::Index(index) => Some(*index),
        Step::Name(name) if name.bytes().all(|byte| byte.is_ascii_digit()) => name.parse().ok(),
        Step::Name(_) | Step::Any => None,
    }
}
