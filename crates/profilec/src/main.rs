//! The `profilec` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    profilec::run()
}
