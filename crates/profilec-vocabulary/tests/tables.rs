//! Every table is sorted, names nothing twice, and is found by its look-up.

use profilec_vocabulary::{
    CONNECTION_OPTIONS, FORMATTERS, FormatterId, KEYWORDS, OPERATIONS, OptionUse, SET_NAMES, Support, TYPES,
    column_type, connection_option, formatter, keyword, operation, set_name,
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
        let reads_a_store = entry.id == FormatterId::Vault;
        assert_eq!(
            entry.support,
            if reads_a_store { Support::Refused } else { Support::Runs },
            "{}",
            entry.name
        );
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

#[test]
fn set_names_are_sorted_and_found_by_every_spelling() {
    let names: Vec<&str> = SET_NAMES.iter().map(|name| name.name).collect();
    let synonyms: Vec<&str> = SET_NAMES.iter().flat_map(|name| name.synonyms).copied().collect();
    assert_sorted_and_unique(&names, &synonyms);
    for entry in SET_NAMES {
        for spelling in entry.synonyms.iter().chain([&entry.name]) {
            let written = spelling.replace('#', "#12").replace('*', "anything").to_uppercase();
            assert_eq!(set_name(&written).map(|found| found.name), Some(entry.name));
        }
    }
}

#[test]
fn a_set_name_may_lack_its_number() {
    let found = |written| set_name(written).map(|name| name.name);
    assert_eq!(found("header:name"), Some("Header:Name#"));
    assert_eq!(found("Header:Name#"), Some("Header:Name#"));
    assert_eq!(found("Header:X-Trace"), Some("Header:*"));
    assert_eq!(found("UrlParam:limit"), Some("UrlParam:*"));
    assert_eq!(found("UrlParam:"), None);
    assert_eq!(found("ResourceName"), None);
}

#[test]
fn connection_options_are_sorted_and_found_with_blanks() {
    let names: Vec<&str> = CONNECTION_OPTIONS.iter().map(|option| option.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for name in names {
        assert_eq!(connection_option(&name.to_uppercase()).map(|found| found.name), Some(name));
    }
    assert_eq!(connection_option("auth scheme").map(|found| found.use_), Some(OptionUse::Used));
}

#[test]
fn options_that_hold_credentials_are_secret() {
    for option in CONNECTION_OPTIONS {
        let name = option.name.to_lowercase();
        let sounds_secret =
            ["password", "secret", "accesskey", "refreshtoken", "accesstoken", "apikey", "customheaders"]
                .iter()
                .any(|word| name.ends_with(word));
        assert!(option.secret || !sounds_secret, "{}", option.name);
    }
}
