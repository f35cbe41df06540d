//! Rules about templates.

pub(super) mod argument_count;
pub(super) mod argument_type;
pub(super) mod unknown_formatter;
