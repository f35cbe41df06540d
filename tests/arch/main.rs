//! Which crate may depend on which.

#![expect(clippy::disallowed_methods, reason = "the test asks cargo")]

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// From the leaves to the binary: a crate may depend only on crates before it.
const ORDER: [&str; 14] = [
    "profilec-diagnostics",
    "profilec-vocabulary",
    "profilec-syntax",
    "profilec-check",
    "profilec-format",
    "profilec-edit",
    "profilec-plan",
    "profilec-engine",
    "profilec-rows",
    "profilec-auth",
    "profilec-http",
    "profilec-output",
    "profilec-run",
    "profilec",
];

/// They look at the others from outside, and nothing depends on them.
const OUTSIDE: [&str; 3] = ["profilec-benches", "profilec-hooks", "profilec-tests"];

/// The first one that may know columns; the ones before it decide and must work without I/O.
const FIRST_WITH_COLUMNS: &str = "profilec-rows";

/// What is needed to build each of our crates, by name: development dependencies do not count.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let cargo = env!("CARGO");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list(&metadata["packages"])
        .iter()
        .map(|package| {
            let needed = list(&package["dependencies"]);
            let needed = needed.iter().filter(|dependency| dependency["kind"].is_null());
            (text(&package["name"]), needed.map(|dependency| text(&dependency["name"])).collect())
        })
        .collect()
}

#[test]
fn crates_depend_only_on_crates_before_them() {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    for (name, needed) in dependencies() {
        if OUTSIDE.contains(&name.as_str()) {
            continue;
        }
        let own = place(&name).unwrap_or_else(|| panic!("`{name}` has no place in the order"));
        for other in needed.iter().filter(|other| other.starts_with("profilec")) {
            assert!(place(other).is_some_and(|other| other < own), "`{name}` must not depend on `{other}`");
        }
    }
}

#[test]
fn what_decides_knows_no_network_and_no_columns() {
    let dependencies = dependencies();
    for name in ORDER.iter().take_while(|name| **name != FIRST_WITH_COLUMNS) {
        for other in dependencies.get(*name).into_iter().flatten() {
            let forbidden = other == "tokio" || other == "reqwest" || other.starts_with("arrow");
            assert!(!forbidden, "`{name}` must not depend on `{other}`");
        }
    }
}
