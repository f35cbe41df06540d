//! What separates the fields of a body that nothing is said of.

use std::borrow::Cow;

use super::record::Records;

const CANDIDATES: [&str; 4] = [",", ";", "\t", "|"];
/// Records that are looked at.
const SAMPLE: usize = 10;

/// The separator that gives the first records equally many fields, and the most; else the one that gives the
/// first record the most. A body without any has one field a record.
pub(super) fn detect(text: &str, quote: u8) -> &'static str {
    let score = |separator: &'static str| {
        let mut records = Records::new(text, Cow::Borrowed(separator), quote);
        let mut fields = Vec::new();
        let (mut first, mut is_even) = (1, true);
        for at in 0..SAMPLE {
            match records.next(&mut fields) {
                Ok(None) => break,
                Ok(Some(_)) if at == 0 => first = fields.len(),
                Ok(Some(_)) => is_even &= fields.len() == first,
                Err(_) => {
                    is_even = false;
                    break;
                }
            }
        }
        (first > 1, is_even, first)
    };
    let mut best = (CANDIDATES[0], score(CANDIDATES[0]));
    for candidate in &CANDIDATES[1..] {
        let score = score(candidate);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::detect;

    #[test]
    fn the_separator_is_the_one_that_makes_a_table() {
        for (text, separator) in [
            ("a,b\n1,2\n", ","),
            ("a;b\n1,5;2,5\n", ";"),
            ("price, net;city\n1;Oslo\n", ";"),
            ("a\tb, c\n1\t\"x\n,y\"\n", "\t"),
            ("a|b|c", "|"),
            ("a\n1\n", ","),
            ("", ","),
            ("\"a;b;c\",d\n1,2", ","),
        ] {
            assert_eq!(detect(text, b'"'), separator, "{text}");
        }
    }
}
