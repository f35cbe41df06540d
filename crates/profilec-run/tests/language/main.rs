//! `fixtures/language/`: what each name of the language does and refuses. Its README tells the format.
//!
//! A case goes the whole way in this process: parse, check, lower, engine, extractor, CSV.

#![expect(
    clippy::disallowed_methods,
    clippy::needless_pass_by_value,
    reason = "tests read and write the fixtures, and the harness calls functions of this signature"
)]

mod case;
mod profile;
mod told;
mod walk;

use std::fmt::Write as _;
use std::path::Path;

use crate::case::{Case, File, Section};
use crate::profile::Profile;
use crate::told::Told;

/// Sections that say what a case is; every other one says what it gives.
const GIVEN: [&str; 9] =
    ["script", "root", "profile", "columns", "file", "inputs", "connection", "limits", "response"];

/// What a case can give, in the order it is written.
const EXPECTED: [&str; 4] = ["findings", "requests", "rows", "outcome"];

fn cases(path: &Path, text: String) -> datatest_stable::Result<()> {
    let mut file = File::parse(&text)?;
    let bless = std::env::var_os("PROFILEC_BLESS").is_some();
    let mut wrong = String::new();
    for case in &mut file.cases {
        if let Err(reason) = judge(case, bless) {
            let _ = writeln!(wrong, "\n=== {}\n{reason}", case.heading);
        }
    }
    let blessed = file.to_string();
    if bless && blessed != text {
        std::fs::write(path, blessed)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}:{wrong}", path.display()).into()) }
}

/// Whether a case gives what it says, or, to bless it, makes it say what it gives.
fn judge(case: &mut Case, bless: bool) -> Result<(), String> {
    let known = |name: &&str| GIVEN.contains(name) || EXPECTED.contains(name);
    let names = || case.sections.iter().map(Section::name);
    if let Some(name) = names().find(|name| !known(name)) {
        return Err(format!("no section is called `{name}`"));
    }
    let told = tell(case)?;
    let mut wrong = String::new();
    for name in EXPECTED {
        let got = told.section(name);
        let wanted = case.section(name);
        // Requests are told only where they matter, and an end only where it is not a clean one.
        let is_optional = name == "requests" || (name == "outcome" && told.is_complete());
        match (wanted, got) {
            (wanted, got) if wanted == got => {}
            (None, Some(_)) if is_optional => {}
            (_, got) if bless => {
                let got = got.map(str::to_owned);
                case.put(name, got, &EXPECTED);
            }
            (wanted, got) => {
                let [wanted, got] = [wanted, got].map(|text| text.unwrap_or("(no such section)"));
                let _ = writeln!(wrong, "-- {name} -- wanted\n{wanted}\n-- {name} -- got\n{got}");
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Everything that a case comes to.
fn tell(case: &Case) -> Result<Told, String> {
    let mut profile = Profile::of(case)?;
    let mut told = Told::default();
    let plan = profile.compile(case, &mut told)?;
    if let Some(plan) = plan {
        walk::walk(&plan, &profile, case, &mut told)?;
    }
    Ok(told)
}

datatest_stable::harness! {
    { test = cases, root = "../../fixtures/language", pattern = r"^(keywords|operations|operation-inputs|column-attributes|types)/.*\.txt$" },
}
