//! The words in a name.

/// The words of `LastName`, `last_name` and `last name`, lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in name.chars() {
        let starts = before.is_none_or(|before: char| {
            !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase())
        });
        before = Some(c);
        if !c.is_alphanumeric() {
            continue;
        }
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_parted_at_capitals_and_signs() {
        for name in ["LastName", "last_name", "last name", "last-name"] {
            assert_eq!(words(name), ["last", "name"]);
        }
        assert_eq!(words("ID"), ["id"]);
        assert_eq!(words(""), Vec::<String>::new());
    }
}
