//! The lossless tree: every byte of the file belongs to exactly one leaf.
//!
//! Nodes hold spans only; names, blanks, quoting and comments are read back from the source. So the
//! formatter needs no second parser, and a tool that rewrites a file keeps what it does not touch.

use profilec_diagnostics::Span;

/// A file's nodes in order.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// Top-level nodes; together they cover the file.
    pub nodes: Vec<TreeNode>,
}

/// A piece of a file.
#[derive(Clone, Debug)]
pub enum TreeNode {
    /// An element with all that is in it.
    Element(TreeElement),
    /// An end tag that closes nothing.
    EndTag(Tag),
    /// Character data as written, blanks included.
    Text(Span),
    /// `<!-- … -->`.
    Comment(Span),
    /// `<![CDATA[ … ]]>`.
    CData(Span),
    /// `<? … ?>`, the XML declaration included.
    Instruction(Span),
    /// `<!DOCTYPE … >` with its internal subset; never read.
    Doctype(Span),
    /// U+FEFF at the start of the file.
    ByteOrderMark(Span),
    /// What is nested too deeply to be read.
    Unread(Span),
}

/// An element.
#[derive(Clone, Debug)]
pub struct TreeElement {
    /// Its start tag.
    pub start: Tag,
    /// What stands between the tags.
    pub children: Vec<TreeNode>,
    /// Its end tag; `None` for `<a/>` and for an element that is closed by something else.
    pub end: Option<Tag>,
}

/// A start or end tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// The name, prefix included.
    pub name: Span,
    /// Every piece in order; together they cover the tag.
    pub pieces: Vec<Piece>,
    /// How it ends.
    pub end: TagEnd,
    /// The whole tag.
    pub span: Span,
}

/// How a tag ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagEnd {
    /// `>`.
    Open,
    /// `/>`.
    Empty,
    /// At the next `<`: its `>` is missing.
    Missing,
    /// At the end of the file.
    Cut,
}

/// A piece of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it stands.
    pub span: Span,
}

/// What a piece of a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// `<` or `</`.
    Open,
    /// The element's name.
    Name,
    /// Blanks of any kind.
    Blank,
    /// An attribute's name.
    AttributeName,
    /// `=`.
    Equals,
    /// The quote before a value.
    OpenQuote,
    /// An attribute's value without quotes; may be empty.
    Value,
    /// The quote after a value.
    CloseQuote,
    /// Anything that has no business in a tag.
    Junk,
    /// `>` or `/>`.
    Close,
}

/// An attribute of a tag, gathered from its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeAttribute {
    /// The name, prefix included.
    pub name: Span,
    /// The value without quotes.
    pub value: Option<Span>,
}

impl Tree {
    /// The spans of all leaves in file order. They tile the file: each starts where the one before ends.
    pub fn leaves(&self) -> Vec<Span> {
        let mut leaves = Vec::new();
        collect(&self.nodes, &mut leaves);
        leaves.retain(|leaf| !leaf.is_empty());
        leaves
    }
}

impl TreeNode {
    /// The whole node.
    pub fn span(&self) -> Span {
        match self {
            Self::Element(element) => element.span(),
            Self::EndTag(tag) => tag.span,
            Self::Text(span)
            | Self::Comment(span)
            | Self::CData(span)
            | Self::Instruction(span)
            | Self::Doctype(span)
            | Self::ByteOrderMark(span)
            | Self::Unread(span) => *span,
        }
    }
}

impl TreeElement {
    /// From its start tag to the end of its end tag, or of its last child.
    pub fn span(&self) -> Span {
        let last = match (&self.end, self.children.last()) {
            (Some(end), _) => end.span,
            (None, Some(child)) => child.span(),
            (None, None) => self.start.span,
        };
        self.start.span.cover(last)
    }

    /// The child elements in order.
    pub fn elements(&self) -> impl Iterator<Item = &TreeElement> {
        elements(&self.children)
    }
}

impl Tag {
    /// The attributes in order, faulty ones included.
    pub fn attributes(&self) -> Vec<TreeAttribute> {
        let mut attributes: Vec<TreeAttribute> = Vec::new();
        for piece in &self.pieces {
            match (piece.kind, attributes.last_mut()) {
                (PieceKind::AttributeName, _) => {
                    attributes.push(TreeAttribute { name: piece.span, value: None });
                }
                (PieceKind::Value, Some(attribute)) => attribute.value = Some(piece.span),
                _ => {}
            }
        }
        attributes
    }
}

/// The elements among some nodes.
pub(crate) fn elements(nodes: &[TreeNode]) -> impl Iterator<Item = &TreeElement> {
    nodes.iter().filter_map(|node| match node {
        TreeNode::Element(element) => Some(element),
        _ => None,
    })
}

/// Recursion is bounded: the parser keeps what is nested too deeply as [`TreeNode::Unread`].
fn collect(nodes: &[TreeNode], leaves: &mut Vec<Span>) {
    let pieces = |tag: &Tag, leaves: &mut Vec<Span>| leaves.extend(tag.pieces.iter().map(|piece| piece.span));
    for node in nodes {
        match node {
            TreeNode::Element(element) => {
                pieces(&element.start, leaves);
                collect(&element.children, leaves);
                if let Some(end) = &element.end {
                    pieces(end, leaves);
                }
            }
            TreeNode::EndTag(tag) => pieces(tag, leaves),
            leaf => leaves.push(leaf.span()),
        }
    }
}
