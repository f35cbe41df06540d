//! The RSD language as data: one table each for keywords and their parameters, formatters, operations,
//! `api:set` names, column types and connection options.
//!
//! Everything that must know a name asks here: parser, rules, did-you-mean, completion, hover and the
//! reference pages. Names compare case-insensitively; [`closest`] gives did-you-means.
//! This crate is pure data: it never parses, reads or prints.

mod boolean;
mod closest;
mod column_attributes;
mod formatter_id;
mod formatters;
mod keywords;
mod operations;
mod options;
mod set_names;
mod types;

pub use boolean::boolean_word;
pub use closest::{closest, is_sure};
pub use column_attributes::COLUMN_ATTRIBUTES;
pub use formatter_id::FormatterId;
pub use formatters::{FORMATTERS, Formatter, formatter};
pub use keywords::{KEYWORDS, Keyword, KeywordId, Parameter, keyword};
pub use operations::{OPERATIONS, Operation, OperationId, ResponseFormat, operation};
pub use options::{CONNECTION_OPTIONS, ConnectionOption, OptionUse, connection_option};
pub use set_names::{SET_NAMES, SetName, set_name};
pub use types::{TYPES, Type, TypeId, column_type};

/// Whether profilec runs a part of the language today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// It runs.
    Runs,
    /// Known and checked; running it is a finding "not supported yet".
    NotYet,
    /// Known and never run: it reaches beyond HTTP (files, mail, databases).
    Refused,
}

/// Where the knowledge of a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A vendor's reference page states it.
    Documented,
    /// Seen in published profiles.
    Wild,
    /// Commonly held, no page known.
    Unconfirmed,
    /// The reading that makes the documented parts consistent.
    Inferred,
}
