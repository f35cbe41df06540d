//! One file a command: read arguments, call the library, print, say how it ended.

mod auth;
mod check;
mod explain;
mod fmt;
mod plan;
mod preview;
mod run;

pub(crate) use auth::auth;
pub(crate) use check::check;
pub(crate) use explain::explain;
pub(crate) use fmt::fmt;
pub(crate) use plan::plan;
pub(crate) use preview::preview;
pub(crate) use run::run;
