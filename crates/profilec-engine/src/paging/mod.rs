//! Paging: which page comes next, when the walk ends, and whether what came is all there is.

mod account;
mod ends;
mod evidence;
mod ledger;
mod link;
mod pager;
mod parts;
mod reasons;
mod round;
mod walk;

pub(crate) use account::Account;
pub use evidence::next_unread;
pub(crate) use evidence::{error_member, shorten};
pub(crate) use pager::{How, Locator, Pager};
pub use reasons::row_path_finding;
pub(crate) use round::{Part, Visit};
pub(crate) use walk::{Next, Walk};
