//! Set names that are meant as names of the language.

use profilec_vocabulary::{OPERATION_INPUTS, closest};

use super::known::{is_like_marker, is_marker};
use super::{Names, SetSite};

impl<'a> Names<'a> {
    /// The places whose name nothing reads and no operation knows, each with the name that it probably stands for.
    pub(crate) fn misspelt(&self) -> impl Iterator<Item = (&SetSite<'a>, &'static str)> {
        let found = self.misspelt.get_or_init(|| self.look_for_misspelt());
        found.iter().filter_map(|(at, near)| Some((self.sets.get(*at)?, *near)))
    }

    fn look_for_misspelt(&self) -> Vec<(usize, &'static str)> {
        let known = OPERATION_INPUTS.iter().filter(|input| self.operations_read(input));
        let known = known.flat_map(|input| input.parameter.spellings());
        let candidates: Vec<&'static str> =
            known.filter(|name| !name.ends_with('*')).map(|name| name.trim_end_matches('#')).collect();
        let sites = self.sets.iter().enumerate();
        sites.filter_map(|(at, site)| Some((at, self.meant(site, &candidates)?))).collect()
    }

    fn meant(&self, site: &SetSite<'a>, candidates: &[&'static str]) -> Option<&'static str> {
        let written = site.attribute().split('#').next().unwrap_or_default().trim();
        // The marker has a code of its own.
        if is_like_marker(written) || is_like_marker(&site.spelling) {
            return None;
        }
        if site.known().is_some() || is_marker(&written.to_lowercase()) || self.is_read(site) {
            return None;
        }
        // Short words are near to each other by chance.
        closest(written, candidates.iter().copied())
            .filter(|near| near.len() > 3 && near.len().abs_diff(written.len()) <= 2)
    }
}
