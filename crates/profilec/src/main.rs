//! The `profilec` command.

fn main() {}
