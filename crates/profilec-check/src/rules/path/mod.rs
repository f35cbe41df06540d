//! Rules about paths into a response.

mod census;
pub(super) mod columns;
pub(super) mod invalid;
pub(super) mod levels;
pub(super) mod other_format;
