//! From tokens to the tree: which end tag closes what, when some are missing, misspelt or too many.
//!
//! What decides is the balance of start and end tags of each name in the whole file: `</b>` is taken for a
//! misspelt `</a>` only if the file lacks one of the latter and has one too many of the former.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_vocabulary::{closest, keyword};

use super::character::run;
use super::findings::Findings;
use super::lexer::{Lexed, Token};
use super::names::KEYWORD_PREFIXES;
use crate::tree::{PieceKind, Tag, TagEnd, Tree, TreeElement, TreeNode, elements};

/// How deeply elements may nest. Real profiles stay under 20; every later stage may recurse this deep.
pub(crate) const MAX_DEPTH: usize = 128;

/// Elements of `api:info` that hold nothing.
const FIELDS: &[&str] = &["attr", "input", "output"];
/// Keywords that hold no other element.
const SIMPLE: &[&str] = &["set", "setc", "setm", "unset", "throw", "break", "continue"];

/// A tree, and whether the file ends before it is whole.
pub(super) struct Nested {
    pub(super) tree: Tree,
    pub(super) truncated: bool,
}

pub(super) fn nest(text: &str, lexed: Lexed, findings: &mut Findings) -> Nested {
    let mut nest = Nest {
        text,
        open: Vec::new(),
        top: Vec::new(),
        balance: balance(text, &lexed.tokens),
        unread: 0,
        too_deep: false,
        crossed: HashMap::new(),
        findings,
    };
    for token in lexed.tokens {
        match token {
            Token::Start(tag) => nest.start(tag),
            Token::End(tag) => nest.end(tag),
            Token::Leaf(node) => nest.leaf(node),
        }
    }
    let truncated = nest.finish(lexed.cut);
    let tree = Tree { nodes: nest.top };
    if !truncated {
        report_outside(text, &tree, findings);
    }
    Nested { tree, truncated }
}

/// Start tags that want an end tag less end tags, by name.
fn balance<'a>(text: &'a str, tokens: &[Token]) -> HashMap<&'a str, i64> {
    let mut balance = HashMap::new();
    for token in tokens {
        let (tag, change) = match token {
            Token::Start(tag) if matches!(tag.end, TagEnd::Open | TagEnd::Missing) => (tag, 1),
            Token::End(tag) if tag.end != TagEnd::Cut => (tag, -1),
            _ => continue,
        };
        *balance.entry(&text[tag.name.range()]).or_default() += change;
    }
    balance
}

struct Nest<'a> {
    text: &'a str,
    open: Vec<TreeElement>,
    top: Vec<TreeNode>,
    balance: HashMap<&'a str, i64>,
    /// How many elements deep we are in what is not read.
    unread: usize,
    too_deep: bool,
    /// Names of elements that were closed by the end of an element around them, and whose own end tags are
    /// still to come.
    crossed: HashMap<&'a str, usize>,
    findings: &'a mut Findings,
}

impl<'a> Nest<'a> {
    fn name(&self, tag: &Tag) -> &'a str {
        &self.text[tag.name.range()]
    }

    fn lacks_end(&self, name: &str) -> bool {
        self.balance.get(name).is_some_and(|balance| *balance > 0)
    }

    fn settle(&mut self, name: &'a str, change: i64) {
        *self.balance.entry(name).or_default() += change;
    }

    fn leaf(&mut self, node: TreeNode) {
        if self.unread > 0 {
            self.skip(node.span());
        } else {
            self.add(node);
        }
    }

    fn add(&mut self, node: TreeNode) {
        match self.open.last_mut() {
            Some(element) => element.children.push(node),
            None => self.top.push(node),
        }
    }

    fn skip(&mut self, span: Span) {
        let nodes = self.open.last_mut().map_or(&mut self.top, |element| &mut element.children);
        match nodes.last_mut() {
            Some(TreeNode::Unread(before)) => *before = before.cover(span),
            _ => nodes.push(TreeNode::Unread(span)),
        }
    }

    fn start(&mut self, tag: Tag) {
        let holds = tag.end == TagEnd::Open;
        if self.unread > 0 {
            self.unread += usize::from(holds);
            self.skip(tag.span);
            return;
        }
        if self.is_meant_as_end(&tag) {
            self.end_by_start(tag);
            return;
        }
        self.close_implied(&tag);
        let mut holds = holds;
        if tag.end == TagEnd::Missing {
            let name = self.name(&tag);
            holds = !self.lacks_end(name);
            if !holds {
                self.settle(name, -1);
            }
            let close = if holds || ends_in_slash(self.text, &tag) { ">" } else { "/>" };
            self.report_tag_unclosed(&tag, close);
        }
        let element = TreeElement { start: tag, children: Vec::new(), end: None };
        if !holds {
            self.add(TreeNode::Element(element));
        } else if self.open.len() < MAX_DEPTH {
            self.open.push(element);
        } else {
            self.report_too_deep(&element.start);
            self.unread = 1;
            self.skip(element.start.span);
        }
    }

    /// Closes elements that lack their end tag and cannot hold the element that starts.
    fn close_implied(&mut self, tag: &Tag) {
        while let Some(top) = self.open.last() {
            let name = self.name(&top.start);
            if !self.lacks_end(name) || can_hold(name, self.name(tag)) {
                return;
            }
            self.close_missing();
        }
    }

    fn end(&mut self, tag: Tag) {
        if self.unread > 0 {
            self.unread -= 1;
            self.skip(tag.span);
            return;
        }
        if tag.end == TagEnd::Cut {
            self.add(TreeNode::EndTag(tag));
            return;
        }
        if tag.end == TagEnd::Missing {
            self.report_tag_unclosed(&tag, ">");
        }
        let name = self.name(&tag);
        let Some(innermost) = self.open.last().map(|top| self.name(&top.start)) else {
            self.stray(tag);
            return;
        };
        if self.is_awaited(name) {
            self.add(TreeNode::EndTag(tag));
            return;
        }
        if innermost != name {
            let surplus = self.balance.get(name).is_some_and(|balance| *balance < 0);
            if surplus && self.lacks_end(innermost) {
                self.settle(innermost, -1);
                self.settle(name, 1);
                if !is_slip_of(innermost, name) {
                    self.report_mismatched(&tag);
                }
            } else if self.open.iter().any(|open| self.name(&open.start) == name) {
                while let Some(top) = self.open.last().filter(|top| self.name(&top.start) != name) {
                    if self.lacks_end(self.name(&top.start)) {
                        self.close_missing();
                    } else {
                        self.close_crossed(&tag);
                    }
                }
            } else {
                self.stray(tag);
                return;
            }
        }
        if let Some(element) = self.open.pop() {
            self.add(TreeNode::Element(TreeElement { end: Some(tag), ..element }));
        }
    }

    /// Closes the innermost element, whose end tag is missing.
    fn close_missing(&mut self) {
        let Some(element) = self.open.pop() else { return };
        let name = self.name(&element.start);
        self.settle(name, -1);
        let is_blank = |node: &TreeNode| matches!(node, TreeNode::Text(span) if self.text[span.range()].trim().is_empty());
        let close = element.start.pieces.last().filter(|piece| piece.kind == PieceKind::Close);
        let fix = match close {
            Some(close) if element.children.iter().all(is_blank) => Fix::safe(
                format!("write `<{name} … />`"),
                vec![Edit { span: close.span, text: "/>".to_owned() }],
            ),
            _ => {
                let filled = element.children.iter().rfind(|node| !is_blank(node));
                let at = filled.map_or(element.start.span.end(), |node| node.span().end());
                Fix::risky(
                    format!("write `</{name}>`"),
                    vec![Edit { span: Span::at(at), text: format!("</{name}>") }],
                )
            }
        };
        self.findings.push(
            Diagnostic::new(
                &codes::xml::end_tag_missing,
                format!("`{name}` has no end tag"),
                Label::new(element.start.name, "opened here, never closed"),
            )
            .help(format!("write `</{name}>`, or `/>` if it holds nothing"))
            .fix(fix),
        );
        self.add(TreeNode::Element(element));
    }

    /// Closes the innermost element, whose end tag comes after that of an element around it.
    fn close_crossed(&mut self, tag: &Tag) {
        let Some(element) = self.open.pop() else { return };
        let (name, outer) = (self.name(&element.start), self.name(tag));
        *self.crossed.entry(name).or_default() += 1;
        self.findings.push(
            Diagnostic::new(
                &codes::xml::end_tag_mismatched,
                format!("end tag `</{outer}>` stands before `</{name}>`"),
                Label::new(tag.name, format!("`{name}` is still open")),
            )
            .label(Label::new(element.start.name, "opened here"))
            .help(format!("write `</{name}>` before it: what is opened last is closed first")),
        );
        self.add(TreeNode::Element(element));
    }

    /// Whether this is the late end tag of an element that was closed by one around it.
    fn is_awaited(&mut self, name: &str) -> bool {
        let Some(count) = self.crossed.get_mut(name).filter(|count| **count > 0) else { return false };
        *count -= 1;
        true
    }

    /// Whether a start tag is an end tag whose slash was forgotten: it repeats the name of the innermost
    /// element without its attributes, and two end tags are missing because of it.
    fn is_meant_as_end(&self, tag: &Tag) -> bool {
        let has_attributes =
            |tag: &Tag| tag.pieces.iter().any(|piece| piece.kind == PieceKind::AttributeName);
        let name = self.name(tag);
        tag.end == TagEnd::Open
            && !has_attributes(tag)
            && self.balance.get(name).is_some_and(|balance| *balance >= 2)
            && self.open.last().is_some_and(|top| self.name(&top.start) == name && has_attributes(&top.start))
    }

    fn end_by_start(&mut self, tag: Tag) {
        let Some(element) = self.open.pop() else { return };
        let name = self.name(&tag);
        self.settle(name, -2);
        let slash = vec![Edit { span: Span::at(tag.name.start()), text: "/".to_owned() }];
        self.findings.push(
            Diagnostic::new(
                &codes::xml::end_tag_mismatched,
                format!("start tag `<{name}>` stands where `</{name}>` should"),
                Label::new(tag.name, "taken for the end tag"),
            )
            .label(Label::new(element.start.name, "opened here"))
            .help(format!("write `</{name}>`"))
            .fix(Fix::risky(format!("write `</{name}>`"), slash)),
        );
        self.add(TreeNode::Element(TreeElement { end: Some(tag), ..element }));
    }

    fn stray(&mut self, tag: Tag) {
        let name = self.name(&tag);
        self.settle(name, 1);
        self.findings.push(
            Diagnostic::new(
                &codes::xml::end_tag_stray,
                format!("end tag `</{name}>` closes nothing"),
                Label::new(tag.name, "no such element is open"),
            )
            .help("remove it")
            .fix(Fix::safe("remove it", vec![Edit { span: tag.span, text: String::new() }])),
        );
        self.add(TreeNode::EndTag(tag));
    }

    fn report_mismatched(&mut self, tag: &Tag) {
        let Some(open) = self.open.last().map(|open| open.start.name) else { return };
        let (name, expected) = (self.name(tag), &self.text[open.range()]);
        let edits = vec![Edit { span: tag.name, text: expected.to_owned() }];
        let title = format!("write `</{expected}>`");
        let near = closest(name, [expected]).is_some();
        self.findings.push(
            Diagnostic::new(
                &codes::xml::end_tag_mismatched,
                format!("end tag `</{name}>` stands where `</{expected}>` should"),
                Label::new(tag.name, format!("taken for `{expected}`")),
            )
            .label(Label::new(open, "opened here"))
            .help(title.clone())
            .fix(if near { Fix::safe(title, edits) } else { Fix::risky(title, edits) }),
        );
    }

    fn report_tag_unclosed(&mut self, tag: &Tag, close: &str) {
        let name = self.name(tag);
        let last = tag.pieces.iter().rfind(|piece| piece.kind != PieceKind::Blank);
        let at = Span::at(last.map_or(tag.span.end(), |piece| piece.span.end()));
        self.findings.push(
            Diagnostic::new(
                &codes::xml::tag_unclosed,
                format!("the tag `{name}` has no `>`"),
                Label::new(tag.name, "the next tag starts before this one ends"),
            )
            .help(format!("write `{close}` at its end"))
            .fix(Fix::safe(format!("write `{close}`"), vec![Edit { span: at, text: close.to_owned() }])),
        );
    }

    fn report_too_deep(&mut self, tag: &Tag) {
        if std::mem::replace(&mut self.too_deep, true) {
            return;
        }
        let name = self.name(tag);
        self.findings.push(
            Diagnostic::new(
                &codes::xml::too_deep,
                format!("`{name}` is nested more than {MAX_DEPTH} elements deep"),
                Label::new(tag.name, "not read from here to its end"),
            )
            .help("nest less deeply; a missing end tag or `/` may be the reason"),
        );
    }

    /// Closes what is open at the end of the file, and says whether the file was cut off.
    fn finish(&mut self, cut: Option<u32>) -> bool {
        let truncated = self.unread == 0 && (cut.is_some() || !self.open.is_empty());
        if truncated {
            self.report_truncated(cut);
        }
        while let Some(element) = self.open.pop() {
            self.add(TreeNode::Element(element));
        }
        truncated
    }

    fn report_truncated(&mut self, cut: Option<u32>) {
        let nodes = self.open.last().map_or(&self.top, |element| &element.children);
        let (message, place) = match (cut, nodes.last()) {
            (Some(_), Some(TreeNode::Element(TreeElement { start: tag, .. }) | TreeNode::EndTag(tag))) => {
                let place = if tag.name.is_empty() { tag.span } else { tag.name };
                let message = if tag.name.range().end == self.text.len() {
                    "the file ends inside a tag".to_owned()
                } else {
                    format!("the file ends inside the tag `{}`", self.name(tag))
                };
                (message, place)
            }
            (Some(cut), _) => {
                let length = run(&self.text[cut as usize..], |c| c.is_ascii_graphic()).min(4);
                let end = cut as usize + length;
                let kind = match nodes.last() {
                    Some(TreeNode::Comment(_)) => "a comment",
                    Some(TreeNode::CData(_)) => "a CDATA section",
                    Some(TreeNode::Instruction(_)) => "an instruction",
                    Some(TreeNode::Doctype(_)) => "a DOCTYPE",
                    _ => "a tag",
                };
                (format!("the file ends inside {kind}"), Span::from_range(cut as usize..end))
            }
            (None, _) => {
                let Some(open) = self.open.last() else { return };
                (format!("the file ends before `{}` is closed", self.name(&open.start)), open.start.name)
            }
        };
        let mut finding = Diagnostic::new(&codes::xml::truncated, message, Label::new(place, "opened here"))
            .help("the file seems cut off; get the rest of it");
        if cut.is_none() {
            let mut ends = String::new();
            for open in self.open.iter().rev() {
                ends.extend(["</", self.name(&open.start), ">"]);
            }
            let end = Span::from_range(self.text.len()..self.text.len());
            finding = finding
                .help("the file seems cut off; get the rest of it, or write the missing end tags")
                .fix(Fix::risky("write the missing end tags", vec![Edit { span: end, text: ends }]));
        }
        self.findings.push(finding);
    }
}

/// Whether an element may have another one in it, as far as the language says.
fn can_hold(outer: &str, inner: &str) -> bool {
    let is = |name: &str, known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    let (prefix, local) = outer.split_once(':').unwrap_or(("", outer));
    if prefix.is_empty() {
        return !is(local, FIELDS);
    }
    if local.eq_ignore_ascii_case("info") {
        return !inner.contains(':') || is(inner.split_once(':').map_or("", |(_, local)| local), FIELDS);
    }
    !is(local, SIMPLE)
}

/// Reports what has no business beside the root element.
fn report_outside(text: &str, tree: &Tree, findings: &mut Findings) {
    let mut roots = elements(&tree.nodes);
    let Some(first) = roots.next() else {
        let end = Span::from_range(text.len()..text.len());
        let (message, place) = match tree.nodes.iter().find_map(|node| stray_text(text, node)) {
            Some(span) => ("the file has no element", span),
            None => ("the file is empty", end),
        };
        findings.push(
            Diagnostic::new(&codes::xml::empty_file, message, Label::new(place, "expected `<api:script>`"))
                .help("a profile is an `api:script` element with `api:info` in it"),
        );
        return;
    };
    if let Some(second) = roots.next() {
        let name = |element: &TreeElement| text[element.start.name.range()].to_owned();
        findings.push(
            Diagnostic::new(
                &codes::xml::roots_repeated,
                format!("`{}` stands outside the root `{}`", name(second), name(first)),
                Label::new(second.start.name, "a file has one root"),
            )
            .label(Label::new(first.start.name, "the root"))
            .help("move it into the root; it is read as if it were there"),
        );
    }
    for span in tree.nodes.iter().filter_map(|node| stray_text(text, node)) {
        let before = span.start() < first.start.span.start();
        let side = if before { "before" } else { "after" };
        findings.push(
            Diagnostic::new(
                &codes::xml::text_outside_root,
                format!("text {side} the root `{}`", &text[first.start.name.range()]),
                Label::new(span, "not read"),
            )
            .help("remove it, or make it a comment")
            .fix(Fix::risky("remove it", vec![Edit { span, text: String::new() }])),
        );
    }
}

/// The text of a node beside the root, without blanks around it.
fn stray_text(text: &str, node: &TreeNode) -> Option<Span> {
    let (TreeNode::Text(span) | TreeNode::CData(span)) = node else { return None };
    let raw = &text[span.range()];
    let start = span.range().start + (raw.len() - raw.trim_start().len());
    let trimmed = raw.trim();
    (!trimmed.is_empty()).then(|| Span::from_range(start..start + trimmed.len()))
}

/// Whether the name of a start tag is a slip of the keyword that its end tag names: then the checker, which
/// knows all keywords, says what was meant.
fn is_slip_of(start: &str, end: &str) -> bool {
    let parts =
        |name: &'_ str| name.split_once(':').map(|(prefix, local)| (prefix.to_owned(), local.to_owned()));
    let Some((prefix, meant)) = parts(end) else { return false };
    let (own, local) = parts(start).unwrap_or_else(|| (prefix.clone(), start.to_owned()));
    keyword(&meant).is_some()
        && (keyword(&local).is_none() || !start.contains(':'))
        && own.eq_ignore_ascii_case(&prefix)
        && KEYWORD_PREFIXES.iter().any(|known| known.eq_ignore_ascii_case(&own))
        && (local.eq_ignore_ascii_case(&meant) || closest(&local, [meant.as_str()]).is_some())
}

/// Whether a tag without its `>` ends in `/`.
fn ends_in_slash(text: &str, tag: &Tag) -> bool {
    let last = tag.pieces.iter().rfind(|piece| piece.kind != PieceKind::Blank);
    last.is_some_and(|piece| piece.kind == PieceKind::Junk && text[piece.span.range()].ends_with('/'))
}
