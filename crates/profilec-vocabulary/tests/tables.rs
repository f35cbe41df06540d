//! Every table is sorted, names nothing twice, and is found by its look-up.

use profilec_vocabulary::{
    FORMATTERS, FormatterId, KEYWORDS, OPERATIONS, Support, TYPES, column_type, formatter, keyword, operation,
};

/// Compared without case: a table is read by people.
fn assert_sorted_and_unique(names: &[&str], synonyms: &[&str]) {
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert!(!lower.is_empty());
    for pair in lower.windows(2) {
        assert!(pair[0] < pair[1], "`{}` must come before `{}`", pair[1], pair[0]);
    }
    let mut all: Vec<String> = names.iter().chain(synonyms).map(|name| name.to_lowercase()).collect();
    all.sort();
    let twice = all.windows(2).find(|pair| pair[0] == pair[1]);
    assert_eq!(twice, None, "a name means one thing");
}

#[test]
fn formatters_are_sorted_and_found_by_every_spelling() {
    let names: Vec<&str> = FORMATTERS.iter().map(|formatter| formatter.name).collect();
    let synonyms: Vec<&str> = FORMATTERS.iter().flat_map(|formatter| formatter.synonyms).copied().collect();
    assert_sorted_and_unique(&names, &synonyms);
    for entry in FORMATTERS {
        for spelling in entry.synonyms.iter().chain([&entry.name]) {
            let found = formatter(&spelling.to_uppercase()).map(|found| found.name);
            assert_eq!(found, Some(entry.name));
        }
        assert!(entry.min <= entry.max && entry.signature.starts_with(entry.name), "{}", entry.name);
        assert_eq!(entry.id == FormatterId::Other, entry.support != Support::Runs, "{}", entry.name);
    }
}

#[test]
fn the_signature_shows_the_arities() {
    for entry in FORMATTERS {
        let arguments = entry.signature.split_once('(').map_or("", |(_, arguments)| arguments);
        let names = arguments.split([',', '[', ']', '(', ')', ' ']).filter(|name| !name.is_empty());
        assert_eq!(names.count(), entry.max, "{}", entry.signature);
        let required = arguments.split('[').next().unwrap_or_default();
        let names = required.split([',', ')', ' ']).filter(|name| !name.is_empty());
        assert_eq!(names.count(), entry.min, "{}", entry.signature);
    }
}

#[test]
fn operations_are_sorted_and_found() {
    let names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for name in names {
        assert_eq!(operation(&name.to_uppercase()).map(|found| found.name), Some(name));
    }
}

#[test]
fn keywords_are_sorted_and_found() {
    let names: Vec<&str> = KEYWORDS.iter().map(|keyword| keyword.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for entry in KEYWORDS {
        assert_eq!(keyword(entry.name).map(|found| found.name), Some(entry.name));
        let parameters: Vec<&str> = entry.parameters.iter().map(|parameter| parameter.name).collect();
        let synonyms: Vec<&str> =
            entry.parameters.iter().flat_map(|parameter| parameter.synonyms).copied().collect();
        let mut all: Vec<&str> = parameters.iter().chain(&synonyms).copied().collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{}", entry.name);
    }
}

#[test]
fn types_are_found_by_every_spelling() {
    for entry in TYPES {
        for spelling in entry.spellings {
            let found = column_type(&format!("xs:{}", spelling.to_uppercase())).map(|found| found.id);
            assert_eq!(found, Some(entry.id), "{spelling}");
        }
    }
}
