//! `cargo run -p profilec-tests -- mutation-score` prints how exactly the checker finds faults that were put into
//! clean profiles; with a word after it, only the faults whose name holds the word, with all that was found.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that tells its figures")]

use std::process::ExitCode;

use profilec_tests::{faults, profiles, score, table};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() != Some("mutation-score") {
        eprintln!("usage: cargo run -p profilec-tests -- mutation-score [WORD]");
        return ExitCode::from(2);
    }
    let word = args.next();
    let mut faults = faults();
    if let Some(word) = &word {
        faults.retain(|fault| fault.name.contains(word.as_str()));
    }
    let score = score(&profiles(), &faults);
    if word.is_some() {
        for (fault, outcome) in score.outcomes() {
            println!("{} in {}\n{}", fault.name, outcome.profile, outcome.story());
        }
    }
    println!("{}", table(&score));
    for miss in score.misses() {
        eprintln!("{miss}");
    }
    ExitCode::SUCCESS
}
