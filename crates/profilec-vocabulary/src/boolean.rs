//! The words of the language for true and false.

/// What a boolean word says: `true`, `yes`, `1`, or `false`, `no`, `0`, ignoring case and blanks around it.
pub fn boolean_word(written: &str) -> Option<bool> {
    let is = |words: [&str; 3]| words.iter().any(|word| word.eq_ignore_ascii_case(written.trim()));
    if is(["true", "yes", "1"]) {
        Some(true)
    } else if is(["false", "no", "0"]) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::boolean_word;

    #[test]
    fn three_words_each_and_no_more() {
        assert_eq!([" TRUE ", "Yes", "1"].map(boolean_word), [Some(true); 3]);
        assert_eq!(["false", "nO", "0"].map(boolean_word), [Some(false); 3]);
        assert_eq!(["", "ture", "on", "10"].map(boolean_word), [None; 4]);
    }
}
