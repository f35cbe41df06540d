//! Measures of the whole, which tests hold; the tests themselves are in `arch/` and `mutation/`, those of the real
//! binary in `crates/profilec/tests/`.

mod mutation;

pub use mutation::{Fault, Mutant, Outcome, Profile, Score, faults, profiles, score, shown, table};
