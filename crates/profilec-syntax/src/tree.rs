//! The lossless tree: every byte of the file belongs to exactly one leaf.

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
    /// To be refined by the parser.
    Text(Span),
}
