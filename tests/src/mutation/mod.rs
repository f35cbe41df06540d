//! How exactly the checker finds faults: each known kind of fault is put into each clean profile that has room for
//! it, and what is found is held against what an author would want to read.
//!
//! Profiles are `fixtures/mutation/profiles/*.rsd`, faults `fixtures/mutation/faults/*.toml`.

mod fault;
mod score;
mod shown;
mod table;

pub use fault::{Fault, Mutant, faults};
pub use score::{Outcome, Profile, Score, profiles, score};
pub use shown::shown;
pub use table::table;
