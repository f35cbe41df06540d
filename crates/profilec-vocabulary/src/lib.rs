//! The RSD language as data: one table each for keywords and their parameters, formatters and their arguments,
//! operations, what they read and give, attributes of columns and inputs, items, types and connection options.
//!
//! Everything that must know a name asks here: parser, rules, did-you-mean, completion, hover and the
//! reference pages. Names compare case-insensitively; [`closest`] gives did-you-means.
//! This crate is pure data: it never parses, reads or prints.

mod attribute_order;
mod auth_schemes;
mod boolean;
mod charsets;
mod closest;
mod column_attributes;
mod declaration;
mod formatter_id;
mod formatters;
mod formatters_table;
mod index;
mod items;
mod keywords;
mod keywords_table;
mod kind;
mod mark;
mod nesting;
mod operation_inputs;
mod operation_inputs_table;
mod operations;
mod options;
mod parameter;
mod secrets;
mod types;

pub use attribute_order::column_attribute_place;
pub use auth_schemes::{AUTH_SCHEMES, AuthScheme, AuthSchemeId, auth_scheme, scheme_refused};
pub use boolean::boolean_word;
pub use charsets::CHARSETS;
pub use closest::{closest, instead, is_sure};
pub use column_attributes::{COLUMN_ATTRIBUTES, ColumnAttribute, column_attribute};
pub use declaration::{DECLARATIONS, Declaration, declaration};
pub use formatter_id::FormatterId;
pub use formatters::{Argument, Formatter, formatter};
pub use formatters_table::FORMATTERS;
pub use items::{
    BUILT_IN_ITEMS, BuiltInItem, CONTROL_ATTRIBUTES, ControlAttribute, built_in_item, control_attribute,
};
pub use keywords::{Keyword, KeywordId, keyword};
pub use keywords_table::KEYWORDS;
pub use kind::Kind;
pub use mark::{Evidence, Support};
pub use nesting::is_in_loop;
pub use operation_inputs::{OperationInput, OperationOutput, operation_input, operation_output};
pub use operation_inputs_table::{OPERATION_INPUTS, OPERATION_OUTPUTS};
pub use operations::{OPERATIONS, Operation, OperationId, ResponseFormat, Verb, operation};
pub use options::{CONNECTION_OPTIONS, connection_option, connection_options};
pub use parameter::Parameter;
pub use secrets::looks_secret;
pub use types::{TYPES, Type, TypeId, column_type};
