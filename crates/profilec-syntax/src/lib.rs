//! Lenient XML to a lossless tree, the typed AST, and the grammars of templates, paths, expressions and of the
//! values that say how a body is laid out.
//!
//! [`parse`] never fails: it gives as much tree and document as the text holds, with findings.
//! Nothing here touches files, the network or the clock.

mod ast;
mod expression;
mod layout;
mod link;
mod parse;
mod path;
mod pattern;
mod template;
mod text;
mod tree;

pub use ast::{Attribute, Column, Document, Info, Input, Param, PrefixedName, Statement};
pub use expression::{Comparison, Expression, Operand, parse_expression};
pub use layout::{
    DataModel, JsonFormat, parse_charset, parse_data_model, parse_format, parse_json_format, parse_quote,
    parse_separator, parse_switch, parse_xml_format,
};
pub use link::{IncludedFile, link};
pub use parse::{Parsed, parse, parse_part};
pub use path::{
    Anchor, Path, RowPath, Step, TablePaths, is_table_path, parse_path, parse_row_path, parse_table_paths,
};
pub use pattern::{Range, parse_range, parse_regex};
pub use template::{
    Argument, FormatterCall, Part, Reference, Source, Template, escape_template, parse_template,
};
pub use text::Text;
pub use tree::{Piece, PieceKind, Tag, TagEnd, Tree, TreeAttribute, TreeElement, TreeNode};
