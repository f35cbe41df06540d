//! Which of several files are tables, and which are only parts of others.

use std::collections::HashSet;

/// What a file is to others.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    /// Its identity.
    pub(super) identity: String,
    /// It cannot be a table of its own.
    pub(super) is_fragment: bool,
    /// The identities of all that it includes.
    pub(super) included: Vec<String>,
}

/// Which of these files stand for themselves. A fragment that a table includes is a part of that table; so are
/// fragments that only include each other, but for the first.
pub(crate) fn tables(files: &[Outline]) -> Vec<bool> {
    let included: HashSet<&str> = files
        .iter()
        .flat_map(|file| file.included.iter().filter(|other| **other != file.identity))
        .map(String::as_str)
        .collect();
    let is_part = |file: &Outline| file.is_fragment && included.contains(file.identity.as_str());
    let mut covered: HashSet<&str> = HashSet::new();
    for file in files.iter().filter(|file| !is_part(file)) {
        covered.extend(file.included.iter().map(String::as_str));
    }
    files
        .iter()
        .map(|file| {
            if is_part(file) && covered.contains(file.identity.as_str()) {
                return false;
            }
            covered.extend(file.included.iter().map(String::as_str));
            true
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(identity: &str, is_fragment: bool, included: &[&str]) -> Outline {
        let included = included.iter().map(|name| (*name).to_owned()).collect();
        Outline { identity: identity.to_owned(), is_fragment, included }
    }

    #[test]
    fn what_a_table_includes_is_no_table_unless_it_could_be_one() {
        let files = [
            file("a", true, &[]),
            file("b", false, &["a", "c"]),
            file("c", false, &[]),
            file("d", true, &[]),
        ];
        assert_eq!(tables(&files), [false, true, true, true]);
    }

    #[test]
    fn of_fragments_in_a_circle_the_first_stands_for_all() {
        let files = [file("a", true, &["b", "a"]), file("b", true, &["a", "b"])];
        assert_eq!(tables(&files), [true, false]);
    }
}
