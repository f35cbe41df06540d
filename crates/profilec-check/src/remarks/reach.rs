//! What a comment speaks of.

use profilec_diagnostics::Span;
use profilec_syntax::{Tree, TreeElement, TreeNode};

/// All comments in file order, each with what it speaks of: behind a tag on the same line the element of that tag,
/// before the first element the whole file, else the next element beside it.
pub(super) fn comments(text: &str, tree: &Tree, part: Span) -> Vec<(Span, Option<Span>)> {
    let mut comments = Vec::new();
    let is_element = |node: &TreeNode| matches!(node, TreeNode::Element(_));
    let root = tree.nodes.iter().position(is_element).unwrap_or(tree.nodes.len());
    let (prolog, rest) = tree.nodes.split_at(root);
    let in_prolog = prolog.iter().filter_map(comment);
    comments.extend(in_prolog.map(|span| (span, Some(part))));
    collect(text, rest, None, &mut comments);
    comments
}

/// Recursion is as deep as the tree, which the parser bounds.
fn collect(
    text: &str,
    nodes: &[TreeNode],
    parent: Option<&TreeElement>,
    comments: &mut Vec<(Span, Option<Span>)>,
) {
    // The tag that ends before the node, and its element.
    let mut before = parent.map(|parent| (parent.start.span.end(), parent.span()));
    let mut waiting = comments.len();
    for node in nodes {
        match node {
            TreeNode::Element(element) => {
                for (_, reach) in comments.iter_mut().skip(waiting).filter(|(_, reach)| reach.is_none()) {
                    *reach = Some(element.span());
                }
                collect(text, &element.children, Some(element), comments);
                waiting = comments.len();
                before = Some((element.span().end(), element.span()));
            }
            TreeNode::Comment(span) => {
                let beside = before.filter(|(end, _)| is_one_line(text, *end, span.start()));
                comments.push((*span, beside.map(|(_, element)| element)));
            }
            _ => {}
        }
    }
}

fn comment(node: &TreeNode) -> Option<Span> {
    match node {
        TreeNode::Comment(span) => Some(*span),
        _ => None,
    }
}

/// Whether no line ends between two places.
fn is_one_line(text: &str, start: u32, end: u32) -> bool {
    text.get(start as usize..end as usize).is_some_and(|between| !between.contains(['\n', '\r']))
}
