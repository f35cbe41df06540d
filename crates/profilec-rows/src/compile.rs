//! An extraction as a tree of members: what to do with a value, told by the way to it.

use std::collections::HashMap;

use profilec_plan::{Capture, ColumnSource, Extraction};
use profilec_syntax::{Anchor, RowPath, Step};

/// Index into [`Tree::nodes`].
pub(crate) type NodeId = usize;

/// The node of values that nothing needs.
pub(crate) const NOTHING: NodeId = 0;
/// The node of the document.
pub(crate) const ROOT: NodeId = 1;

/// The compiled extraction. Slots count row columns first, then outside columns, then captures.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// The node of a row.
    pub(crate) element: NodeId,
    /// Columns (indices into the plan's) whose values are in the row.
    pub(crate) row_columns: Vec<usize>,
    /// Columns whose values are outside.
    pub(crate) outside_columns: Vec<usize>,
    pub(crate) captures: usize,
    /// Learned order of members, see [`Node::base`].
    pub(crate) hints: usize,
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
    /// The next step to the rows, when this node is on the way to them.
    pub(crate) next: Option<(Step, NodeId)>,
    /// This is where the rows are: the node of each of them.
    pub(crate) element: Option<NodeId>,
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
        nodes: vec![Node::default(), Node::default(), Node::default()],
        members: HashMap::new(),
        spine: vec![ROOT],
    };
    if let Some(RowPath::Steps(steps)) = extraction.rows.last() {
        tree.way_to_rows(steps);
    }
    let mut rows = Vec::new();
    let mut outside = Vec::new();
    for (column, source) in extraction.columns.iter().enumerate() {
        match source {
            ColumnSource::Row(steps) => rows.push((column, tree.way(ELEMENT, steps).end)),
            ColumnSource::Outside(steps) => match tree.way(ROOT, steps) {
                Way { end, leaves: None } => rows.push((column, end)),
                Way { end, leaves: Some(leaves) } => outside.push((column, end, leaves)),
            },
            ColumnSource::Nothing => {}
        }
    }
    let mut slot = 0;
    let mut take = |node: &mut Node| {
        node.takes.push(slot);
        slot += 1;
        slot - 1
    };
    for (_, end) in &rows {
        take(&mut tree.nodes[*end]);
    }
    for (_, end, leaves) in &outside {
        let slot = take(&mut tree.nodes[*end]);
        let spine = &mut tree.nodes[leaves.node];
        if leaves.by_member { spine.after_object.push(slot) } else { spine.after_value.push(slot) }
    }
    for Capture { path, .. } in &extraction.captures {
        let from = if path.anchor == Anchor::Row { ELEMENT } else { ROOT };
        let end = tree.way(from, &path.steps).end;
        take(&mut tree.nodes[end]);
    }
    let mut hints = 0;
    for node in &mut tree.nodes {
        node.names.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
        node.base = hints;
        hints += node.names.len() + 1;
    }
    Tree {
        nodes: tree.nodes,
        element: ELEMENT,
        row_columns: rows.into_iter().map(|(column, _)| column).collect(),
        outside_columns: outside.into_iter().map(|(column, ..)| column).collect(),
        captures: extraction.captures.len(),
        hints,
    }
}

/// The node of a row.
const ELEMENT: NodeId = 2;

struct Growing {
    nodes: Vec<Node>,
    /// The members of all nodes: a table may have thousands of columns.
    members: HashMap<(NodeId, String), NodeId>,
    /// The nodes on the way to the rows, the document first.
    spine: Vec<NodeId>,
}

/// A way through the tree.
struct Way {
    end: NodeId,
    /// Where it leaves the way to the rows; `None`: it goes into the row.
    leaves: Option<Leaving>,
}

struct Leaving {
    node: NodeId,
    /// By a member of an object there, and not with the whole value or by an index.
    by_member: bool,
}

impl Growing {
    fn way_to_rows(&mut self, steps: &[Step]) {
        let mut at = ROOT;
        for step in steps {
            let next = self.child(at, step);
            self.nodes[at].next = Some((step.clone(), next));
            self.spine.push(next);
            at = next;
        }
        self.nodes[at].element = Some(ELEMENT);
    }

    /// Follows and makes the way along `steps`.
    fn way(&mut self, from: NodeId, steps: &[Step]) -> Way {
        let mut at = from;
        let mut leaves = (at != ELEMENT).then_some(Leaving { node: at, by_member: false });
        for step in steps {
            let by_member = index(step).is_none();
            if by_member && let Some(element) = self.nodes[at].element {
                at = element;
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
        Way { end: at, leaves }
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
