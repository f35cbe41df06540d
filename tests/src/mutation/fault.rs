//! A kind of fault, as data.

#![expect(clippy::disallowed_methods, reason = "the faults stand in files")]

use std::ops::Range;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde::Deserialize;

/// A kind of fault: what to look for in a profile, and what to write instead.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What it is, in a few words.
    pub name: String,
    /// The code that is wanted, without the leading `profilec::`.
    pub code: String,
    /// A regular expression; the first match is replaced.
    find: Pattern,
    /// What replaces it; `${1}` is a group, and `«` and `»` enclose the wanted place.
    write: String,
    /// A regular expression: in a profile that matches, this is no such fault.
    unless: Option<Pattern>,
}

/// A regular expression in a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Pattern(Regex);

impl TryFrom<String> for Pattern {
    type Error = regex::Error;

    fn try_from(pattern: String) -> Result<Self, Self::Error> {
        Regex::new(&pattern).map(Self)
    }
}

/// A profile with a fault.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Its text.
    pub text: String,
    /// Where the finding is wanted.
    pub place: Range<usize>,
}

/// One file of faults.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    fault: Vec<Fault>,
}

/// All kinds of faults, by file, in the order of each.
///
/// # Panics
/// A file cannot be read, or holds something else.
pub fn faults() -> Vec<Fault> {
    let mut faults = Vec::new();
    for path in files("faults", "toml") {
        let text = std::fs::read_to_string(&path).expect("the faults can be read");
        let File { fault } =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        faults.extend(fault);
    }
    faults
}

impl Fault {
    /// The profile with this fault; `None`: it has no room for it.
    ///
    /// # Panics
    /// The fault marks no place, or changes nothing.
    pub fn apply(&self, profile: &str) -> Option<Mutant> {
        let name = &self.name;
        if self.unless.as_ref().is_some_and(|Pattern(unless)| unless.is_match(profile)) {
            return None;
        }
        let found = self.find.0.captures(profile)?;
        let whole = found.get(0)?.range();
        let mut text = profile[..whole.start].to_owned();
        found.expand(&self.write, &mut text);
        text.push_str(&profile[whole.end..]);
        let start = text.find('«').unwrap_or_else(|| panic!("`{name}` marks no place"));
        text.remove(start);
        let end = text.find('»').unwrap_or_else(|| panic!("`{name}` marks no end of its place"));
        text.remove(end);
        assert!(text != profile, "`{name}` changes nothing");
        Some(Mutant { text, place: start..end })
    }
}

/// The files of a folder of `fixtures/mutation`, in one order.
pub(super) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/mutation").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|own| own == ending));
    paths.sort();
    paths
}
