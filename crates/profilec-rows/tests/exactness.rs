//! Pages read from small bodies: what stands in the batch and in the summary.

mod support;

use profilec_engine::{Emit, Member, MemberValue, Override, PushedRow, RowPathSeen, Seen};
use support::{Case, cells};

fn page(case: &Case, body: &str) -> profilec_rows::Page {
    case.extract(body.as_bytes()).expect("the body is read")
}

#[test]
fn numbers_come_out_as_written() {
    let wide = "99999999999999999999999999999999999999";
    let wider = "9".repeat(76);
    let case = Case::new("")
        .column("t string t")
        .column("i int i")
        .column("d decimal(38,0) d")
        .column("e decimal(76,0) e")
        .column("p decimal(10,2) p");
    let body = format!(
        r#"[{{"t":1.10,"i":9007199254740993,"d":{wide},"e":{wider},"p":1.10}},
            {{"t":1e400,"i":9223372036854775807,"d":-1,"e":"7","p":"1.5"}},
            {{"t":true,"i":-9223372036854775808,"d":null,"p":""}}]"#
    );
    assert_eq!(
        cells(&page(&case, &body).batch),
        [
            vec!["1.10", "9007199254740993", wide, &wider, "1.10"],
            vec!["1e400", "9223372036854775807", "-1", "7", "1.50"],
            vec!["true", "-9223372036854775808", "NULL", "NULL", "NULL"],
        ]
    );
}

#[test]
fn strange_member_names_are_found() {
    let case = Case::new("")
        .column("a string a.b")
        .column("b string @odata.nextLink")
        .column("c string Größe")
        .column("d string \u{41}é");
    let body = r#"[{"a.b":1,"@odata.nextLink":"x","Gr\u00f6\u00dfe":3,"\u0041é":4}]"#;
    assert_eq!(cells(&page(&case, body).batch), [["1", "x", "3", "4"]]);
}

#[test]
fn rows_of_every_parent_carry_their_parents_values() {
    let case =
        Case::new("lots/items").column("n int n").column("lot string /lots/id").column("top string /meta/v");
    let body = r#"{"lots":[{"id":"a","items":[{"n":1},{"n":2}]},{"items":[{"n":3}],"id":"b"},{"id":"c"},{"id":"d","items":[]},{"items":{"n":4}}],"meta":{"v":7}}"#;
    let page = page(&case, body);
    assert_eq!(cells(&page.batch), [["1", "a", "7"], ["2", "a", "7"], ["3", "b", "7"], ["4", "NULL", "7"]]);
    assert_eq!(page.summary.outside, [(1, Seen::Value("a".into())), (2, Seen::Value("7".into()))]);
    assert_eq!(page.summary.row_path, RowPathSeen::Rows);
}

#[test]
fn a_path_may_be_a_column_and_the_parent_of_others() {
    let case = Case::new("data")
        .column("o string o")
        .column("x string o/x")
        .column("t1 string tags[1]")
        .column("t0 string tags/0")
        .column("sku string lines/sku")
        .column("tags string tags");
    let body = r#"{"data":[{"o": {"x": "é\n", "y": [1, 2]},"tags":["a","b"],"lines":[{"sku":"s1"},{"sku":"s2"}]},{"o":{"x":null},"tags":{"0":"zero"},"lines":[]}]}"#;
    assert_eq!(
        cells(&page(&case, body).batch),
        [
            vec![r#"{"x":"é\n","y":[1,2]}"#, "é\n", "b", "a", "s1", r#"["a","b"]"#],
            vec![r#"{"x":null}"#, "NULL", "NULL", "zero", "NULL", r#"{"0":"zero"}"#],
        ]
    );
}

#[test]
fn scalars_and_nulls_are_rows_too() {
    let case = Case::new("a").column("v string .");
    assert_eq!(
        cells(&page(&case, r#"{"a":[1,null,"x",[2, 3]]}"#).batch),
        [["1"], ["NULL"], ["x"], ["[2,3]"]]
    );
    let pairs = Case::new("a").column("k string [0]").column("v int [1]");
    assert_eq!(cells(&page(&pairs, r#"{"a":[["x",1],["y",2]]}"#).batch), [["x", "1"], ["y", "2"]]);
}

#[test]
fn the_last_of_repeated_members_counts() {
    let case = Case::new("").column("a string a");
    assert_eq!(cells(&page(&case, r#"[{"a":1,"a":2},{"a":1,"a":null}]"#).batch), [["2"], ["NULL"]]);
}

#[test]
fn what_stood_at_the_row_path_is_told() {
    let case = Case::new("data/items").column("a string a");
    let seen = |body: &str| page(&case, body).summary.row_path;
    assert_eq!(seen(r#"{"data":{"items":[]}}"#), RowPathSeen::Rows);
    assert_eq!(seen(r#"{"data":[]}"#), RowPathSeen::Rows);
    assert_eq!(seen(r#"{"data":{"items":null}}"#), RowPathSeen::Null);
    assert_eq!(
        seen(r#"{"data":{"items":"no"}}"#),
        RowPathSeen::Scalar { kind: "a string", at: "/data/items".into() }
    );
    assert_eq!(seen(""), RowPathSeen::NoBody);
    assert_eq!(seen(" \r\n"), RowPathSeen::NoBody);
    let missing = |step: &str, at: &str, keys: &[&str], closest: Option<&str>| RowPathSeen::Missing {
        step: step.into(),
        at: at.into(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        closest: closest.map(str::to_owned),
    };
    assert_eq!(seen(r#"{"x":1,"dato":[]}"#), missing("data", "", &["x", "dato"], Some("dato")));
    assert_eq!(seen(r#"{"data":[{"item":1},{}]}"#), missing("items", "/data/0", &["item"], Some("item")));
    assert_eq!(seen(r#"{"data":7}"#), missing("items", "/data", &[], None));
    assert_eq!(seen("[]"), RowPathSeen::Rows);
    assert_eq!(seen(r#"{"data":[{"items":[{}]},{"x":1}]}"#), RowPathSeen::Rows);
}

#[test]
fn stars_and_indexes_lead_to_rows() {
    let all = Case::new("feed/*").column("a int a");
    assert_eq!(cells(&page(&all, r#"{"feed":{"n":2,"x":[{"a":1}],"y":{"a":2}}}"#).batch), [["1"], ["2"]]);
    assert_eq!(cells(&page(&all, r#"{"feed":[{"a":1},{"a":2}]}"#).batch), [["1"], ["2"]]);
    let second = Case::new("feed[1]/r").column("a int a");
    assert_eq!(cells(&page(&second, r#"{"feed":[{"r":[{"a":1}]},{"r":[{"a":2}]}]}"#).batch), [["2"]]);
    assert!(matches!(page(&second, r#"{"feed":[{"r":[]}]}"#).summary.row_path, RowPathSeen::Missing { .. }));
}

#[test]
fn captures_and_members_are_seen_beside_the_rows() {
    let case = Case::new("data")
        .column("a int a")
        .capture("/next")
        .capture("/data/id")
        .capture("id")
        .capture("/none")
        .capture("/page");
    let body = r#"{"next":null,"data":[{"a":1,"id":"x"},{"a":2,"id":"y"},{"a":3,"id":null}],"page":{"total":1.0,"more":true,"deep":{"x":1},"list":[1,2]}}"#;
    let summary = page(&case, body).summary;
    let value = |text: &str| Seen::Value(text.into());
    assert_eq!(
        summary.captures,
        [
            Seen::Null,
            value("y"),
            value("y"),
            Seen::Absent,
            value(r#"{"total":1.0,"more":true,"deep":{"x":1},"list":[1,2]}"#)
        ]
    );
    let member = |pointer: &str, value| Member { pointer: pointer.into(), value };
    assert_eq!(
        summary.members,
        [
            member("/next", MemberValue::Null),
            member("/data", MemberValue::Array(3)),
            member("/page/total", MemberValue::Number("1.0".into())),
            member("/page/more", MemberValue::Boolean(true)),
            member("/page/deep", MemberValue::Object(1)),
            member("/page/list", MemberValue::Array(2)),
            member("/page", MemberValue::Object(4)),
        ]
    );
}

#[test]
fn equal_rows_have_equal_hashes_whatever_is_around_them() {
    let case = Case::new("data").column("a int a");
    let hash = |body: &str| page(&case, body).summary.rows_hash;
    assert_eq!(hash(r#"{"data":[{"a":1},{"a":null}],"t":1}"#), hash(r#"{"t":2,"data":[ {"a":1,"x":0},{}]}"#));
    assert_ne!(hash(r#"{"data":[{"a":1}]}"#), hash(r#"{"data":[{"a":2}]}"#));
    let unread = Case::new("data").column("a int /t");
    let hash = |body: &str| page(&unread, body).summary.rows_hash;
    assert_ne!(hash(r#"{"data":[{"a":1}]}"#), hash(r#"{"data":[{"a":2}]}"#));
}

#[test]
fn a_general_query_gives_rows_too() {
    let case = Case::query("$.data[?@.ok==true]").column("n string n").column("m string /m").capture("/m");
    let page = page(&case, r#"{"data":[{"n":1.10,"ok":true},{"n":2},{"n":"\u00e9","ok":true}],"m":"x"}"#);
    assert_eq!(cells(&page.batch), [["1.10", "x"], ["é", "x"]]);
    assert_eq!(page.summary.captures, [Seen::Value("x".into())]);
}

#[test]
fn only_what_is_read_becomes_text_and_only_what_is_written_is_built() {
    let case = Case::new("").column("a int a").column("b int b").output(&[1]).materialise(&[0]);
    let page = page(&case, r#"[{"a":1,"b":2},{"a":"not built","b":3}]"#);
    assert_eq!(cells(&page.batch), [["2"], ["3"]]);
    assert_eq!(page.summary.texts[0].values, [Some("1".to_owned()), Some("not built".to_owned())]);
}

#[test]
fn the_script_picks_repeats_and_sets() {
    let case = Case::new("").column("a int a").column("b string b");
    let mut extractor = case.extractor();
    let batch =
        extractor.extract(br#"[{"a":1,"b":"x"},{"a":2,"b":"y"}]"#, None, &case.extraction, 1).unwrap().batch;
    let set = |column, value: Option<&str>| Override { column, value: value.map(str::to_owned) };
    let emit = |emit: Emit| extractor.emit(batch.clone(), emit).map(|batch| batch.map(|batch| cells(&batch)));
    let rows = |rows: &[[&str; 2]]| {
        Some(
            rows.iter()
                .map(|row| row.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>())
                .collect::<Vec<_>>(),
        )
    };

    assert_eq!(emit(Emit::Nothing).unwrap(), None);
    assert_eq!(
        emit(Emit::All { copies: 2, overrides: vec![set(1, Some("z"))] }).unwrap(),
        rows(&[["1", "z"], ["1", "z"], ["2", "z"], ["2", "z"]])
    );
    let picked = vec![
        PushedRow { row: 1, overrides: vec![] },
        PushedRow { row: 0, overrides: vec![set(0, Some("7"))] },
        PushedRow { row: 0, overrides: vec![set(0, None)] },
    ];
    assert_eq!(emit(Emit::Picked(picked)).unwrap(), rows(&[["2", "y"], ["7", "x"], ["NULL", "x"]]));
    let error = emit(Emit::All { copies: 1, overrides: vec![set(0, Some("seven"))] }).unwrap_err();
    assert_eq!(error.message, "column `a` is declared as an integer, but the script sets it to `seven`");
    let made = extractor.from_script(vec![PushedRow { row: 0, overrides: vec![set(1, Some("q"))] }]).unwrap();
    assert_eq!(cells(&made), [["NULL", "q"]]);
}
