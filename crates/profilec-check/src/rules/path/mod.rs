//! Rules about paths into a response.

pub(super) mod invalid;
pub(super) mod levels;
