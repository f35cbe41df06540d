//! Rules about columns and inputs.

pub(super) mod duplicate_name;
pub(super) mod missing_name;
pub(super) mod unknown_attribute;
pub(super) mod unknown_type;
