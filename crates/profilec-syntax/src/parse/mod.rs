//! From text to tree, document and findings.
//!
//! Four steps, each one pass: [`lexer`] cuts the text into tags and leaves, [`nest`] builds the tree and
//! judges its end tags, [`document`] reads the tree as a profile, decoding values with [`decode`], and
//! [`names`] keeps the prefixes. Each step reports what it alone can see and goes on as if it were right.
//!
//! quick-xml reads what XML delimits well: comments, CDATA, instructions, DOCTYPE, and references.
//! It cannot carry tags, because there published profiles break its assumptions: a no-break space hides
//! the attribute after it, a missing quote swallows the tags that follow, and one bare `&` or a second
//! root ends the reading. Tags are therefore scanned by [`tag`] and [`quote`].

mod character;
mod comment;
mod decode;
mod document;
mod entities;
mod findings;
mod lexer;
mod names;
mod nest;
mod quote;
mod tag;

use profilec_diagnostics::{Diagnostic, Span, codes};

use self::findings::Findings;
pub(crate) use self::nest::MAX_DEPTH;
use crate::{Document, Tree, TreeNode};

/// What a text holds.
#[derive(Debug)]
pub struct Parsed {
    /// Every byte.
    pub tree: Tree,
    /// What it means.
    pub document: Document,
    /// What is wrong with it as XML, and with its templates; sorted by place, then by code.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a profile. Never fails.
pub fn parse(text: &str) -> Parsed {
    parse_part(text, Span::from_range(0..text.len()))
}

/// Parses one file of a text that holds several; places are those in the whole text. Never fails.
///
/// # Panics
/// If the part is not one of the text, on character boundaries.
pub fn parse_part(text: &str, part: Span) -> Parsed {
    let text = &text[..part.range().end];
    let mut findings = Findings::default();
    let lexed = lexer::lex(text, part.range().start, &mut findings);
    let cut = lexed.cut;
    let nested = nest::nest(text, lexed, &mut findings);
    let mut document = document::build(text, &nested.tree, &mut findings);
    document.truncated = nested.truncated;
    // What stands at the cut is half a thing: whatever is wrong with it follows from the cut.
    let cut = nested.truncated.then(|| cut.unwrap_or_else(|| last_leaf(&nested.tree)));
    // A page that a server sent instead of the profile is one cause; the checker names it by its root.
    let is_page = is_html(text, &nested.tree);
    let diagnostics = findings.sorted(|finding| {
        !is_page
            && (finding.code == &codes::xml::truncated
                || cut.is_none_or(|cut| finding.primary.span.start() < cut))
    });
    Parsed { tree: nested.tree, document, diagnostics }
}

/// Whether the first element is that of an HTML page.
fn is_html(text: &str, tree: &Tree) -> bool {
    let first = tree.nodes.iter().find_map(|node| match node {
        TreeNode::Element(element) => Some(element.start.name),
        _ => None,
    });
    first.is_some_and(|name| text[name.range()].eq_ignore_ascii_case("html"))
}

/// Where the last leaf of a tree starts.
fn last_leaf(tree: &Tree) -> u32 {
    tree.leaves().last().map_or(0, |span: &Span| span.start())
}
