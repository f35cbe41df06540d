//! Rules about references.

pub(crate) mod input_as_column;
pub(super) mod input_never_read;
pub(super) mod input_undeclared;
pub(crate) mod never_set;
pub(super) mod unknown_built_in;
