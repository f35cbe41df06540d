//! What a body that cannot be read, or a value that does not fit, is told as.

mod support;

use profilec_plan::Layout;
use support::{Case, cells};

fn message(case: &Case, body: &[u8]) -> String {
    let error = case.extract(body).expect_err("the body cannot be read");
    format!("{}: {}", error.code.id.trim_start_matches("profilec::data::"), error.message)
}

#[test]
fn what_is_not_json_is_named() {
    let case = Case::new("").column("a string a");
    for (body, expected) in [
        (&b"<!DOCTYPE html><html>"[..], "not_json: page 1 is not JSON but an HTML page"),
        (b"\n<feed/>", "not_json: page 1 is not JSON but XML"),
        (b"a,b\n1,2\n", "not_json: page 1 is not JSON but text with separators (CSV)"),
        (b"Service unavailable", "not_json: page 1 is not JSON but plain text"),
        (b"\x1f\x8b\x08\x00", "not_json: page 1 is not JSON but data compressed with gzip"),
        (b"\xff\xfe{\x00}", "invalid_encoding: page 1 is not valid UTF-16LE"),
        (
            b"{\"a\":1}\n{\"a\":2}\n",
            "not_json: page 1 is not JSON but several JSON documents one after another (JSON Lines)",
        ),
        (
            b"{\"a\":[1,",
            "not_json: page 1 is JSON cut short: it ends after 8 bytes inside an object or array",
        ),
        (b"{\"a\":\"x", "not_json: page 1 is JSON cut short: it ends after 7 bytes inside a string"),
        (b"{\"a\":[1,]}", "not_json: page 1 is not valid JSON: expected a value at byte 8, found `]}`"),
        (
            b"{a:1}",
            "not_json: page 1 is not valid JSON: expected a member name in double quotes at byte 1, found `a:1}`",
        ),
        (b"[1] x", "not_json: page 1 is not valid JSON: `x` follows the document at byte 4"),
        (
            b"[01]",
            "not_json: page 1 is not valid JSON: expected `,` or `]` after an element at byte 2, found `1]`",
        ),
        (b"[\"\xc3(\"]", "invalid_encoding: page 1 is not valid UTF-8 at byte 2"),
        (b"\xef\xbb\xbf[\"\xc3(\"]", "invalid_encoding: page 1 is not valid UTF-8 at byte 5"),
        (
            b"[{\"a\":\"x\\ud800\"}]",
            "invalid_encoding: page 1 has half of a surrogate pair in a string, at byte 8",
        ),
    ] {
        assert_eq!(message(&case, body), expected);
    }
}

#[test]
fn a_value_that_does_not_fit_is_shown_with_its_place() {
    for (ty, value, expected) in [
        ("int", "7.5", "as an integer, but page 1 has `7.5`"),
        ("int", "9223372036854775808", "as an integer, but page 1 has `9223372036854775808`"),
        ("int", "true", "as an integer, but page 1 has `true`"),
        ("decimal(4,1)", "1.25", "as a decimal of 4 digits, 1 after the point, but page 1 has `1.25`"),
        ("double", "1e400", "as a double, but page 1 has `1e400`"),
        ("boolean", "\"maybe\"", "as a boolean, but page 1 has `\"maybe\"`"),
        ("datetime", "1700000000", "as a date-time, but page 1 has `1700000000`"),
        ("date", "\"01.02.2024\"", "as a date, but page 1 has `\"01.02.2024\"`"),
        ("time", "\"25:00\"", "as a time, but page 1 has `\"25:00\"`"),
        ("binary", "\"?\"", "as binary (base64), but page 1 has `\"?\"`"),
        ("int", "[1, 2]", "as an integer, but page 1 has `[1, 2]`"),
    ] {
        let case = Case::new("data").column(&format!("v {ty} x/v"));
        let body = format!(r#"{{"data":[{{}},{{"x":{{"v":{value}}}}}]}}"#);
        let expected = format!("type_mismatch: column `v` is declared {expected} at `/data/1/x/v`");
        assert_eq!(message(&case, body.as_bytes()), expected);
    }
}

#[test]
fn a_value_of_a_queried_row_is_told_by_its_place_in_the_body() {
    let case = Case::query("$..rows[?@.ok==true]").column("n int n");
    let body = br#"{"x":{"rows":[{"ok":false,"n":"q"},{"ok":true,"n":"q"}]}}"#;
    assert_eq!(
        message(&case, body),
        "type_mismatch: column `n` is declared as an integer, but page 1 has `\"q\"` at `/x/rows/1/n`"
    );
    assert!(message(&case, b"<html>").ends_with("not JSON but an HTML page"));
}

#[test]
fn encodings_are_told_by_mark_profile_and_response() {
    let read = |body: &[u8], profile: Option<&'static str>, response: Option<&str>| {
        let layout = Layout { charset: profile, ..Layout::default() };
        let case = Case::new("").column("a string a").layout(layout);
        let page = case.extractor().extract(body, response, &case.extraction, 1);
        page.map(|page| cells(&page.batch)[0][0].clone()).map_err(|error| error.message)
    };
    let utf16: Vec<u8> = "[{\"a\":\"Å\"}]".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (utf8, latin1) = ("[{\"a\":\"Å\"}]".as_bytes(), &b"[{\"a\":\"\xc5\"}]"[..]);
    let found = Ok("Å".to_owned());
    assert_eq!(read(&utf16, Some("UTF-8"), None), found);
    assert_eq!(read(&[b"\xfe\xff", utf16.as_slice()].concat(), None, None), found);
    assert_eq!(read(latin1, None, Some("iso-8859-1")), found);
    assert_eq!(read(latin1, Some("windows-1252"), Some("utf-8")), found);
    // JSON is UTF-8 by its own standard, whatever a server says of it; the profile knows better.
    assert_eq!(read(utf8, None, Some("iso-8859-1")), found);
    assert_eq!(read(utf8, Some("windows-1252"), None), Ok("Ã…".to_owned()));
    assert_eq!(read(latin1, None, None), Err("page 1 is not valid UTF-8 at byte 7".to_owned()));
    assert_eq!(
        read(latin1, Some("UTF-8"), Some("latin1")),
        Err("page 1 is not valid UTF-8 at byte 7".to_owned())
    );
}

#[test]
fn a_byte_order_mark_is_dropped() {
    let page = Case::new("").column("a int a").extract(b"\xef\xbb\xbf[{\"a\":1}]").expect("it is JSON");
    assert_eq!(page.summary.rows, 1);
}
