//! Rules about references.

pub(super) mod input_undeclared;
pub(super) mod never_set;
pub(super) mod unknown_built_in;
