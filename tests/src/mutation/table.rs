//! The score as Markdown.

use std::fmt::Write;

use super::score::{Outcome, Score};

const INTRODUCTION: &str = "\
# How exactly faults are found

Each kind of fault is put into each clean profile that has room for it, and the findings are held against the code and the place that an author would want.
Profiles and faults are data: `fixtures/mutation/profiles/*.rsd` and `fixtures/mutation/faults/*.toml`.
`cargo run -p profilec-tests -- mutation-score` prints this page and what is not found as wanted; `UPDATE_MUTATION_SCORE=1 cargo test -p profilec-tests --test mutation` writes it.

- *In*: how many profiles have room for the fault.
- *Exact*: in how many the code is found at exactly the place.
- *More*: the most findings beside the wanted one in any of them.
";

/// The page of a score.
pub fn table(score: &Score) -> String {
    let mut page = INTRODUCTION.to_owned();
    let applied = score.outcomes().count();
    let exact = score.outcomes().filter(|(_, outcome)| outcome.is_exact()).count();
    let alone = score.outcomes().filter(|(_, outcome)| outcome.follow_ons() == 0).count();
    let few = score.outcomes().filter(|(_, outcome)| outcome.follow_ons() <= 1).count();
    let permille = score.exact_permille();
    let noise: usize = score.clean().iter().map(|(_, findings)| findings).sum();
    let _ = write!(
        page,
        "\n| measure | floor | today |\n|---|---|---|\n\
         | kinds of fault | 60 | {} |\n\
         | clean profiles | 12 | {} |\n\
         | findings about the clean profiles | 0 | {noise} |\n\
         | faults put into profiles | | {applied} |\n\
         | found with the exact code and place | 97 % | {exact} ({}.{} %) |\n\
         | with at most one more finding | 100 % | {few} |\n\
         | with no other finding | | {alone} |\n\
         \n| fault | wanted | in | exact | more |\n|---|---|---|---|---|\n",
        score.faults().len(),
        score.clean().len(),
        permille / 10,
        permille % 10,
    );
    for (fault, outcomes) in score.faults() {
        let exact = outcomes.iter().filter(|outcome| outcome.is_exact()).count();
        let more = outcomes.iter().map(Outcome::follow_ons).max().unwrap_or_default();
        let (name, code, path) = (&fault.name, &fault.code, fault.code.replace("::", "/"));
        let applied = outcomes.len();
        let _ = writeln!(page, "| {name} | [`{code}`](codes/{path}.md) | {applied} | {exact} | {more} |");
    }
    page
}
