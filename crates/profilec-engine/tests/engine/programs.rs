//! Profiles made from bytes: every program that comes out is one that a person could write.
//!
//! Properties over whole programs are stated in several places; each includes this file.

use std::fmt::Write as _;

/// Bytes that decide; when they are used up, each decision is the first one.
#[derive(Debug)]
pub(crate) struct Choices<'b> {
    bytes: &'b [u8],
    /// Statements that may still be made.
    room: usize,
}

impl<'b> Choices<'b> {
    pub(crate) const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, room: 40 }
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % count
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    pub(crate) fn maybe(&mut self) -> bool {
        self.below(2) == 1
    }
}

const ATTRIBUTES: &[&str] = &[
    "note",
    "n",
    "keep.n",
    "keep.list#",
    "_input.seen",
    "id",
    "name",
    "row.note",
    "rows@next",
    "x:y",
    "batch",
];
const ITEMS: &[&str] = &["keep", "_", "row", "_input", "q", "_out1"];
const VALUES: &[&str] = &[
    "1",
    "[n | def('0') | add(1)]",
    "[keep.n | def('0') | add(1)]",
    "[id | def('none')]",
    "[name]",
    "[batch | def('')]",
    "[_value | def('v')]",
    "[_index | def('i')]",
    "[keep.list | join('-')]",
    "[nowhere]",
    "[http:statuscode | def('')]",
    "[header:etag | def('')]",
    "[n | def('x')][n | def('y')]",
    "[keep.*]",
    "[x:* | def('')]",
    "[name | multiply(2)]",
    "",
];
const OPERATIONS: &[&str] =
    &["jsonproviderGet", "jsonproviderGet", "httpGet", "xmlproviderGet", "utiladoPushPageToken", "httpPost"];
const PAGING: &[&str] = &[
    "",
    r#"<api:set attr="PageNumberParam" value="page"/>"#,
    r#"<api:set attr="PageOffsetParam" value="skip"/><api:set attr="PageSize" value="2"/>"#,
    r#"<api:set attr="pageurlpath" value="/json/next"/>"#,
    r#"<api:set attr="pagetokenpath" value="/json/next"/><api:set attr="pagetokenparam" value="after"/>"#,
    r#"<api:set attr="ElementMapPath#1" value="/json/next"/><api:set attr="ElementMapName#1" value="rows@next"/>"#,
    r#"<api:set attr="pageurlpath" value="header:Link"/><api:set attr="hasmorepath" value="/json/more"/>"#,
];

/// What a statement stands in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    /// How deep.
    depth: usize,
    /// Calls around it.
    calls: usize,
    in_loop: bool,
    /// Calls may stand here.
    may_call: bool,
}

impl Place {
    /// The body of a call, in which others may stand.
    pub(crate) fn in_body() -> Self {
        Self { calls: 1, in_loop: true, may_call: true, ..Self::default() }
    }
}

/// A whole profile.
pub(crate) fn profile(choices: &mut Choices<'_>) -> String {
    let paging = choices.one(PAGING);
    let enabled = if choices.maybe() { "false" } else { "true" };
    let mut body = String::new();
    block(choices, Place { may_call: true, ..Place::default() }, &mut body);
    format!(
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="Kilns" desc="Kilns" xmlns:other="http://apiscript.com/ns?v1">
    <attr name="id" xs:type="string" other:xPath="id"/>
    <attr name="name" xs:type="string" other:xPath="name"/>
    <attr name="batch" xs:type="string" other:xPath="/json/batch"/>
    <attr name="x:y" xs:type="string" other:xPath="xy"/>
    <attr name="note" xs:type="string"/>
  </api:info>
  <api:script method="GET">
    <api:set attr="URI" value="https://kilns.example/kilns?after=[_input.rows@next | def('')]"/>
    <api:set attr="JSONPath" value="$.data"/>
    <api:set attr="EnablePaging" value="{enabled}"/>{paging}
    {body}
    <api:call op="jsonproviderGet" out="row"><api:push/></api:call>
  </api:script>
</api:script>"#
    )
}

/// A few statements.
pub(crate) fn block(choices: &mut Choices<'_>, place: Place, out: &mut String) {
    for _ in 0..=choices.below(4) {
        if choices.room == 0 || place.depth > 6 {
            return;
        }
        choices.room -= 1;
        statement(choices, place, out);
    }
}

fn inside(place: Place) -> Place {
    Place { depth: place.depth + 1, ..place }
}

fn element(choices: &mut Choices<'_>, start: &str, name: &str, place: Place, out: &mut String) {
    let _ = write!(out, "<api:{start}>");
    block(choices, inside(place), out);
    let _ = write!(out, "</api:{name}>");
}

fn statement(choices: &mut Choices<'_>, place: Place, out: &mut String) {
    let (attribute, value) = (choices.one(ATTRIBUTES), choices.one(VALUES));
    match choices.below(18) {
        0 | 1 => {
            let _ = write!(out, r#"<api:set attr="{attribute}" value="{value}"/>"#);
        }
        2 => out.push_str("<api:push/>"),
        3 => conditional(choices, place, attribute, value, out),
        4 => {
            let _ = write!(out, r#"<api:select value="{value}"><api:case value="1">"#);
            block(choices, inside(place), out);
            out.push_str(r#"</api:case><api:case value="[a-n]*" match="regex"><api:set attr="note" value="some"/></api:case><api:default>"#);
            block(choices, inside(place), out);
            out.push_str("</api:default></api:select>");
        }
        5 => {
            let source = choices.one(&[
                r#"range="1..2""#,
                r#"list="a,b" separator=",""#,
                r#"attr="keep.list#""#,
                r#"item="keep""#,
                r#"item="_" expand="true""#,
                r#"prefix="x""#,
                r#"range="b..a""#,
                r#"list="[name | def('')]" separator="-""#,
            ]);
            let place = Place { in_loop: true, ..place };
            element(choices, &format!("enum {source}"), "enum", place, out);
        }
        6 if place.in_loop => out.push_str(choices.one(&["<api:break/>", "<api:continue/>"])),
        7 if place.in_loop => {
            let name = choices.one(&["first", "last"]);
            element(choices, name, name, place, out);
        }
        8 => {
            out.push_str("<api:try>");
            block(choices, inside(place), out);
            let code = choices.one(&["*", "hot", "500", "reference::undefined"]);
            let _ = write!(out, r#"<api:catch code="{code}">"#);
            block(choices, inside(place), out);
            out.push_str("</api:catch>");
            if choices.maybe() {
                element(choices, "finally", "finally", place, out);
            }
            out.push_str("</api:try>");
        }
        9 => {
            let _ = write!(out, r#"<api:throw code="hot" desc="{value}" details="much"/>"#);
        }
        10 => {
            let _ = write!(out, r#"<api:validate attr="{attribute}" code="missing"/>"#);
        }
        11 => {
            let _ = write!(out, "<api:setm>\nnote = {value}\nkeep.n = \"[n | def('m')]\"\n</api:setm>");
        }
        12 => {
            let (to, from) = (choices.one(ITEMS), choices.one(ITEMS));
            let _ = write!(out, r#"<api:map to="{to}" from="{from}" map="note=name, x:*=x:*"/>"#);
        }
        13 => {
            let (to, from) = (choices.one(ITEMS), choices.one(ITEMS));
            let _ = write!(out, r#"<api:set item="{to}" copyfrom="{from}"/>"#);
        }
        14 => {
            let unset =
                choices.one(&[r#"attr="note""#, r#"item="keep""#, r#"attr="id""#, r#"item="q" attr="n""#]);
            let _ = write!(out, "<api:unset {unset}/>");
        }
        15 => {
            let item = choices.one(&["", r#" item="keep""#, r#" title="[nowhere]""#]);
            element(choices, &format!("push{item}"), "push", place, out);
        }
        16 if place.may_call && place.calls < 3 => call(choices, place, out),
        17 => element(choices, "script", "script", place, out),
        _ => {
            let _ = write!(out, r#"<api:setc attr="{attribute}">{value}</api:setc>"#);
        }
    }
}

fn conditional(choices: &mut Choices<'_>, place: Place, attribute: &str, value: &str, out: &mut String) {
    let (start, name) = match choices.below(8) {
        0 => (format!(r#"check attr="{attribute}""#), "check"),
        1 => (format!(r#"null attr="{attribute}""#), "null"),
        2 => (format!(r#"exists attr="{attribute}""#), "exists"),
        3 => (format!(r#"equals attr="{attribute}" value="{value}" case="ignore""#), "equals"),
        4 => (format!(r#"notequals attr="{attribute}" value="{value}""#), "notequals"),
        5 => (r#"if exp="[id | def('0')] > 1 and not [n | def('')] == 'a'""#.replace('>', "&gt;"), "if"),
        6 => (format!(r#"match pattern="[a-n]?*" value="{value}" type="glob""#), "match"),
        _ => (format!(r#"if attr="{attribute}" value="2" operator="lessthan""#), "if"),
    };
    let action =
        if place.in_loop { choices.one(&["", r#" action="break""#, r#" action="continue""#]) } else { "" };
    let _ = write!(out, "<api:{start}{action}>");
    block(choices, inside(place), out);
    if choices.maybe() {
        element(choices, "else", "else", place, out);
    }
    let _ = write!(out, "</api:{name}>");
}

fn call(choices: &mut Choices<'_>, place: Place, out: &mut String) {
    let own = choices.maybe();
    let paging = choices.one(PAGING).replace("attr=\"", "attr=\"q.");
    if own {
        let _ = write!(
            out,
            r#"<api:set attr="q.URI" value="https://kilns.example/[id | def('top')]/lots"/><api:set attr="q.JSONPath" value="$.data"/><api:set attr="q.EnablePaging" value="true"/>{paging}"#
        );
    }
    let operation = choices.one(OPERATIONS);
    let input = if own { r#" in="q, keep""# } else { "" };
    let output = choices.one(&["", r#" out="row""#, r#" out="row, kiln""#]);
    let window = choices.one(&["", r#" maxrows="2""#, r#" page="2" pagesize="1""#, r#" ignoreprefix="x""#]);
    let place = Place { in_loop: true, calls: place.calls + 1, ..place };
    element(choices, &format!(r#"call op="{operation}"{input}{output}{window}"#), "call", place, out);
}
