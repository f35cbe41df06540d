//! Every table is sorted, names nothing twice, and is found by its look-up.

use profilec_vocabulary::{
    AUTH_SCHEMES, AuthSchemeId, BUILT_IN_ITEMS, COLUMN_ATTRIBUTES, CONNECTION_OPTIONS, CONTROL_ATTRIBUTES,
    FORMATTERS, FormatterId, KEYWORDS, Kind, OPERATION_INPUTS, OPERATION_OUTPUTS, OPERATIONS, Parameter,
    Support, TYPES, auth_scheme, boolean_word, built_in_item, closest, column_attribute, column_type,
    connection_option, connection_options, control_attribute, formatter, keyword, operation, operation_input,
    operation_output,
};

fn names_and_synonyms<'p>(
    parameters: impl Iterator<Item = &'p Parameter>,
) -> (Vec<&'static str>, Vec<&'static str>) {
    parameters.fold((Vec::new(), Vec::new()), |(mut names, mut synonyms), parameter| {
        names.push(parameter.name);
        synonyms.extend(parameter.synonyms);
        (names, synonyms)
    })
}

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
        let reads_a_store = entry.id == FormatterId::Vault;
        assert_eq!(entry.support == Support::Runs, !reads_a_store, "{}", entry.name);
    }
}

#[test]
fn what_took_the_place_of_an_operation_is_one() {
    for successor in OPERATIONS.iter().filter_map(|known| known.successor) {
        assert!(operation(successor).is_some_and(|known| known.successor.is_none()), "{successor}");
    }
}

#[test]
fn the_signature_shows_what_may_be_left_out() {
    let signature = |name: &str| formatter(name).map(profilec_vocabulary::Formatter::signature);
    assert_eq!(signature("trim").as_deref(), Some("trim()"));
    assert_eq!(signature("add").as_deref(), Some("add([number])"));
    assert_eq!(signature("replace").as_deref(), Some("replace(oldvalue, newvalue[, ishex])"));
    let dates = Some("compare([value][, inputformat])");
    assert_eq!(signature("compare").as_deref(), dates);
    for entry in FORMATTERS {
        let required: Vec<bool> = entry.arguments.iter().map(|argument| argument.required).collect();
        assert!(required.is_sorted_by(|a, b| a >= b), "{}: required ones come first", entry.name);
        assert!(entry.arguments.iter().all(|argument| !argument.required || argument.default.is_none()));
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
fn slips_of_types_are_no_spellings_and_lead_to_their_type() {
    for entry in TYPES {
        for slip in entry.misspellings {
            assert!(column_type(slip).is_none(), "{slip}");
            let near = closest(slip, TYPES.iter().flat_map(|ty| ty.spellings).copied());
            assert_eq!(near.and_then(column_type).map(|ty| ty.id), Some(entry.id), "{slip}");
        }
    }
}

#[test]
fn operation_inputs_and_outputs_are_sorted_and_found_by_every_spelling() {
    let written = |spelling: &str| spelling.replace('#', "#12").replace('*', "anything").to_uppercase();
    let (names, synonyms) = names_and_synonyms(OPERATION_INPUTS.iter().map(|input| &input.parameter));
    assert_sorted_and_unique(&names, &synonyms);
    for entry in OPERATION_INPUTS {
        assert!(!entry.read_by.is_empty(), "{}", entry.parameter.name);
        for spelling in entry.parameter.spellings() {
            let found = operation_input(&written(spelling)).map(|found| found.parameter.name);
            assert_eq!(found, Some(entry.parameter.name));
        }
        if let Some(other) = entry.pair {
            assert_eq!(operation_input(other).and_then(|other| other.pair), Some(entry.parameter.name));
        }
    }
    let (names, synonyms) = names_and_synonyms(OPERATION_OUTPUTS.iter().map(|output| &output.parameter));
    assert_sorted_and_unique(&names, &synonyms);
    for name in names {
        assert_eq!(operation_output(&written(name)).map(|found| found.parameter.name), Some(name));
    }
}

#[test]
fn an_input_may_lack_its_number() {
    let found = |written| operation_input(written).map(|input| input.parameter.name);
    assert_eq!(found("header:name"), Some("Header:Name#"));
    assert_eq!(found("Header:Name#"), Some("Header:Name#"));
    assert_eq!(found("Header:X-Trace"), Some("Header:*"));
    assert_eq!(found("UrlParam:limit"), Some("UrlParam:*"));
    assert_eq!(found("UrlParam:"), None);
    assert_eq!(found("ResourceName"), None);
}

#[test]
fn column_attributes_are_sorted_and_found_by_every_spelling() {
    let (names, synonyms) = names_and_synonyms(COLUMN_ATTRIBUTES.iter().map(|entry| &entry.parameter));
    assert_sorted_and_unique(&names, &synonyms);
    for entry in COLUMN_ATTRIBUTES {
        for spelling in entry.parameter.spellings() {
            let found = column_attribute(&spelling.to_uppercase()).map(|found| found.parameter.name);
            assert_eq!(found, Some(entry.parameter.name));
        }
    }
}

#[test]
fn items_and_control_attributes_are_sorted_and_found() {
    let names: Vec<&str> = BUILT_IN_ITEMS.iter().map(|item| item.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for name in names {
        let written = name.replace('#', "12").to_uppercase();
        assert_eq!(built_in_item(&written).map(|found| found.name), Some(name));
    }
    assert!(built_in_item("_input1").is_none() && built_in_item("_inputs").is_none());
    let names: Vec<&str> = CONTROL_ATTRIBUTES.iter().map(|control| control.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for name in names {
        assert_eq!(control_attribute(&name.to_uppercase()).map(|found| found.name), Some(name));
    }
}

#[test]
fn connection_options_are_sorted_and_found_with_blanks() {
    let (names, _) = names_and_synonyms(CONNECTION_OPTIONS.iter());
    assert_sorted_and_unique(&names, &[]);
    let (names, synonyms) = names_and_synonyms(connection_options().into_iter());
    assert_sorted_and_unique(&names, &synonyms);
    for name in names {
        assert_eq!(connection_option(&name.to_uppercase()).map(|found| found.name), Some(name));
    }
    assert_eq!(connection_option("auth scheme").map(|found| found.support), Some(Support::Runs));
    assert_eq!(connection_option("Cookies").map(|found| found.name), Some("Cookie"));
}

#[test]
fn options_that_hold_credentials_are_secret() {
    for option in connection_options() {
        let name = option.name.to_lowercase();
        let sounds_secret =
            ["password", "secret", "accesskey", "refreshtoken", "accesstoken", "apikey", "customheaders"]
                .iter()
                .any(|word| name.ends_with(word));
        assert!(option.secret || !sounds_secret, "{}", option.name);
    }
}

#[test]
fn schemes_are_sorted_and_found_and_a_refused_one_has_a_way_out() {
    let names: Vec<&str> = AUTH_SCHEMES.iter().map(|scheme| scheme.name).collect();
    assert_sorted_and_unique(&names, &[]);
    for scheme in AUTH_SCHEMES {
        let found = auth_scheme(&format!(" {} ", scheme.name.to_uppercase())).map(|found| found.name);
        assert_eq!(found, Some(scheme.name));
        let is_refused = matches!(scheme.support, Support::Refused(_));
        assert_eq!(is_refused, scheme.id == AuthSchemeId::Outside, "{}", scheme.name);
        assert_eq!(is_refused, !scheme.instead.is_empty(), "{}", scheme.name);
    }
}

#[test]
fn every_entry_has_a_line_worth_reading() {
    let parameters = KEYWORDS
        .iter()
        .flat_map(|keyword| keyword.parameters)
        .chain(OPERATION_INPUTS.iter().map(|input| &input.parameter))
        .chain(OPERATION_OUTPUTS.iter().map(|output| &output.parameter))
        .chain(COLUMN_ATTRIBUTES.iter().map(|attribute| &attribute.parameter))
        .chain(connection_options());
    let docs = parameters
        .map(|parameter| (parameter.name, parameter.doc))
        .chain(KEYWORDS.iter().map(|keyword| (keyword.name, keyword.doc)))
        .chain(FORMATTERS.iter().map(|formatter| (formatter.name, formatter.doc)))
        .chain(OPERATIONS.iter().map(|operation| (operation.name, operation.doc)))
        .chain(BUILT_IN_ITEMS.iter().map(|item| (item.name, item.doc)))
        .chain(CONTROL_ATTRIBUTES.iter().map(|control| (control.name, control.doc)))
        .chain(AUTH_SCHEMES.iter().map(|scheme| (scheme.name, scheme.doc)))
        .chain(TYPES.iter().map(|ty| (ty.spellings[0], ty.doc)));
    for (name, doc) in docs {
        assert!(doc.len() > 2 && !doc.ends_with('.') && !doc.eq_ignore_ascii_case(name), "{name}: {doc:?}");
    }
}

#[test]
fn a_default_is_of_its_kind() {
    let parameters = KEYWORDS
        .iter()
        .flat_map(|keyword| keyword.parameters)
        .chain(OPERATION_INPUTS.iter().map(|input| &input.parameter))
        .chain(COLUMN_ATTRIBUTES.iter().map(|attribute| &attribute.parameter))
        .chain(connection_options());
    let parameters = parameters.map(|parameter| (parameter.name, parameter.kind, parameter.default));
    let arguments = FORMATTERS.iter().flat_map(|formatter| formatter.arguments);
    let arguments = arguments.map(|argument| (argument.name, argument.kind, argument.default));
    for (name, kind, default) in parameters.chain(arguments) {
        let Some(default) = default else { continue };
        let fits = match kind {
            Kind::Word(_) => kind.word(default) == Some(default),
            Kind::Boolean => boolean_word(default).is_some(),
            Kind::Integer => default.parse::<i64>().is_ok(),
            _ => true,
        };
        assert!(fits, "{name}: {default}");
    }
}
