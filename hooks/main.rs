//! `profilec` under the name that `.pre-commit-hooks.yaml` calls.

use std::process::ExitCode;

fn main() -> ExitCode {
    profilec::run()
}
