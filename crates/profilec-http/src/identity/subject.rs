//! Which certificate of several is meant.

/// The first certificate of the wanted subject; else the first whose subject has it in it. Nothing and `*` mean any.
pub(super) fn position(subjects: &[String], wanted: Option<&str>) -> Option<usize> {
    let wanted = plain(wanted.unwrap_or_default());
    if wanted.is_empty() || wanted == "*" {
        return (!subjects.is_empty()).then_some(0);
    }
    let is =
        |fits: fn(&str, &str) -> bool| subjects.iter().position(|subject| fits(&plain(subject), &wanted));
    is(|subject, wanted| subject == wanted).or_else(|| is(|subject, wanted| subject.contains(wanted)))
}

/// Without blanks around parts and without case.
fn plain(subject: &str) -> String {
    let parts = subject.split(',').map(|part| part.split('=').map(str::trim).collect::<Vec<_>>().join("="));
    parts.collect::<Vec<_>>().join(",").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn an_equal_subject_goes_before_one_that_has_the_text_in_it() {
        let subjects = ["CN=kiln-old, O=Clay".to_owned(), "CN=kiln,O=Clay".to_owned(), "CN=other".to_owned()];
        for (wanted, at) in [
            (None, Some(0)),
            (Some(" * "), Some(0)),
            (Some("cn = Kiln, o=Clay"), Some(1)),
            (Some("kiln"), Some(0)),
            (Some("CN=oth"), Some(2)),
            (Some("CN=none"), None),
        ] {
            assert_eq!(position(&subjects, wanted), at, "{wanted:?}");
        }
    }
}
