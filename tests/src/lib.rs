//! Nothing here: the tests are in `arch/`; those of the real binary are in `crates/profilec/tests/`.
