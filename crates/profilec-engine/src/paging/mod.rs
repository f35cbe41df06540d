//! Paging: which page comes next, when the walk ends, and whether what came is all there is.

mod ends;
mod evidence;
mod ledger;
mod link;
mod pager;
mod pass;
mod reasons;
mod walk;

pub(crate) use evidence::{error_member, shorten};
pub(crate) use pager::Pager;
pub(crate) use reasons::row_path_finding;
pub(crate) use walk::{Next, Walk};
