//! The URLs that a profile asks, and the values that go into their queries.

use profilec_syntax::{Reference, Template};

use crate::cx::{Cx, Method};
use crate::flow::{Given, Piece};

/// A URL that a call asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) template: &'a Template,
}

/// A value that is put into a parameter of a URL.
#[derive(Debug)]
pub(crate) struct QueryValue<'a> {
    pub(crate) reference: &'a Reference,
    /// The parameter's name, as far as it is known.
    pub(crate) parameter: String,
}

/// A parameter of a URL: its name and its value, where they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) value: String,
}

/// What stands for a part that is not known.
pub(crate) const UNKNOWN: char = '\u{FFFC}';

/// The URLs that reach the calls outside write blocks. One that is overridden before is not among them.
pub(crate) fn asked_uris<'a>(cx: &Cx<'a>) -> Vec<Asked<'a>> {
    let flow = cx.flow();
    let mut found = Vec::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        for reaching in ["uri", "url"].into_iter().filter_map(|name| call.input(name)) {
            for place in flow.places(reaching).unwrap_or_default() {
                if let Given::Template(template) = place.value {
                    found.push(Asked { template });
                }
            }
        }
    }
    found
}

/// A URL as far as it is known, [`UNKNOWN`] for the rest.
pub(crate) fn flattened<'a>(cx: &Cx<'a>, template: &'a Template) -> String {
    let text = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Value(_) => UNKNOWN.to_string(),
    };
    cx.values().pieces(template).into_iter().map(text).collect()
}

/// The parameters of a flattened URL.
pub(crate) fn parameters(url: &str) -> Vec<Parameter> {
    let query = url.split('#').next().and_then(|url| url.split_once('?')).map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| Parameter { name: name.trim().to_owned(), value: value.trim().to_owned() })
        .collect()
}

/// The values that go into parameters of URLs, in the order of the file.
pub(crate) fn query_values<'a>(cx: &Cx<'a>) -> Vec<QueryValue<'a>> {
    let mut found = Vec::new();
    let uris = cx.names().setters("URI").filter_map(|site| site.value);
    let parameters = cx.names().setters("CustomUrlParams").filter_map(|site| site.value);
    for (template, lead) in uris.map(|uri| (uri, "")).chain(parameters.map(|value| (value, "?"))) {
        let mut before = lead.to_owned();
        for piece in cx.values().pieces(template) {
            match piece {
                Piece::Text(text) => before.push_str(&text),
                Piece::Value(reference) => {
                    if let Some(parameter) = open_parameter(&before) {
                        found.push(QueryValue { reference, parameter: parameter.to_owned() });
                    }
                    before.push(UNKNOWN);
                }
            }
        }
    }
    found
}

/// The parameter whose value goes on behind this start of a URL.
fn open_parameter(before: &str) -> Option<&str> {
    let (_, last) = before.rsplit_once(['?', '&'])?;
    let (name, value) = last.split_once('=')?;
    (!value.contains('#')).then_some(name)
}
