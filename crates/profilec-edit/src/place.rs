//! Which part of a profile an offset is in.

use std::ops::Range;

use profilec_diagnostics::Span;
use profilec_syntax::{Piece, PieceKind, Tag, TagEnd, TreeAttribute, TreeElement, TreeNode};

/// An offset's part, and the elements around it, the outermost first.
pub(crate) struct Place<'t> {
    pub(crate) around: Vec<&'t TreeElement>,
    pub(crate) at: At<'t>,
}

/// A part of a profile.
pub(crate) enum At<'t> {
    /// The name of an element, or nothing yet behind `<`.
    ElementName(Span),
    /// The name in an end tag, or nothing yet behind `</`.
    EndName(Span),
    /// The name of an attribute, or a blank where one may be.
    AttributeName(&'t Tag, Span),
    /// The value of an attribute.
    Value(&'t Tag, TreeAttribute, Span),
    /// Text between tags.
    Text(Span),
    /// The text of `<![CDATA[…]]>`, in which nothing is escaped.
    CData(Span),
    Comment(Span),
    Elsewhere,
}

/// Finds the part; `offset` is on a character boundary of `text`.
pub(crate) fn place<'t>(text: &str, nodes: &'t [TreeNode], offset: usize) -> Place<'t> {
    let cursor = u32::try_from(offset).unwrap_or(u32::MAX);
    let mut around = Vec::new();
    let mut nodes = nodes;
    let at = loop {
        let after = nodes.partition_point(|node| node.span().start() <= cursor);
        let Some(node) = after.checked_sub(1).and_then(|at| nodes.get(at)) else {
            // An element without a text has one that is empty.
            break if around.is_empty() { At::Elsewhere } else { At::Text(Span::at(cursor)) };
        };
        match node {
            TreeNode::Element(element) if is_in(&element.start, cursor) => {
                break in_tag(&element.start, cursor, false);
            }
            TreeNode::Element(element) => {
                if let Some(end) = element.end.as_ref().filter(|end| is_in(end, cursor)) {
                    around.push(element);
                    break in_tag(end, cursor, true);
                }
                let closed = element.start.end == TagEnd::Empty
                    || element.end.as_ref().is_some_and(|end| end.span.end() <= cursor);
                if closed || element.start.span.start() == cursor {
                    break At::Elsewhere;
                }
                around.push(element);
                nodes = &element.children;
            }
            TreeNode::EndTag(tag) if is_in(tag, cursor) => break in_tag(tag, cursor, true),
            TreeNode::Text(span) => break At::Text(*span),
            TreeNode::CData(span) => break in_cdata(text, *span, offset),
            TreeNode::Comment(span) => break At::Comment(*span),
            _ => break At::Elsewhere,
        }
    };
    let at = match at {
        // The parser may read a lone `<` as text.
        At::Text(_) | At::Elsewhere => half_typed(text, offset).unwrap_or(at),
        at => at,
    };
    Place { around, at }
}

fn in_cdata<'t>(text: &str, node: Span, offset: usize) -> At<'t> {
    let Range { start, end } = node.range();
    let written = text.get(start..end).unwrap_or_default();
    let end = if written.ends_with("]]>") { end - "]]>".len() } else { end };
    let inner = (start + "<![CDATA[".len()).min(end)..end;
    if inner.start <= offset && offset <= inner.end {
        At::CData(Span::from_range(inner))
    } else {
        At::Elsewhere
    }
}

fn is_in(tag: &Tag, cursor: u32) -> bool {
    let open = matches!(tag.end, TagEnd::Missing | TagEnd::Cut);
    tag.span.start() < cursor && (cursor < tag.span.end() || (open && cursor == tag.span.end()))
}

fn in_tag(tag: &Tag, cursor: u32, is_end: bool) -> At<'_> {
    let touches = |piece: &&Piece| piece.span.start() <= cursor && cursor <= piece.span.end();
    let of = |kind| tag.pieces.iter().filter(move |piece| piece.kind == kind).find(touches);
    if tag.name.start() <= cursor && cursor <= tag.name.end() {
        return if is_end { At::EndName(tag.name) } else { At::ElementName(tag.name) };
    }
    if is_end {
        return At::Elsewhere;
    }
    if let Some(value) = of(PieceKind::Value) {
        let found = tag.attributes().into_iter().find(|attribute| attribute.value == Some(value.span));
        return found.map_or(At::Elsewhere, |attribute| At::Value(tag, attribute, value.span));
    }
    if let Some(name) = of(PieceKind::AttributeName) {
        return At::AttributeName(tag, name.span);
    }
    let blank = of(PieceKind::Blank).filter(|blank| blank.span.start() < cursor);
    blank.map_or(At::Elsewhere, |_| At::AttributeName(tag, Span::at(cursor)))
}

/// A name behind `<` or `</`, read backwards.
fn half_typed(text: &str, offset: usize) -> Option<At<'static>> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
    let before = text.get(..offset)?;
    let head = before.trim_end_matches(is_name);
    let rest = text.get(offset..)?;
    let end = offset + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    let word = Span::from_range(head.len()..end);
    if head.ends_with("</") {
        Some(At::EndName(word))
    } else if head.ends_with('<') {
        Some(At::ElementName(word))
    } else {
        None
    }
}
