//! What was found of all faults in all profiles.

#![expect(clippy::disallowed_methods, reason = "the profiles stand in files")]

use std::fmt::Write;
use std::ops::Range;
use std::path::PathBuf;

use profilec_diagnostics::Diagnostic;

use super::fault::{Fault, Mutant, files};

/// A clean profile.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its file.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

impl Profile {
    /// The name of its file, without the ending.
    pub fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// All clean profiles.
///
/// # Panics
/// One cannot be read.
pub fn profiles() -> Vec<Profile> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("the profile can be read");
        Profile { path, text }
    };
    files("profiles", "rsd").into_iter().map(read).collect()
}

/// What was found in a profile with a fault.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The name of the profile.
    pub profile: String,
    mutant: Mutant,
    wanted: String,
    found: Vec<Diagnostic>,
}

impl Outcome {
    /// Whether the wanted code is found at the wanted place.
    pub fn is_exact(&self) -> bool {
        let is_wanted = |finding: &Diagnostic| {
            finding.code.bare() == self.wanted && finding.primary.span.range() == self.mutant.place
        };
        self.found.iter().any(is_wanted)
    }

    /// How many findings there are beside the one that is wanted.
    pub fn follow_ons(&self) -> usize {
        self.found.len().saturating_sub(1)
    }

    /// What was wanted and what was found, with the text at each place.
    pub fn story(&self) -> String {
        let mut story =
            format!("  wanted {} at {}\n", self.wanted, quote(&self.mutant.text, &self.mutant.place));
        for finding in &self.found {
            let place = quote(&self.mutant.text, &finding.primary.span.range());
            let _ = writeln!(story, "  found  {} at {place}: {}", finding.code.bare(), finding.message);
        }
        story
    }
}

/// The place in its line: `12:«text»`.
fn quote(text: &str, place: &Range<usize>) -> String {
    let line = 1 + text.get(..place.start).map_or(0, |before| before.matches('\n').count());
    format!("{line}:«{}»", text.get(place.clone()).unwrap_or("in another file"))
}

/// What was found of all faults.
#[derive(Clone, Debug)]
pub struct Score {
    faults: Vec<(Fault, Vec<Outcome>)>,
    clean: Vec<(String, usize)>,
}

/// Puts each fault into each profile that has room for it, and looks what is found.
pub fn score(profiles: &[Profile], faults: &[Fault]) -> Score {
    let outcome = |fault: &Fault, profile: &Profile| {
        let mutant = fault.apply(&profile.text)?;
        let (_, found) = profilec::check_text(&profile.path, &mutant.text);
        Some(Outcome { profile: profile.name(), mutant, wanted: fault.code.clone(), found })
    };
    let of_fault = |fault: &Fault| {
        (fault.clone(), profiles.iter().filter_map(|profile| outcome(fault, profile)).collect())
    };
    let of_clean =
        |profile: &Profile| (profile.name(), profilec::check_text(&profile.path, &profile.text).1.len());
    Score { faults: faults.iter().map(of_fault).collect(), clean: profiles.iter().map(of_clean).collect() }
}

impl Score {
    /// Each fault with what was found of it.
    pub fn faults(&self) -> &[(Fault, Vec<Outcome>)] {
        &self.faults
    }

    /// Each clean profile with the number of findings about it as it is.
    pub fn clean(&self) -> &[(String, usize)] {
        &self.clean
    }

    /// Every fault in every profile.
    pub fn outcomes(&self) -> impl Iterator<Item = (&Fault, &Outcome)> {
        self.faults.iter().flat_map(|(fault, outcomes)| outcomes.iter().map(move |outcome| (fault, outcome)))
    }

    /// Thousandths of the faults that are found with the wanted code at the wanted place, rounded down.
    pub fn exact_permille(&self) -> usize {
        let exact = self.outcomes().filter(|(_, outcome)| outcome.is_exact()).count();
        (exact * 1_000).checked_div(self.outcomes().count()).unwrap_or_default()
    }

    /// The stories of what is not found as wanted, or with more than it.
    pub fn misses(&self) -> Vec<String> {
        let misses = self.outcomes().filter(|(_, outcome)| !outcome.is_exact() || outcome.follow_ons() > 0);
        misses
            .map(|(fault, outcome)| format!("{} in {}\n{}", fault.name, outcome.profile, outcome.story()))
            .collect()
    }
}
