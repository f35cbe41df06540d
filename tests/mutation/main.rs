//! The checker finds known kinds of faults as authors want them found; `docs/mutation-score.md` and the README say so.
//!
//! After a change: `UPDATE_MUTATION_SCORE=1 UPDATE_README=1 cargo test -p profilec-tests --test mutation`.

#![expect(clippy::disallowed_methods, reason = "tests read and write the page")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use profilec_diagnostics::codes;
use profilec_tests::{Score, faults, profiles, score, shown, table};

static SCORE: LazyLock<Score> = LazyLock::new(|| score(&profiles(), &faults()));

#[test]
fn clean_profiles_have_no_findings() {
    assert!(SCORE.clean().len() >= 12);
    for (profile, findings) in SCORE.clean() {
        assert_eq!(*findings, 0, "{profile}");
    }
}

#[test]
fn almost_all_faults_are_found_with_the_exact_code_and_place() {
    assert!(SCORE.faults().len() >= 60);
    assert!(SCORE.exact_permille() >= 970, "{}", SCORE.misses().join("\n"));
}

#[test]
fn no_fault_has_more_than_one_finding_beside_the_wanted_one() {
    for (fault, outcome) in SCORE.outcomes() {
        assert!(outcome.follow_ons() <= 1, "{} in {}\n{}", fault.name, outcome.profile, outcome.story());
    }
}

#[test]
fn every_fault_names_a_code_and_has_room_in_a_profile() {
    let mut names = BTreeSet::new();
    for (fault, outcomes) in SCORE.faults() {
        assert!(codes::find(&fault.code).is_some(), "`{}` is no code", fault.code);
        assert!(!outcomes.is_empty(), "no profile has room for `{}`", fault.name);
        assert!(names.insert(&fault.name), "there are two faults `{}`", fault.name);
    }
}

#[test]
fn the_page_of_the_score_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/mutation-score.md");
    let page = table(&SCORE);
    if std::env::var_os("UPDATE_MUTATION_SCORE").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/mutation-score.md is stale: run this test with UPDATE_MUTATION_SCORE=1");
}

/// Between these lines the README is made by a test.
const MADE: [&str; 2] = ["<!-- made from fixtures/mutation/shown.toml -->\n", "<!-- end of what is made -->"];

#[test]
fn the_mistakes_in_the_readme_are_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let kept = std::fs::read_to_string(&path).expect("the README can be read");
    let (before, rest) = kept.split_once(MADE[0]).expect("the README has a place for the mistakes");
    let (_, after) = rest.split_once(MADE[1]).expect("the place has an end");
    let page = format!("{before}{}{}\n{}{after}", MADE[0], shown(&profiles(), &faults()), MADE[1]);
    assert!(page.lines().all(|line| !line.contains('\u{1b}')), "no colours");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &page).expect("the README can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "README.md is stale: run this test with UPDATE_README=1");
}
