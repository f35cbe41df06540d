//! Rules about columns and inputs.

pub(super) mod code_as_number;
pub(super) mod duplicate_name;
pub(super) mod missing_name;
pub(super) mod path_missing;
pub(super) mod path_repeated;
pub(super) mod text_as_date;
pub(super) mod type_missing;
pub(super) mod unknown_attribute;
pub(super) mod unknown_type;
mod words;
