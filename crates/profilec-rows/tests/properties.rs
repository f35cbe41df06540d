//! Properties: the same cells as a plain reading of the document, no panic, no half page.

mod support;

use proptest::prelude::*;
use serde_json::Value;
use support::{Case, cells};

/// Names that paths and documents share, so that they meet.
const NAMES: [&str; 7] = ["a", "b", "c.d", "0", "1", "@é", "q\"\\\n"];

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(&NAMES[..]).prop_map(str::to_owned)
}

fn document(depth: u32) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?"
            .prop_map(|number| serde_json::from_str(&number).expect("the pattern gives JSON numbers")),
        any::<String>().prop_map(Value::from),
        "[ -~é🎁]{0,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(depth, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The value at a path, read plainly: a member, else an index; through any other array its first element.
fn at<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    let Some((step, rest)) = path.split_first() else { return Some(value) };
    match value {
        Value::Object(members) => at(members.get(step)?, rest),
        Value::Array(elements) => match step.parse::<usize>() {
            Ok(index) => at(elements.get(index)?, rest),
            Err(_) => through(elements.first()?, path),
        },
        _ => None,
    }
}

/// As [`at`], inside an array that the path goes through: indexes have no meaning there any more.
fn through<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    match value {
        Value::Array(elements) => through(elements.first()?, path),
        value => at(value, path),
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "NULL".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

proptest! {
    #[test]
    fn cells_are_those_of_a_plain_reading(
        rows in prop::collection::vec(document(4), 0..6),
        paths in prop::collection::vec(prop::collection::vec(name(), 1..4), 1..6),
        pretty: bool,
    ) {
        let mut case = Case::new("rows");
        for (index, path) in paths.iter().enumerate() {
            case = case.text_column(&format!("c{index}"), path);
        }
        let body = serde_json::json!({ "before": [1, {"rows": 2}], "rows": rows, "after": null });
        let body = if pretty { serde_json::to_string_pretty(&body) } else { serde_json::to_string(&body) };
        let page = case.extract(body.unwrap().as_bytes()).unwrap();
        let expected: Vec<Vec<String>> =
            rows.iter().map(|row| paths.iter().map(|path| text(at(row, path))).collect()).collect();
        prop_assert_eq!(cells(&page.batch), expected);
    }

    #[test]
    fn a_body_cut_anywhere_is_no_page(row in document(4), keep in 0.0..1.0) {
        let case = Case::new("rows").column("a string a").column("o string /o");
        let body = serde_json::json!({ "rows": [row], "o": "é" }).to_string();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a short length")]
        let cut = ((body.len() as f64 * keep) as usize).max(1);
        prop_assert!(case.extract(&body.as_bytes()[..cut]).is_err());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Case::new("a/*").column("a int b[0]").capture("/x").extract(&bytes);
    }

    #[test]
    fn almost_json_is_accepted_only_if_it_is_json(text in "[\\[\\]{},:\"\\\\ a0-9.eE+ntrufls-]{1,24}") {
        let page = Case::new("").column("a string a").extract(text.as_bytes());
        if !text.trim_ascii().is_empty() {
            prop_assert_eq!(page.is_ok(), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
    }
}

#[test]
fn a_body_cut_at_every_byte_is_no_page() {
    let case = Case::new("data").column("n decimal(5,2) n").column("s string s").column("l string l");
    let body =
        r#"{"next": null, "data": [{"n": 1.10, "s": "é\u00e9\n", "l": [1, {"x": true}]}, {"n": -2e1}]}"#;
    for cut in 1..body.len() {
        let error = case.extract(&body.as_bytes()[..cut]).expect_err("half a page is none");
        assert!(error.code.id.starts_with("profilec::data::"), "{}", error.message);
    }
    case.extract(body.as_bytes()).expect("the whole page is one");
}

#[test]
fn nesting_is_read_to_a_bound_and_refused_beyond() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    let case = Case::new("a/b").column("x string x/y");
    for depth in [1, 500] {
        case.extract(format!(r#"{{"a":{}}}"#, nested(depth)).as_bytes()).expect("deep is not broken");
    }
    let error = case.extract(nested(100_000).as_bytes()).expect_err("there is a bound");
    assert_eq!(error.message, "page 1 nests arrays and objects deeper than 512 levels, at byte 512");
}
