//! Rules about references.

pub(super) mod input_undeclared;
pub(crate) mod never_set;
pub(super) mod unknown_built_in;
