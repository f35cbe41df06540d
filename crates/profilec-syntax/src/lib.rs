//! Lenient XML to a lossless tree, the typed AST, and the template, path and expression grammars.
//!
//! [`parse`] never fails: it gives as much tree and document as the text holds, with findings.
//! Nothing here touches files, the network or the clock.

mod ast;
mod expression;
mod link;
mod parse;
mod path;
mod template;
mod text;
mod tree;

pub use ast::{Attribute, Column, Document, Info, Input, Param, PrefixedName, Statement};
pub use expression::{Comparison, Expression, Operand, parse_expression};
pub use link::{IncludedFile, link};
pub use parse::{Parsed, parse, parse_part};
pub use path::{Anchor, Path, RowPath, Step, parse_path, parse_row_path};
pub use template::{
    Argument, FormatterCall, Part, Reference, Source, Template, escape_template, parse_template,
};
pub use text::Text;
pub use tree::{Piece, PieceKind, Tag, TagEnd, Tree, TreeAttribute, TreeElement, TreeNode};
