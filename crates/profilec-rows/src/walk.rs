//! One pass over a text along the tree.
//!
//! Arrays on the way to the rows are walked whole; any other array that a path goes through gives its first
//! element. Of a member that is repeated the last counts. A value that two steps lead to (`*` and a name, an
//! index and the implicit way through an array) is walked once for each.

use profilec_syntax::Step;

use crate::compile::{NOTHING, Node, NodeId, ROOT, Tree};
use crate::fault::{Fault, Scan};
use crate::scan::{Kind, Scanner, Value};
use crate::seen::Sights;
use crate::sink::Sink;
use crate::string::name_of;

/// How far a value is from the root, as far as members are kept: 0, 1, or [`DEEP`].
type Height = u8;
const DEEP: Height = 2;

/// Walks a document. `is_whole`: it is all of the body, so that members of it may be beside rows.
pub(crate) fn walk_body(
    text: &str,
    tree: &Tree,
    sink: &mut Sink,
    sights: &mut Sights,
    hints: &mut [u32],
    is_whole: bool,
) -> Scan<()> {
    let mut walk = Walk { scan: Scanner::new(text), tree, sink, sights, hints };
    walk.scan.blank();
    walk.value(ROOT, if is_whole { 0 } else { DEEP }, false)?;
    walk.end()
}

/// Walks a text that is one row.
pub(crate) fn walk_row(
    text: &str,
    tree: &Tree,
    sink: &mut Sink,
    sights: &mut Sights,
    hints: &mut [u32],
) -> Scan<()> {
    let mut walk = Walk { scan: Scanner::new(text), tree, sink, sights, hints };
    for level in tree.levels.iter().filter(|level| level.parent.is_none()) {
        walk.row(level.record, DEEP, false)?;
    }
    walk.end()
}

struct Walk<'w, 't> {
    scan: Scanner<'t>,
    tree: &'w Tree,
    sink: &'w mut Sink,
    sights: &'w mut Sights,
    hints: &'w mut [u32],
}

impl Walk<'_, '_> {
    fn end(&mut self) -> Scan<()> {
        self.scan.blank();
        if self.scan.peek().is_some() {
            return Err(Fault::trailing(self.scan.at));
        }
        self.sink.end_text(self.scan.text)
    }

    /// Walks the value here. `implicit`: it is an element of an array that the node's path goes through, so
    /// that only member names apply to it.
    fn value(&mut self, id: NodeId, height: Height, implicit: bool) -> Scan<Value> {
        let tree = self.tree;
        let node = &tree.nodes[id];
        self.sink.visit(id);
        let value = match (node.element, self.scan.peek()) {
            (Some(element), _) => self.rows(node, element, height)?,
            (None, Some(b'{')) if node.leads_on() || height < DEEP => self.object(id, height, implicit)?,
            (None, Some(b'[')) if node.leads_on() => self.array(id, implicit)?,
            _ => {
                let value = self.scan.skip()?;
                match node.next.first() {
                    Some(_) if value.is_null() => self.sights.null = true,
                    Some((step, _)) => self.sights.broke_off(value.start as usize, step),
                    None => {}
                }
                value
            }
        };
        if !implicit {
            for &slot in &node.takes {
                self.sink.take(slot, value);
            }
            for &slot in &node.after_value {
                self.sink.end_scope(self.scan.text, slot)?;
            }
        }
        Ok(value)
    }

    fn object(&mut self, id: NodeId, height: Height, implicit: bool) -> Scan<Value> {
        let tree = self.tree;
        let node = &tree.nodes[id];
        let any = node.any.filter(|_| !implicit);
        let below = if height < DEEP { height + 1 } else { DEEP };
        let mut came = 0;
        let mut arrived = false;
        let mut open = self.scan.open(Kind::Object)?;
        while self.scan.more(&mut open)? {
            let key = self.scan.key()?;
            let named = self.find(node, key, &mut came)?;
            // Digits are an index where the path met an array, and nothing inside its elements.
            let named = named.filter(|id| !implicit || node.indexes.iter().all(|(_, index)| index != id));
            if height == 0 {
                self.sights.enter(self.scan.text, key);
            }
            if let (None, None, Some(watch)) = (named, any, &mut self.sink.watch) {
                let name = name_of(self.scan.text, key).map_err(|lone| Fault::lone_surrogate(lone.0))?;
                watch.stray(id, &name);
            }
            let value = match (named, any) {
                (None, None) if below == DEEP => self.scan.skip()?,
                (None, None) => self.value(NOTHING, below, false)?,
                (Some(named), None) => self.value(named, below, false)?,
                (None, Some(any)) => self.member_of_all(any, below)?,
                (Some(named), Some(any)) => {
                    let start = self.scan.at;
                    self.member_of_all(any, DEEP)?;
                    self.scan.at = start;
                    self.value(named, below, false)?
                }
            };
            let is_next = |id: Option<NodeId>| node.next.iter().any(|(_, next)| Some(*next) == id);
            arrived |= !node.next.is_empty() && (is_next(named) || is_next(any));
            if height < DEEP {
                self.sights.note(self.scan.text, height, key, value);
            }
        }
        if let (Some((step, _)), false) = (node.next.first(), arrived)
            && (matches!(step, Step::Name(_)) || !implicit)
        {
            self.sights.broke_off(open.start, step);
        }
        for &slot in &node.after_object {
            self.sink.end_scope(self.scan.text, slot)?;
        }
        Ok(self.scan.close(&open))
    }

    /// Walks a member that `*` leads to. Where rows are wanted, a member that can hold none is passed by.
    fn member_of_all(&mut self, id: NodeId, height: Height) -> Scan<Value> {
        if self.tree.nodes[id].element.is_some() && !matches!(self.scan.peek(), Some(b'{' | b'[')) {
            return self.scan.skip();
        }
        self.value(id, height, false)
    }

    fn array(&mut self, id: NodeId, implicit: bool) -> Scan<Value> {
        let tree = self.tree;
        let node = &tree.nodes[id];
        let mut open = self.scan.open(Kind::Array)?;
        let mut arrived = node.next.iter().any(|(step, _)| matches!(step, Step::Name(_)));
        while self.scan.more(&mut open)? {
            let start = self.scan.at;
            let wanted = node.whole || open.count == 1;
            if wanted && !node.names.is_empty() {
                self.value(id, DEEP, true)?;
            }
            if !implicit {
                if let (true, Some(any)) = (wanted, node.any) {
                    self.scan.at = start;
                    arrived = true;
                    self.element_of_all(any)?;
                }
                for (_, child) in node.indexes.iter().filter(|(index, _)| *index == open.count - 1) {
                    self.scan.at = start;
                    arrived |= node.next.iter().any(|(_, next)| next == child);
                    self.value(*child, DEEP, false)?;
                }
            }
            if self.scan.at == start {
                self.scan.skip()?;
            }
        }
        match node.next.first() {
            Some(_) if open.count == 0 => self.sights.rows = true,
            Some((step, _)) if !arrived && !implicit => self.sights.broke_off(open.start, step),
            _ => {}
        }
        Ok(self.scan.close(&open))
    }

    /// Walks an element that `*` leads to. Where records are wanted, the element is one, whatever it is.
    fn element_of_all(&mut self, id: NodeId) -> Scan<()> {
        match self.tree.nodes[id].element {
            Some(record) => {
                self.sights.rows = true;
                self.reach(record);
                self.row(record, DEEP, false)?;
            }
            None => {
                self.value(id, DEEP, false)?;
            }
        }
        Ok(())
    }

    /// The place of a record is there.
    fn reach(&mut self, record: NodeId) {
        if let Some(reached) = self.tree.nodes[record].level.and_then(|at| self.sights.reached.get_mut(at)) {
            *reached = true;
        }
    }

    /// Walks a place of records: an array of them, or one.
    fn rows(&mut self, node: &Node, record: NodeId, height: Height) -> Scan<Value> {
        self.reach(record);
        match self.scan.peek() {
            Some(b'[') => return self.row_array(node, record),
            Some(b'{') => {
                self.sights.rows = true;
                // What makes no row by itself is but the way to records.
                let level = self.tree.nodes[record].level.and_then(|at| self.tree.levels.get(at));
                let is_way = level.is_some_and(|level| !level.kept);
                return self.row(record, if height == 0 || is_way { height } else { DEEP }, height == 0);
            }
            Some(b'n') => self.sights.null = true,
            Some(b'"') => self.sights.scalar("a string", self.scan.at),
            Some(b't' | b'f') => self.sights.scalar("a boolean", self.scan.at),
            _ => self.sights.scalar("a number", self.scan.at),
        }
        self.scan.skip()
    }

    fn row_array(&mut self, node: &Node, record: NodeId) -> Scan<Value> {
        self.sights.rows = true;
        let mut open = self.scan.open(Kind::Array)?;
        while self.scan.more(&mut open)? {
            let start = self.scan.at;
            self.row(record, DEEP, false)?;
            for (_, child) in node.indexes.iter().filter(|(index, _)| *index == open.count - 1) {
                self.scan.at = start;
                self.value(*child, DEEP, false)?;
            }
        }
        Ok(self.scan.close(&open))
    }

    fn row(&mut self, record: NodeId, height: Height, is_document: bool) -> Scan<Value> {
        let row = self.value(record, height, false)?;
        if let Some(level) = self.tree.nodes[record].level {
            self.sink.end_record(self.scan.text, level, row, is_document)?;
        }
        Ok(row)
    }

    /// The node of a member. Records keep one order: the member that followed last time is tried first.
    #[inline]
    fn find(&mut self, node: &Node, key: Value, came: &mut usize) -> Scan<Option<NodeId>> {
        if node.names.is_empty() {
            return Ok(None);
        }
        let text = self.scan.text;
        let decoded;
        let name = if key.marked {
            decoded = name_of(text, key).map_err(|lone| Fault::lone_surrogate(lone.0))?;
            decoded.as_ref()
        } else {
            key.content(text)
        };
        let hint = &mut self.hints[node.base + *came];
        let position = match node.names.get(*hint as usize) {
            Some((expected, _)) if expected == name => *hint as usize,
            _ => match node.position(name) {
                Some(position) => {
                    *hint = u32::try_from(position).unwrap_or(0);
                    position
                }
                None => return Ok(None),
            },
        };
        *came = position + 1;
        Ok(node.names.get(position).map(|(_, id)| *id))
    }
}
