//! Rules about references.

pub(super) mod input_undeclared;
pub(super) mod never_set;
