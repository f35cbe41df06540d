//! Set names that are meant as names of the language.

use profilec_vocabulary::{OPERATION_INPUTS, OperationInput, closest};

use super::known::{is_like_marker, is_marker};
use super::{Names, SetSite};
use crate::cx::Method;

/// Names that are looked for among the columns: the search for each goes through all of them.
const MAX_GUESSES: usize = 200;

impl<'a> Names<'a> {
    /// The places whose name nothing reads and no operation knows, each with the name that it probably stands for: one
    /// of an operation, else that of a column.
    pub(crate) fn misspelt(&self) -> impl Iterator<Item = (&SetSite<'a>, &'a str)> {
        let found = self.misspelt.get_or_init(|| self.look_for_misspelt());
        found.iter().filter_map(|(at, near)| Some((self.sets.get(*at)?, *near)))
    }

    /// Whether some place is meant to set this name.
    pub(crate) fn is_meant(&self, name: &str) -> bool {
        self.misspelt().any(|(_, near)| near.eq_ignore_ascii_case(name))
    }

    fn look_for_misspelt(&self) -> Vec<(usize, &'a str)> {
        let known = OPERATION_INPUTS.iter().filter(|input| self.operations_read(input));
        let known = known.flat_map(|input| input.parameter.spellings());
        let inputs: Vec<&'static str> =
            known.filter(|name| !name.ends_with('*')).map(|name| name.trim_end_matches('#')).collect();
        let mut guesses = 0;
        let mut found = Vec::new();
        for (at, site) in self.sets.iter().enumerate() {
            let Some(written) = self.useless(site) else { continue };
            if let Some(near) = near_input(written, &inputs) {
                found.push((at, near));
            } else if guesses < MAX_GUESSES && site.operation.is_none() && site.method != Method::Write {
                guesses += 1;
                found.extend(self.near_column(written).map(|near| (at, near)));
            }
        }
        found
    }

    /// The name that a place sets, when nothing reads it and no operation knows it.
    fn useless<'s>(&self, site: &'s SetSite<'a>) -> Option<&'s str> {
        let written = site.attribute().split('#').next().unwrap_or_default().trim();
        // The marker has a code of its own.
        let is_other = is_like_marker(written)
            || is_like_marker(&site.spelling)
            || is_marker(&written.to_lowercase())
            || site.known().is_some_and(|known| !is_pair_of_any(known, site))
            || self.is_read(site);
        (!is_other).then_some(written)
    }

    fn near_column(&self, written: &str) -> Option<&'a str> {
        let letters = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        let near = closest(written, self.columns.iter().copied())?;
        // `name2` is one of a row of names.
        (near.len() > 3 && letters(near) != letters(written)).then_some(near)
    }
}

/// Whether a name is taken for `Header:*` only because it is no half of a pair: a number belongs to pairs alone.
fn is_pair_of_any(known: &OperationInput, site: &SetSite<'_>) -> bool {
    known.parameter.name.ends_with('*') && site.attribute().contains('#')
}

fn near_input(written: &str, inputs: &[&'static str]) -> Option<&'static str> {
    // Short words are near to each other by chance; `UIR` is not.
    let sorted = |name: &str| {
        let mut bytes = name.to_ascii_lowercase().into_bytes();
        bytes.sort_unstable();
        bytes
    };
    closest(written, inputs.iter().copied())
        .filter(|near| near.len() > 3 && near.len().abs_diff(written.len()) <= 2)
        .or_else(|| {
            let of_same_letters = |name: &&&str| name.len() == 3 && sorted(name) == sorted(written);
            inputs.iter().find(of_same_letters).copied()
        })
}
