//! One pass over an XML body along the tree.
//!
//! Elements of one name under one parent are an array: on the way to the rows all are walked, of any other the
//! first, and `[n]` picks one. An attribute is a member whose name starts with `@`.

use std::collections::BTreeSet;

use profilec_engine::{Member, MemberValue, RowPathSeen};
use profilec_syntax::Step;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};

use super::evidence::{Children, note, pointer, scalar};
use super::text::{reference, unknown_reference};
use super::{local, offset_of};
use crate::compile::{NodeId, ROOT, Tree};
use crate::fault::{Fault, Scan};
use crate::scan::{Kind, MAX_DEPTH, Value};
use crate::sink::Sink;
use crate::string::text_of;

/// The root element's height: the document is an element around it.
const ROOT_ELEMENT: usize = 1;
/// Members are kept down to this height: children and grandchildren of the root element.
const MEMBERS: usize = ROOT_ELEMENT + 2;

/// Walks a body. `known`: an earlier page had rows at this path. Gives the members beside the rows and what
/// stood at the row path.
pub(crate) fn walk_xml(
    text: &str,
    tree: &Tree,
    sink: &mut Sink,
    known: bool,
) -> Scan<(Vec<Member>, RowPathSeen)> {
    let mut walk = Walk {
        text,
        tree,
        sink,
        known,
        open: Vec::new(),
        nodes: Vec::new(),
        met: Vec::new(),
        members: Vec::new(),
        rows: false,
        missing: None,
        unlike: None,
        scratch: String::new(),
    };
    walk.document()?;
    let (missing, unlike) = (walk.missing.filter(|_| !walk.rows), walk.unlike);
    let unlike = unlike.filter(|_| walk.sink.records() == 0);
    Ok((walk.members, missing.or(unlike).unwrap_or(RowPathSeen::Rows)))
}

struct Walk<'w, 't> {
    text: &'t str,
    tree: &'w Tree,
    sink: &'w mut Sink,
    known: bool,
    /// The document, and the elements around here.
    open: Vec<Element<'t>>,
    /// Nodes that the open elements stand at, the inner ones last.
    nodes: Vec<NodeId>,
    /// How often the children of the open elements came to a node.
    met: Vec<(NodeId, u32)>,
    members: Vec<Member>,
    /// There were rows, or their parent had none.
    rows: bool,
    /// Where the way first broke off.
    missing: Option<RowPathSeen>,
    /// Where something else than the rows first stood beside nothing like them.
    unlike: Option<RowPathSeen>,
    scratch: String,
}

/// An open element.
#[derive(Debug)]
struct Element<'t> {
    name: &'t str,
    /// Where its content starts.
    start: usize,
    /// Where its part of [`Walk::nodes`] and [`Walk::met`] begins.
    nodes: usize,
    met: usize,
    children: u32,
    /// What its value is: characters, an element when it has children, null by `xsi:nil`.
    kind: Kind,
    /// Its text is not as written: references, CDATA, comments, line breaks.
    marked: bool,
    /// Something else than blanks is its text.
    has_text: bool,
    /// It is in a row that is not the whole document: nothing in it is a member beside the rows.
    in_row: bool,
    /// The names of its children, when it is on the way to the rows.
    on_the_way: Option<Children<'t>>,
}

impl<'t> Element<'t> {
    /// An element that begins, around which so many nodes are.
    fn new(name: &'t str, start: usize, nodes: usize, in_row: bool) -> Self {
        Self {
            name,
            start,
            nodes,
            met: 0,
            children: 0,
            kind: Kind::Characters,
            marked: false,
            has_text: false,
            in_row,
            on_the_way: None,
        }
    }
}

impl Walk<'_, '_> {
    fn document(&mut self) -> Scan<()> {
        if let Some(at) =
            self.text.bytes().position(|byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r'))
        {
            return Err(Fault::not_well_formed(at, "a control character stands".to_owned()));
        }
        let mut reader = Reader::from_str(self.text);
        self.open.push(Element::new("", 0, 0, false));
        self.arrive(ROOT);
        self.settle();
        loop {
            let from = position(&reader);
            let event = reader.read_event().map_err(|error| self.broken(error, &reader))?;
            let to = position(&reader);
            match event {
                Event::Start(tag) => self.open(&tag, from, to)?,
                Event::Empty(tag) => {
                    self.open(&tag, from, to)?;
                    self.close(to)?;
                }
                Event::End(_) => self.close(from)?,
                Event::Text(text) => self.characters(&text, from)?,
                Event::CData(text) => {
                    self.mark();
                    self.content(!text.trim().is_empty(), from)?;
                }
                Event::GeneralRef(name) => {
                    if reference(&name).is_none() {
                        let what = format!("`&{};` stands for nothing", &*name);
                        return Err(Fault::not_well_formed(from, what));
                    }
                    self.mark();
                    self.content(true, from)?;
                }
                Event::Comment(_) | Event::PI(_) => self.mark(),
                Event::DocType(_) => {
                    let what = "a document type (DOCTYPE) is never read, it stands".to_owned();
                    return Err(Fault::not_well_formed(from, what));
                }
                Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        match self.open.as_slice() {
            [document] if document.children == 1 => self.close(self.text.len())?,
            [_] => return Err(Fault::cut(self.text.len(), "before its root element")),
            _ => return Err(Fault::cut(self.text.len(), "inside an element")),
        }
        self.sink.end_text(self.text)
    }

    /// An element starts with the tag in `from..to`.
    fn open(&mut self, tag: &BytesStart<'_>, from: usize, to: usize) -> Scan<()> {
        if self.open.len() > MAX_DEPTH as usize {
            let what = format!("elements stand in each other deeper than {MAX_DEPTH} levels");
            return Err(Fault::not_well_formed(from, what));
        }
        let tree = self.tree;
        let written = self.text.get(from + 1..from + 1 + tag.name().as_ref().len()).unwrap_or_default();
        let name = local(written);
        let height = self.open.len();
        let Some(parent) = self.open.last_mut() else { return Ok(()) };
        if height == ROOT_ELEMENT && parent.children > 0 {
            return Err(Fault::not_well_formed(from, "a second root element stands".to_owned()));
        }
        parent.children += 1;
        if parent.kind == Kind::Characters {
            parent.kind = Kind::Element;
        }
        if let Some(children) = &mut parent.on_the_way {
            children.note(name);
        }
        let (around, in_row) = (parent.nodes..self.nodes.len(), parent.in_row);
        let met_around = parent.met;
        let mut leads_on = false;
        let (first, last) = (around.start, around.end);
        self.open.push(Element::new(name, to, self.nodes.len(), in_row));
        for at in around {
            let node = &tree.nodes[self.nodes[at]];
            let named = node.position(name).and_then(|position| node.names.get(position)).map(|(_, id)| *id);
            for id in named.into_iter().chain(node.any) {
                leads_on = true;
                self.meet(id, met_around);
            }
        }
        if !leads_on && let Some(watch) = &mut self.sink.watch {
            self.nodes.get(first..last).unwrap_or_default().iter().for_each(|&id| watch.stray(id, name));
        }
        self.settle();
        self.attributes(tag)
    }

    /// One more element comes to a node.
    fn meet(&mut self, id: NodeId, met: usize) {
        let before = if let Some((_, count)) = self.met[met..].iter_mut().find(|(other, _)| *other == id) {
            *count += 1;
            *count
        } else {
            self.met.push((id, 0));
            0
        };
        let node = &self.tree.nodes[id];
        if before == 0 || node.whole || node.element.is_some() {
            self.arrive(id);
        }
        for (_, child) in node.indexes.iter().filter(|(index, _)| *index == before) {
            self.arrive(*child);
        }
    }

    /// The innermost element stands at a node.
    fn arrive(&mut self, id: NodeId) {
        self.sink.visit(id);
        self.nodes.push(id);
        if let Some(element) = self.tree.nodes[id].element {
            self.sink.visit(element);
            self.nodes.push(element);
            self.rows = true;
            let is_beside_nothing = self.open.len() > ROOT_ELEMENT + 1;
            if let Some(row) = self.open.last_mut() {
                row.in_row |= is_beside_nothing;
            }
        }
    }

    /// All nodes of the innermost element are known.
    fn settle(&mut self) {
        let Some(element) = self.open.last_mut() else { return };
        element.met = self.met.len();
        let here = self.nodes.get(element.nodes..).unwrap_or_default();
        if here.iter().any(|&id| !self.tree.nodes[id].next.is_empty()) {
            element.on_the_way = Some(Children::default());
        }
    }

    fn attributes(&mut self, tag: &BytesStart<'_>) -> Scan<()> {
        // quick-xml's own check compares each name with all before it.
        let mut names = BTreeSet::new();
        for attribute in tag.attributes().with_checks(false) {
            let fault =
                |what: String| Fault::not_well_formed(offset_of(tag.name().as_ref(), self.text), what);
            let attribute = attribute.map_err(|error| fault(format!("an attribute is broken ({error})")))?;
            let name = attribute.key.as_ref();
            let raw = attribute.value.as_ref();
            let start = offset_of(raw, self.text);
            if !names.insert(attribute.key.into_inner()) {
                return Err(Fault::not_well_formed(start, format!("a second attribute `{name}` stands")));
            }
            if let Some(at) = unknown_reference(raw) {
                let what = "a reference that stands for nothing is".to_owned();
                return Err(Fault::not_well_formed(start + at, what));
            }
            if name == "xmlns" || name.starts_with("xmlns:") {
                continue;
            }
            if name.ends_with(":nil")
                && matches!(raw.trim(), "true" | "1")
                && let Some(element) = self.open.last_mut()
            {
                element.kind = Kind::Null;
            }
            let marked = raw.contains(['&', '\t', '\n', '\r']);
            let value = range(start, start + raw.len(), Kind::Attribute, marked);
            self.attribute(local(name), value);
        }
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: Value) {
        let tree = self.tree;
        let mut member = String::from("@");
        member.push_str(name);
        let first = self.open.last().map_or(0, |element| element.nodes);
        let mut leads_on = false;
        for &id in self.nodes.get(first..).unwrap_or_default() {
            let node = &tree.nodes[id];
            let Some((_, child)) = node.position(&member).and_then(|position| node.names.get(position))
            else {
                continue;
            };
            leads_on = true;
            self.sink.visit(*child);
            for &slot in &tree.nodes[*child].takes {
                self.sink.take(slot, value);
            }
        }
        if !leads_on && let Some(watch) = &mut self.sink.watch {
            self.nodes.get(first..).unwrap_or_default().iter().for_each(|&id| watch.stray(id, &member));
        }
        if self.open.len() <= MEMBERS && self.open.last().is_some_and(|element| !element.in_row) {
            let at = pointer(self.names().chain([member.as_str()]));
            let text = text_of(self.text, value, &mut self.scratch).ok().flatten().unwrap_or_default();
            note(&mut self.members, at, scalar(text));
        }
    }

    /// The innermost element's text is not as written.
    fn mark(&mut self) {
        if let Some(element) = self.open.last_mut() {
            element.marked = true;
        }
    }

    fn characters(&mut self, text: &str, at: usize) -> Scan<()> {
        if text.contains('\r') {
            self.mark();
        }
        self.content(!text.trim().is_empty(), at)
    }

    /// Text stands in the innermost element.
    fn content(&mut self, is_more_than_blanks: bool, at: usize) -> Scan<()> {
        let is_document = self.open.len() == ROOT_ELEMENT;
        match self.open.last_mut() {
            Some(_) if is_document && is_more_than_blanks => {
                Err(Fault::not_well_formed(at, "text beside the root element stands".to_owned()))
            }
            Some(element) => {
                element.has_text |= is_more_than_blanks;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// The innermost element's content ends at `end`.
    fn close(&mut self, end: usize) -> Scan<()> {
        let tree = self.tree;
        let Some(element) = self.open.last() else { return Ok(()) };
        let (first, met, children) = (element.nodes, element.met, element.children);
        let kind = element.kind;
        let marked = element.marked && kind == Kind::Characters;
        let value = Value { count: children, ..range(element.start, end, kind, marked) };
        for at in first..self.nodes.len() {
            self.watch_the_way(self.nodes[at], at == 0, met);
        }
        let is_document = self.open.len() <= ROOT_ELEMENT + 1;
        // A row is inside the place of the rows: what it is part of comes after it.
        for at in (first..self.nodes.len()).rev() {
            let id = self.nodes[at];
            let node = &tree.nodes[id];
            for &slot in &node.takes {
                self.sink.take(slot, value);
            }
            if let Some(level) = node.level {
                self.sink.end_record(self.text, level, value, is_document)?;
            }
            // What was left by an index is complete when no other element of that name can come.
            let next = node.next.iter().flat_map(|(_, next)| {
                let next = &tree.nodes[*next];
                next.after_value.iter().filter(|slot| !next.takes.contains(slot))
            });
            let own = node.after_value.iter().filter(|slot| node.takes.contains(slot));
            for &slot in next.chain(&node.after_object).chain(own) {
                self.sink.end_scope(self.text, slot)?;
            }
        }
        self.member(value);
        self.nodes.truncate(first);
        self.met.truncate(met);
        let closed = self.open.pop();
        let around = self.open.last_mut().and_then(|around| around.on_the_way.as_mut());
        if let (Some(around), Some(closed)) = (around, closed.filter(|closed| closed.children > 0)) {
            around.parent.get_or_insert(closed.name);
        }
        Ok(())
    }

    /// Whether the way to the rows goes on from the node of the innermost element, which ends.
    fn watch_the_way(&mut self, id: NodeId, is_document: bool, met: usize) {
        // With several ways on, one is enough.
        let [(step @ (Step::Name(_) | Step::Any), next), ..] = self.tree.nodes[id].next.as_slice() else {
            return;
        };
        let ways = &self.tree.nodes[id].next;
        let met = self.met.get(met..).unwrap_or_default();
        let came = met.iter().any(|(other, _)| ways.iter().any(|(_, next)| next == other));
        let Some(element) = self.open.last().filter(|_| !came) else { return };
        let Some(children) = &element.on_the_way else { return };
        let name = match step {
            Step::Name(name) => name.as_str(),
            _ => "*",
        };
        let is_last = self.tree.nodes[*next].element.is_some();
        let is_empty = element.children == 0 && !element.has_text;
        let has_no_rows = is_last && (self.known || !children.may_be(name)) && !element.has_text;
        if !is_document && (is_empty || has_no_rows) {
            self.rows = true;
            if let Some(key) = children.parent.filter(|_| !self.known && self.unlike.is_none()) {
                let (step, at, key) = (name.to_owned(), pointer(self.names()), key.to_owned());
                self.unlike = Some(RowPathSeen::Unlike { step, at, key });
            }
        } else if self.missing.is_none() {
            self.missing = Some(children.missing(pointer(self.names()), name));
        }
    }

    /// Keeps the innermost element as a member, when it is one beside the rows.
    fn member(&mut self, value: Value) {
        let height = self.open.len() - 1;
        if !(ROOT_ELEMENT + 1..=MEMBERS).contains(&height) || self.open.last().is_some_and(|e| e.in_row) {
            return;
        }
        let at = pointer(self.names());
        let value = match value.kind {
            Kind::Element => MemberValue::Object(value.count as usize),
            _ => match text_of(self.text, value, &mut self.scratch).ok().flatten() {
                Some(text) => scalar(text),
                None => MemberValue::Null,
            },
        };
        note(&mut self.members, at, value);
    }

    /// The names of the open elements.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.open.iter().skip(ROOT_ELEMENT).map(|element| element.name)
    }

    #[cold]
    fn broken(&self, error: Error, reader: &Reader<&[u8]>) -> Fault {
        let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
        let what = match error {
            // All of these are said at the end of the text only.
            Error::Syntax(_) => return Fault::cut(self.text.len(), "inside markup"),
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                format!("`</{found}>` ends `<{expected}>`")
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => format!("`</{name}>` ends nothing"),
            Error::IllFormed(IllFormedError::UnclosedReference) => "a lone `&` stands".to_owned(),
            other => other.to_string(),
        };
        Fault::not_well_formed(at, what)
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

#[expect(clippy::cast_possible_truncation, reason = "texts of 2 GiB and more are refused beforehand")]
fn range(start: usize, end: usize, kind: Kind, marked: bool) -> Value {
    Value { start: start as u32, end: end as u32, count: 0, kind, marked }
}
