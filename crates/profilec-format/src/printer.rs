//! From the tree to the text.

use std::collections::VecDeque;

use profilec_diagnostics::Span;
use profilec_syntax::{Parsed, PieceKind, Tag, TreeElement};
use unicode_width::UnicodeWidthStr;

use crate::attributes::{Attribute, attributes};
use crate::content::{Contents, Gap, Item, Thing, has_text, is_blank, line_ends};
use crate::elements::{Element, Elements};
use crate::table::{Row, aligned};

/// Spaces a level.
const INDENT: usize = 2;
/// A tag that would reach beyond this column has one attribute a line, unless it is a row of a table.
const WIDTH: usize = 120;

/// Prints a profile that needs no mending.
pub(crate) fn print(text: &str, parsed: &Parsed) -> String {
    let elements = Elements::of(&parsed.document);
    let mut printer = Printer { text, elements, parts: Vec::new(), line_end: None };
    let file = Contents::of_file(text, &parsed.tree.nodes);
    printer.items(&file, 0);
    printer.part(Part::Line { is_after_blank: false, indent: 0 });
    printer.finish()
}

struct Printer<'a> {
    text: &'a str,
    elements: Elements,
    parts: Vec<Part<'a>>,
    /// The first line end in the file that is layout; the others become like it.
    line_end: Option<&'static str>,
}

/// A part of the text that is made.
enum Part<'a> {
    /// A new line, perhaps after an empty one.
    Line { is_after_blank: bool, indent: usize },
    /// Text as it stands in the file.
    Kept(&'a str),
    /// Text that was made.
    Made(String),
}

impl<'a> Printer<'a> {
    fn part(&mut self, part: Part<'a>) {
        self.parts.push(part);
    }

    fn kept(&mut self, span: Span) {
        self.part(Part::Kept(&self.text[span.range()]));
    }

    fn made(&mut self, text: impl Into<String>) {
        self.part(Part::Made(text.into()));
    }

    fn finish(self) -> String {
        let line_end = self.line_end.unwrap_or("\n");
        let mut out = String::with_capacity(self.text.len());
        if self.text.starts_with('\u{FEFF}') {
            out.push('\u{FEFF}');
        }
        for part in self.parts {
            match part {
                Part::Line { is_after_blank, indent } => {
                    out.push_str(line_end);
                    if is_after_blank {
                        out.push_str(line_end);
                    }
                    out.extend(std::iter::repeat_n(' ', indent));
                }
                Part::Kept(text) => out.push_str(text),
                Part::Made(text) => out.push_str(&text),
            }
        }
        out
    }

    /// Notes which line ends a layout has.
    fn layout(&mut self, blanks: impl IntoIterator<Item = Span>) {
        for blank in blanks {
            if self.line_end.is_some() {
                return;
            }
            self.line_end = line_ends(&self.text[blank.range()]).next();
        }
    }

    fn items(&mut self, items: &Contents<'a>, depth: usize) {
        self.layout(items.blanks.iter().copied());
        let mut rows = VecDeque::new();
        for (at, item) in items.items.iter().enumerate() {
            self.gap(items, at, depth);
            match item.thing {
                Thing::Note(span) | Thing::Text(span) => self.kept(span),
                Thing::Element(element) => {
                    if rows.is_empty() {
                        rows = self.table(&items.items[at..]);
                    }
                    match rows.pop_front() {
                        Some(row) => self.row(element, &row),
                        None => self.element(element, depth),
                    }
                }
            }
        }
    }

    /// What comes before an item.
    fn gap(&mut self, items: &Contents<'a>, at: usize, depth: usize) {
        let is_first = at == 0;
        // A comment that is all there is between two tags on one line belongs to neither.
        let is_alone = items.items.len() == 1 && items.end == Gap::Same;
        match items.items[at].gap {
            Gap::Text => {}
            _ if self.parts.is_empty() => {}
            Gap::Same if !is_alone => self.made(" "),
            gap => {
                let is_after_blank = gap == Gap::Blank && !is_first;
                self.part(Part::Line { is_after_blank, indent: depth * INDENT });
            }
        }
    }

    /// The rows of the table that starts with the first item, if one does. An empty line ends a table, a
    /// comment does not.
    fn table(&mut self, items: &[Item<'a>]) -> VecDeque<String> {
        let mut rows = Vec::new();
        let mut name: Option<&str> = None;
        for (at, item) in items.iter().enumerate() {
            let is_apart = at > 0 && !matches!(item.gap, Gap::Same | Gap::Line);
            match item.thing {
                _ if is_apart => break,
                Thing::Note(_) => {}
                Thing::Text(_) => break,
                Thing::Element(element) => {
                    let own = &self.text[element.start.name.range()];
                    let Some(row) = self.as_row(element) else { break };
                    if name.is_some_and(|name| name != own) {
                        break;
                    }
                    name = Some(own);
                    rows.push(row);
                }
            }
        }
        aligned(&rows)
    }

    /// A field that holds nothing and stands on one line.
    fn as_row(&self, element: &TreeElement) -> Option<Row> {
        let kind = self.elements.get(self.text, element);
        if !matches!(kind, Element::Field) || !self.holds_nothing(element) {
            return None;
        }
        let attributes = attributes(self.text, &element.start, kind);
        let is_one_line = |attribute: &Attribute| line_ends(&attribute.text).next().is_none();
        attributes.iter().all(is_one_line).then(|| Row::new(attributes))
    }

    fn row(&mut self, element: &'a TreeElement, cells: &str) {
        self.tag_layout(element);
        self.made("<");
        self.kept(element.start.name);
        self.made(format!("{cells}/>"));
    }

    fn element(&mut self, element: &'a TreeElement, depth: usize) {
        self.tag_layout(element);
        let kind = self.elements.get(self.text, element);
        let holds_nothing = self.holds_nothing(element);
        self.start_tag(&element.start, kind, if holds_nothing { "/>" } else { ">" }, depth);
        let Some(end) = element.end.as_ref().filter(|_| !holds_nothing) else { return };
        if kind.reads_text() && has_text(self.text, &element.children) {
            self.kept(Span::new(element.start.span.end(), end.span.start()));
        } else {
            let items = Contents::of_element(self.text, &element.children);
            self.items(&items, depth + 1);
            if items.end != Gap::Text && !items.items.is_empty() {
                self.part(Part::Line { is_after_blank: false, indent: depth * INDENT });
            }
        }
        self.made("</");
        self.kept(end.name);
        self.made(">");
    }

    /// Notes the line ends within the tags of an element, and between them when nothing else is there.
    fn tag_layout(&mut self, element: &TreeElement) {
        let blanks = |tag: &Tag| {
            let blanks = tag.pieces.iter().filter(|piece| piece.kind == PieceKind::Blank);
            blanks.map(|piece| piece.span).collect::<Vec<_>>()
        };
        self.layout(blanks(&element.start));
        if self.holds_nothing(element) {
            self.layout(element.children.iter().map(profilec_syntax::TreeNode::span));
        }
        self.layout(element.end.iter().flat_map(blanks));
    }

    /// Whether an element may be written `<name/>`. An end tag that does not repeat the name says what the
    /// name was meant to be, and stays.
    fn holds_nothing(&self, element: &TreeElement) -> bool {
        let repeats = |end: &Tag| self.text[end.name.range()] == self.text[element.start.name.range()];
        element.end.as_ref().is_none_or(repeats) && is_blank(self.text, &element.children)
    }

    fn start_tag(&mut self, tag: &Tag, kind: Element, end: &'static str, depth: usize) {
        let attributes = attributes(self.text, tag, kind);
        let name = &self.text[tag.name.range()];
        let indent = depth * INDENT;
        let under = indent + 1 + name.width() + 1;
        let is_wrapped = attributes.len() > 1 && {
            let line =
                attributes.iter().map(|attribute| attribute.text.as_str()).collect::<Vec<_>>().join(" ");
            let widest = |lines: &str| lines.split(['\n', '\r']).map(UnicodeWidthStr::width).max();
            under + widest(&line).unwrap_or_default() + end.len() > WIDTH
        };
        self.made("<");
        self.kept(tag.name);
        for (at, attribute) in attributes.into_iter().enumerate() {
            if is_wrapped && at > 0 {
                self.part(Part::Line { is_after_blank: false, indent: under });
            } else {
                self.made(" ");
            }
            self.made(attribute.text);
        }
        self.made(end);
    }
}
