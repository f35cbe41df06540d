//! Finding an entry of a table by a name.

use std::cmp::Ordering;

/// The entries of a table by their spellings, ignoring the case of ASCII letters. The first of equals wins.
pub(crate) struct Index<T: 'static> {
    sorted: Vec<(&'static str, &'static T)>,
}

impl<T> Index<T> {
    pub(crate) fn new<S>(table: &'static [T], spellings: impl Fn(&'static T) -> S) -> Self
    where
        S: IntoIterator<Item = &'static str>,
    {
        let of = |entry: &'static T| spellings(entry).into_iter().map(move |spelling| (spelling, entry));
        let mut sorted: Vec<_> = table.iter().flat_map(of).collect();
        sorted.sort_by(|(one, _), (other, _)| compare(one, other));
        sorted.dedup_by(|(later, _), (first, _)| compare(later, first).is_eq());
        Self { sorted }
    }

    pub(crate) fn get(&self, written: &str) -> Option<&'static T> {
        let found = self.sorted.binary_search_by(|(spelling, _)| compare(spelling, written)).ok()?;
        self.sorted.get(found).map(|(_, entry)| *entry)
    }
}

/// By length, then by letters: most comparisons end at the length.
fn compare(one: &str, other: &str) -> Ordering {
    let folded = |text| str::bytes(text).map(|byte| byte.to_ascii_lowercase());
    one.len().cmp(&other.len()).then_with(|| folded(one).cmp(folded(other)))
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn finds_every_spelling_in_any_case_and_the_first_of_equals() {
        static TABLE: &[&[&str]] = &[&["int", "Integer"], &["INT", "number"], &["Kiln"]];
        let index = Index::new(TABLE, |spellings| spellings.iter().copied());
        assert_eq!(index.get("InT"), Some(&TABLE[0]));
        assert_eq!(index.get("NUMBER"), Some(&TABLE[1]));
        assert_eq!(index.get("kiln"), Some(&TABLE[2]));
        assert_eq!(index.get("kil"), None);
        assert_eq!(index.get(""), None);
    }
}
