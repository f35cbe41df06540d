//! Names that start with `_`: items that are there without being made, and attributes that keywords add.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed, Wild};
use crate::KeywordId::{self, Call, Catch, Enum};
use crate::Support::{self, Refused, Runs};

/// An item that is there without being made: `[_input.site]`.
#[derive(Clone, Copy, Debug)]
pub struct BuiltInItem {
    /// Lower case; a trailing `#` stands for a number (`_out1`).
    pub name: &'static str,
    /// Whether it is there.
    pub support: Support,
    /// How it is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// An attribute that keywords add to the default item while their body runs: `[_value]`.
#[derive(Clone, Copy, Debug)]
pub struct ControlAttribute {
    /// Lower case.
    pub name: &'static str,
    /// The keywords that add it.
    pub added_by: &'static [KeywordId],
    /// Whether it is there.
    pub support: Support,
    /// How it is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// The built-in item of this name, ignoring case.
pub fn built_in_item(name: &str) -> Option<&'static BuiltInItem> {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = bare.len() < name.len();
    BUILT_IN_ITEMS.iter().find(|item| match item.name.strip_suffix('#') {
        Some(stem) => numbered && stem.eq_ignore_ascii_case(bare),
        None => item.name.eq_ignore_ascii_case(name),
    })
}

/// The control attribute of this name, ignoring case.
pub fn control_attribute(name: &str) -> Option<&'static ControlAttribute> {
    CONTROL_ATTRIBUTES.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

const OF_SERVERS: Support = Refused("belongs to application servers");
const OF_DRIVERS: Support = Refused("belongs to the drivers' inside");

/// All built-in items, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static BUILT_IN_ITEMS: &[BuiltInItem] = &[
    item("_", Runs, Documented, "the default item: the row on top of the stack"),
    item("_connection", Runs, Unconfirmed, "the connection options, those of `Other` and `ProfileSettings` too"),
    item("_httpheaders", OF_SERVERS, Unconfirmed, "headers of the request that a server answers"),
    item("_input", Runs, Documented, "the inputs of the run, and `rows@next`"),
    item("_log", OF_SERVERS, Wild, "writes lines to a log"),
    item("_meta", OF_DRIVERS, Unconfirmed, "facts about tables"),
    item("_out", Runs, Documented, "the row on top of the stack, as `_`"),
    item("_out#", Runs, Documented, "the row of the call at this depth, from 1"),
    item("_query", Runs, Documented, "the parts of the query; here it mirrors `_input`"),
    item("_request", OF_SERVERS, Unconfirmed, "the request that a server answers"),
    item("_response", OF_SERVERS, Unconfirmed, "what a server answers"),
    item("_schema", OF_DRIVERS, Unconfirmed, "facts about columns"),
];

/// All control attributes, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static CONTROL_ATTRIBUTES: &[ControlAttribute] = &[
    control("_attr", &[Enum], Runs, Documented, "the name of the attribute, with the number of its value"),
    control("_code", &[Catch], Runs, Documented, "the error's code"),
    control("_count", &[Enum], Runs, Unconfirmed, "how many iterations there are"),
    control("_desc", &[Catch], Runs, Documented, "what happened"),
    control("_description", &[Catch], Runs, Documented, "what happened, as `_desc`"),
    control("_details", &[Catch], Runs, Documented, "more about the error"),
    control("_index", &[Enum], Runs, Unconfirmed, "the number of the iteration, from 1"),
    control("_op", &[Call], UNKNOWN, Unconfirmed, "the operation that runs"),
    control("_separator", &[Call, Enum], UNKNOWN, Unconfirmed, "what joins or splits the values"),
    control("_value", &[Enum], Runs, Inferred, "the value of the iteration"),
];

/// Named by one source each, without a word of what they hold.
const UNKNOWN: Support = Refused("is a name without a known meaning");

const fn item(name: &'static str, support: Support, evidence: Evidence, doc: &'static str) -> BuiltInItem {
    BuiltInItem { name, support, evidence, doc }
}

const fn control(
    name: &'static str,
    added_by: &'static [KeywordId],
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> ControlAttribute {
    ControlAttribute { name, added_by, support, evidence, doc }
}
