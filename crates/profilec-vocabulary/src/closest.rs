//! Did-you-mean.

/// The candidate that `name` most likely stands for, ignoring case; `None` when none is near.
///
/// Near means a Damerau-Levenshtein distance of at most a third of the longer name, at least 1, and less
/// than the whole name. The first of equals wins.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let wanted = letters(&name);
    let reach = |candidate: &str| (length.max(candidate.chars().count()) / 3).max(1);
    candidates
        .into_iter()
        // The distance is at least the difference in length, which is quick to tell.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= reach(candidate))
        .filter(|candidate| least_distance(wanted, letters(candidate)) <= reach(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= reach(candidate) && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The letters of a name as a set, without case. Different ones may share a place: then the names seem nearer.
fn letters(name: &str) -> u64 {
    let place = |c: char| if c.is_ascii() { u32::from(c.to_ascii_lowercase()) % 64 } else { 0 };
    name.chars().fold(0, |set, c| set | (1 << place(c)))
}

/// A distance that two names have at least: an edit brings or takes one letter.
fn least_distance(one: u64, other: u64) -> usize {
    (one & !other).count_ones().max((other & !one).count_ones()) as usize
}

/// The help for a value that is none of the words that belong there.
pub fn instead(written: &str, words: &[&str]) -> String {
    match closest(written, words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of `{}`", words.join("`, `")),
    }
}

/// Whether `name` can only be a slip of one of the candidates: exactly one is a single edit away, ignoring
/// case.
pub fn is_sure<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> bool {
    let name = name.to_lowercase();
    let near = candidates
        .into_iter()
        .filter(|candidate| strsim::damerau_levenshtein(&name, &candidate.to_lowercase()) == 1)
        .take(2);
    near.count() == 1
}

#[cfg(test)]
mod tests {
    use super::{closest, is_sure};

    #[test]
    fn only_one_candidate_at_one_edit_is_sure() {
        assert!(is_sure("Urlencod", ["urlencode", "urldecode"]));
        assert!(!is_sure("urlecode", ["urlencode", "urldecode"]));
        assert!(!is_sure("intgre", ["integer"]));
    }

    #[test]
    fn finds_the_near_one_and_nothing_far() {
        assert_eq!(closest("urlencod", ["urldecode", "urlencode"]), Some("urlencode"));
        assert_eq!(closest("INTERGER", ["integer", "string"]), Some("integer"));
        assert_eq!(closest("banana", ["integer", "string"]), None);
        assert_eq!(closest("x", ["y"]), None);
    }
}
