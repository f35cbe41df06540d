//! XML bodies: encodings, bounds, refusals, and that half a document is never a page.

mod support;

use profilec_diagnostics::codes;
use profilec_engine::RowPathSeen;
use profilec_vocabulary::ResponseFormat;
use proptest::prelude::*;
use support::{Case, cells};

fn sailings() -> Case {
    Case::new("t/s")
        .column("v string v")
        .column("b string @b")
        .column("o string /t/o")
        .format(ResponseFormat::Xml)
}

fn message(body: &[u8]) -> String {
    let error = sailings().extract(body).expect_err("the body cannot be read");
    assert_eq!(error.code.id, codes::data::not_xml.id, "{}", error.message);
    error.message
}

const WHOLE: &str = concat!(
    r#"<?xml version="1.0"?><!-- é --><t a="1"><o>x</o><s b='&lt;'><v>é &amp; <![CDATA[<]]></v></s>"#,
    r"<s><v/><w><u>1</u></w></s></t>",
);

#[test]
fn a_body_cut_at_every_byte_is_no_page() {
    for cut in 1..WHOLE.len() {
        let error = sailings().extract(&WHOLE.as_bytes()[..cut]).expect_err("half a page is none");
        assert!(error.code.id.starts_with("profilec::data::"), "{}", error.message);
    }
    let page = sailings().extract(WHOLE.as_bytes()).expect("the whole page is one");
    assert_eq!(cells(&page.batch), [["é & <", "<", "x"], ["", "NULL", "x"]]);
}

#[test]
fn broken_bodies_say_what_is_broken_and_where() {
    assert_eq!(message(b"<t><s></t>"), "page 1 is not well-formed XML: `</t>` ends `<s>` at byte 6");
    assert_eq!(
        message(b"<t><s>&eacute;</s></t>"),
        "page 1 is not well-formed XML: `&eacute;` stands for nothing at byte 6"
    );
    assert_eq!(message(b"<t><s>a & b</s></t>"), "page 1 is not well-formed XML: a lone `&` stands at byte 8");
    assert_eq!(message(b"<t/><t/>"), "page 1 is not well-formed XML: a second root element stands at byte 4");
    assert_eq!(
        message(b"<!DOCTYPE t [<!ENTITY a 'b'>]><t/>"),
        "page 1 is not well-formed XML: a document type (DOCTYPE) is never read, it stands at byte 0"
    );
    assert_eq!(
        message(b"<t a='1' a='2'/>"),
        "page 1 is not well-formed XML: a second attribute `a` stands at byte 12"
    );
    assert_eq!(
        message(b"<t>\x01</t>"),
        "page 1 is not well-formed XML: a control character stands at byte 3"
    );
    assert_eq!(message(b"<t><s>"), "page 1 is XML cut short: it ends after 6 bytes inside an element");
}

#[test]
fn another_format_is_named() {
    assert_eq!(message(b"[{\"a\":1}]"), "page 1 is not XML but JSON");
    assert_eq!(message(b"<!DOCTYPE html>\n<html></html>"), "page 1 is not XML but an HTML page");
    assert_eq!(message(b"a,b\n1,2\n"), "page 1 is not XML but text with separators (CSV)");
    assert_eq!(message(b"Service unavailable"), "page 1 is not XML but plain text");
}

#[test]
fn a_row_is_refused_where_only_its_parent_is_missing() {
    let row_path = |body: &str| sailings().extract(body.as_bytes()).expect("it is XML").summary.row_path;
    assert_eq!(row_path("<t><o>1</o></t>"), RowPathSeen::Rows);
    assert_eq!(row_path("<t/>"), RowPathSeen::Rows);
    assert!(matches!(row_path("<u><s/></u>"), RowPathSeen::Missing { .. }));
    assert!(matches!(row_path("<t><row/><row/></t>"), RowPathSeen::Missing { .. }));
    assert!(matches!(row_path("<t>busy</t>"), RowPathSeen::Missing { .. }));
}

#[test]
fn a_path_that_had_rows_may_have_none_later() {
    let case = sailings();
    let mut extractor = case.extractor();
    let mut read =
        |body: &str| extractor.extract(body.as_bytes(), None, &case.extraction, 1).expect("it is XML");
    assert_eq!(read("<t><s/></t>").summary.rows, 1);
    assert_eq!(read("<t><link/><link/></t>").summary.row_path, RowPathSeen::Rows);
}

#[test]
fn encodings_are_told_by_mark_response_and_declaration() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let vessel = |body: &[u8], charset: Option<&str>| {
        let case = sailings();
        let page = case.extractor().extract(body, charset, &case.extraction, 1).expect("it is XML");
        cells(&page.batch)[0][0].clone()
    };
    assert_eq!(vessel("\u{feff}<t><s><v>Å</v></s></t>".as_bytes(), None), "Å");
    assert_eq!(vessel(&utf16("\u{feff}<t><s><v>Å</v></s></t>"), None), "Å");
    assert_eq!(vessel(&utf16("<?xml version='1.0' encoding='utf-16'?><t><s><v>Å</v></s></t>"), None), "Å");
    assert_eq!(vessel(b"<?xml version='1.0' encoding='ISO-8859-1'?><t><s><v>\xc5</v></s></t>", None), "Å");
    assert_eq!(vessel(b"<t><s><v>\x80</v></s></t>", Some("windows-1252")), "€");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let error = sailings().extract(b"<t><s><v>\xc5</v></s></t>").expect_err("it is not UTF-8");
    assert_eq!(error.message, "page 1 is not valid UTF-8 at byte 9");
    let case = sailings();
    let read = case.extractor().extract(b"<t/>", Some("klingon"), &case.extraction, 1);
    assert_eq!(
        read.expect_err("nobody knows it").message,
        "page 1 is declared to be in `klingon`, an encoding that is not known"
    );
}

#[test]
fn nesting_is_read_to_a_bound_and_refused_beyond() {
    let nested = |depth: usize| format!("<t>{}{}</t>", "<s>".repeat(depth), "</s>".repeat(depth));
    sailings().extract(nested(500).as_bytes()).expect("deep is not broken");
    assert_eq!(
        message(nested(100_000).as_bytes()),
        "page 1 is not well-formed XML: elements stand in each other deeper than 512 levels at byte 1536"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = sailings().capture("/t/x").extract(&bytes);
    }

    #[test]
    fn almost_xml_never_panics(text in "(<|</|/>|>|t|s|v|=|\"|'|&amp;|&|;|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|\\?>|é|\r|\n| ){0,40}") {
        let _ = sailings().capture("/t/@s").extract(format!("<t><s>{text}</s></t>").as_bytes());
        let _ = sailings().extract(text.as_bytes());
    }

    #[test]
    fn texts_come_back_as_they_were(texts in prop::collection::vec("[ -~éÅ🎁\n]{0,12}", 1..6)) {
        let row = |text: &String| format!("<s b=\"{0}\"><v>{0}</v></s>", escaped(text));
        let rows = texts.iter().map(row).collect::<Vec<_>>().concat();
        let page = sailings().extract(format!("<t>{rows}</t>").as_bytes()).unwrap();
        for (row, text) in cells(&page.batch).iter().zip(&texts) {
            prop_assert_eq!(&row[0], text);
            prop_assert_eq!(&row[1], &text.replace('\n', " "));
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
