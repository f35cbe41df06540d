//! Benchmarks live in targets of their own; this crate has no code.
