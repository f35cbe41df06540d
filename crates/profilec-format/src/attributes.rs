//! The attributes of a tag: their order and their quotes.

use profilec_syntax::Tag;
use profilec_vocabulary::{Keyword, column_attribute_place};

use crate::elements::Element;

/// One attribute as it is written out.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// Attributes with a lower place come first.
    pub(crate) place: Place,
    /// `name="value"`.
    pub(crate) text: String,
}

/// Where an attribute stands: the ones that the language has in its order, then others as they came, then
/// declarations of prefixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Known(usize),
    Unknown,
    Declaration,
}

/// The attributes of a tag in order. Those that share a place keep theirs: of several the first counts.
pub(crate) fn attributes(text: &str, tag: &Tag, element: Element) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = tag
        .attributes()
        .into_iter()
        .map(|attribute| {
            let name = &text[attribute.name.range()];
            let written = match attribute.value {
                Some(value) => format!("{name}={}", quoted(&text[value.range()])),
                None => name.to_owned(),
            };
            Attribute { place: place(name, element), text: written }
        })
        .collect();
    attributes.sort_by_key(|attribute| attribute.place);
    attributes
}

fn place(name: &str, element: Element) -> Place {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    if prefix == "xmlns" || name == "xmlns" {
        return Place::Declaration;
    }
    let known = match element {
        Element::Keyword(keyword) => parameter_place(keyword, local),
        Element::Field => column_attribute_place(local),
        Element::Unknown | Element::Markup => None,
    };
    known.map_or(Place::Unknown, Place::Known)
}

fn parameter_place(keyword: &Keyword, local: &str) -> Option<usize> {
    let found = keyword.parameter(local)?;
    keyword.parameters.iter().position(|parameter| parameter.name == found.name)
}

/// A value in double quotes, or in single ones if it has a double one in it.
fn quoted(value: &str) -> String {
    match (value.contains('"'), value.contains('\'')) {
        (false, _) => format!("\"{value}\""),
        (true, false) => format!("'{value}'"),
        // Only a value that stood without quotes can have both.
        (true, true) => format!("\"{}\"", value.replace('"', "&quot;")),
    }
}
