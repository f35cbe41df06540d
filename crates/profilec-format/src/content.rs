//! What stands between two tags: what is layout, and what is text that must stay.

use profilec_diagnostics::Span;
use profilec_syntax::{TreeElement, TreeNode};

/// One thing among the children of an element, and what parts it from the thing before.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) gap: Gap,
    pub(crate) thing: Thing<'a>,
}

/// A thing that is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Thing<'a> {
    Element(&'a TreeElement),
    /// A comment or an instruction; beside the root also text, which nobody reads.
    Note(Span),
    /// Text that means something, with all that stands in it.
    Text(Span),
}

/// What stood between two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing may come between: text that means something touches.
    Text,
    /// They share a line.
    Same,
    /// A line end.
    Line,
    /// An empty line.
    Blank,
}

/// The children of an element, or the nodes of a file.
#[derive(Debug)]
pub(crate) struct Contents<'a> {
    pub(crate) items: Vec<Item<'a>>,
    /// What stood after the last of them.
    pub(crate) end: Gap,
    /// The blanks that are layout, in file order.
    pub(crate) blanks: Vec<Span>,
}

impl<'a> Contents<'a> {
    /// The nodes of a file. Text among them means nothing.
    pub(crate) fn of_file(text: &str, nodes: &'a [TreeNode]) -> Self {
        let mut items = Self { items: Vec::new(), end: Gap::Same, blanks: Vec::new() };
        let mut gap = Gap::Same;
        for node in nodes {
            items.outside(text, node, &mut gap);
        }
        items.end = gap;
        items
    }

    /// The children of an element. Text parts of it mean something where they are not blank; child elements
    /// part them.
    pub(crate) fn of_element(text: &str, nodes: &'a [TreeNode]) -> Self {
        let mut items = Self { items: Vec::new(), end: Gap::Same, blanks: Vec::new() };
        let mut rest = nodes;
        while !rest.is_empty() {
            let length = rest.iter().position(|node| matches!(node, TreeNode::Element(_)));
            let (piece, others) = rest.split_at(length.unwrap_or(rest.len()));
            let mut gap = items.piece(text, piece);
            rest = others;
            if let Some((element, others)) = others.split_first() {
                items.outside(text, element, &mut gap);
                rest = others;
            }
            items.end = gap;
        }
        items
    }

    /// What stands before, between or after child elements. Says what parts it from the next one.
    fn piece(&mut self, text: &str, piece: &'a [TreeNode]) -> Gap {
        match (piece.first(), piece.last()) {
            (Some(first), Some(last)) if piece.iter().any(|node| is_text(text, node)) => {
                let whole = first.span().cover(last.span());
                self.items.push(Item { gap: Gap::Text, thing: Thing::Text(whole) });
                Gap::Text
            }
            _ => {
                let mut gap = Gap::Same;
                for node in piece {
                    self.outside(text, node, &mut gap);
                }
                gap
            }
        }
    }

    /// A node that has no part in text that means something.
    fn outside(&mut self, text: &str, node: &'a TreeNode, gap: &mut Gap) {
        let thing = match node {
            TreeNode::Element(element) => {
                if *gap == Gap::Same {
                    *gap = Gap::Line;
                }
                Thing::Element(element)
            }
            TreeNode::Text(span) => {
                let raw = &text[span.range()];
                let trimmed = raw.trim();
                let start = span.range().start + (raw.len() - raw.trim_start().len());
                let within = Span::from_range(start..start + trimmed.len());
                if trimmed.is_empty() {
                    self.blank(text, *span, gap);
                    return;
                }
                self.blank(text, Span::new(span.start(), within.start()), gap);
                self.items.push(Item { gap: *gap, thing: Thing::Note(within) });
                *gap = Gap::Same;
                self.blank(text, Span::new(within.end(), span.end()), gap);
                return;
            }
            // It stands before everything, and is no thing.
            TreeNode::ByteOrderMark(_) => return,
            other => Thing::Note(other.span()),
        };
        self.items.push(Item { gap: *gap, thing });
        *gap = Gap::Same;
    }

    fn blank(&mut self, text: &str, span: Span, gap: &mut Gap) {
        let found = match line_ends(&text[span.range()]).count() {
            0 => Gap::Same,
            1 => Gap::Line,
            _ => Gap::Blank,
        };
        *gap = found.max(*gap);
        self.blanks.push(span);
    }
}

/// The line ends of a text: LF, CRLF, or CR alone.
pub(crate) fn line_ends(text: &str) -> impl Iterator<Item = &'static str> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
        b'\n' if at == 0 || bytes[at - 1] != b'\r' => Some("\n"),
        b'\r' if bytes.get(at + 1) == Some(&b'\n') => Some("\r\n"),
        b'\r' => Some("\r"),
        _ => None,
    })
}

/// Whether a node is text that means something. Blanks in a CDATA section are meant.
fn is_text(text: &str, node: &TreeNode) -> bool {
    match node {
        TreeNode::Text(span) => !text[span.range()].trim().is_empty(),
        TreeNode::CData(_) => true,
        _ => false,
    }
}

/// Whether there is text in nodes or in elements among them.
pub(crate) fn has_text(text: &str, nodes: &[TreeNode]) -> bool {
    nodes.iter().any(|node| match node {
        TreeNode::Element(element) => has_text(text, &element.children),
        leaf => is_text(text, leaf),
    })
}

/// Whether nodes are blanks and nothing else.
pub(crate) fn is_blank(text: &str, nodes: &[TreeNode]) -> bool {
    nodes.iter().all(|node| matches!(node, TreeNode::Text(_)) && !is_text(text, node))
}
