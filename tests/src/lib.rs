//! Nothing here: the tests are in `arch/` and `e2e/`.
