//! Items: bags of named, possibly multi-valued attributes.

use std::collections::BTreeMap;

use profilec_diagnostics::Span;

/// A value and where it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Value {
    /// The text.
    pub(crate) text: String,
    /// The place in the profile that made it.
    pub(crate) origin: Span,
    /// A response had a part in it: an origin in it is not one that the profile or the user named.
    pub(crate) from_response: bool,
}

impl Value {
    /// A value of the profile or the user.
    pub(crate) fn trusted(text: impl Into<String>, origin: Span) -> Self {
        Self { text: text.into(), origin, from_response: false }
    }

    /// A value that a response brought.
    pub(crate) fn response(text: impl Into<String>, origin: Span) -> Self {
        Self { text: text.into(), origin, from_response: true }
    }
}

/// An attribute: one or more values by index from 1. Without any it is known to be null.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attribute {
    /// The name as first written, without its index: `UrlParam:<name>` goes into a URL that tells case apart.
    pub(crate) written: String,
    /// By index; an unindexed write is the first.
    pub(crate) values: BTreeMap<u32, Value>,
    /// The script wrote it; otherwise it was bound from a response, an input or an option.
    pub(crate) by_script: bool,
}

impl Attribute {
    fn bytes(&self) -> usize {
        self.values.values().map(|value| value.text.len()).sum()
    }

    /// The value of a plain reference.
    pub(crate) fn first(&self) -> Option<&Value> {
        self.values.values().next()
    }
}

/// Which value of an attribute a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Index {
    /// `name`.
    First,
    /// `name#`: written, one more value; read, the first.
    Append,
    /// `name#3`.
    At(u32),
}

/// Splits `name#3`; a `#` that no number or end follows belongs to the name.
pub(crate) fn split_index(name: &str) -> (&str, Index) {
    let Some((bare, index)) = name.rsplit_once('#') else { return (name, Index::First) };
    if index.is_empty() {
        return (bare, Index::Append);
    }
    match index.parse() {
        Ok(index) => (bare, Index::At(index)),
        Err(_) => (name, Index::First),
    }
}

/// A bag of attributes. Names compare case-insensitively and iterate alphabetically.
#[derive(Clone, Debug, Default)]
pub(crate) struct Item {
    attributes: BTreeMap<String, Attribute>,
}

impl Item {
    /// The attribute of this name, index left out.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.get(&name.to_lowercase())
    }

    /// The value of a name, maybe indexed.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        let (bare, index) = split_index(name);
        let attribute = self.attribute(bare)?;
        match index {
            Index::First | Index::Append => attribute.first(),
            Index::At(index) => attribute.values.get(&index),
        }
    }

    /// Whether the attribute is there, be it null.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.attribute(split_index(name).0).is_some()
    }

    /// Whether the attribute is there without any value.
    pub(crate) fn is_null(&self, name: &str) -> bool {
        self.attribute(split_index(name).0).is_some_and(|attribute| attribute.values.is_empty())
    }

    /// The script writes a value.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        let (bare, index) = split_index(name);
        let attribute = self.attributes.entry(bare.to_lowercase()).or_default();
        if !attribute.by_script {
            bare.clone_into(&mut attribute.written);
            // What was bound from a response is replaced as a whole.
            attribute.values.clear();
            attribute.by_script = true;
        }
        let at = match index {
            Index::First => 1,
            Index::Append => attribute.values.keys().next_back().map_or(1, |last| last.saturating_add(1)),
            Index::At(index) => index,
        };
        attribute.values.insert(at, value);
    }

    /// Binds a value that the script did not write; `None`: known to be null.
    pub(crate) fn bind(&mut self, name: &str, value: Option<Value>) {
        let values = value.into_iter().map(|value| (1, value)).collect();
        let attribute = Attribute { written: name.to_owned(), values, by_script: false };
        self.attributes.insert(name.to_lowercase(), attribute);
    }

    /// Binds one of several values: `name#` is one more.
    pub(crate) fn bind_indexed(&mut self, name: &str, value: Value) {
        let (bare, index) = split_index(name);
        let attribute = self.attributes.entry(bare.to_lowercase()).or_default();
        bare.clone_into(&mut attribute.written);
        let at = match index {
            Index::First => 1,
            Index::Append => attribute.values.keys().next_back().map_or(1, |last| last.saturating_add(1)),
            Index::At(index) => index,
        };
        attribute.values.insert(at, value);
    }

    /// Removes a value, or the whole attribute when the name has no index.
    pub(crate) fn unset(&mut self, name: &str) {
        let (bare, index) = split_index(name);
        let key = bare.to_lowercase();
        match (index, self.attributes.get_mut(&key)) {
            (Index::At(index), Some(attribute)) => {
                attribute.values.remove(&index);
            }
            _ => {
                self.attributes.remove(&key);
            }
        }
    }

    /// The script makes an attribute null.
    pub(crate) fn set_null(&mut self, name: &str) {
        let attribute = Attribute { written: name.to_owned(), by_script: true, ..Attribute::default() };
        self.attributes.insert(name.to_lowercase(), attribute);
    }

    /// The text that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.attributes.values().map(Attribute::bytes).sum()
    }

    /// The text that the script put there.
    pub(crate) fn bytes_by_script(&self) -> usize {
        self.attributes.values().filter(|attribute| attribute.by_script).map(Attribute::bytes).sum()
    }

    /// All attributes, alphabetically, names lower case.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Attribute)> {
        self.attributes.iter().map(|(name, attribute)| (name.as_str(), attribute))
    }

    /// Takes over attributes under new names: `to=from` pairs, between which stands whatever no name can hold;
    /// `a:*=b:*` takes all under a prefix.
    pub(crate) fn map_from(&mut self, other: &Self, pairs: &[(String, String)]) {
        for (to, from) in pairs {
            match (to.strip_suffix('*'), from.strip_suffix('*')) {
                (Some(to), Some(from)) => {
                    let from = from.to_lowercase();
                    for (name, attribute) in other.attributes.range(from.clone()..) {
                        let Some(rest) = name.strip_prefix(&from) else { break };
                        self.take(&format!("{to}{rest}"), attribute);
                    }
                }
                _ => {
                    if let Some(attribute) = other.attribute(from) {
                        self.take(to, attribute);
                    }
                }
            }
        }
    }

    fn take(&mut self, name: &str, attribute: &Attribute) {
        let values = attribute.values.clone();
        let taken = Attribute { written: name.to_owned(), values, by_script: true };
        self.attributes.insert(name.to_lowercase(), taken);
    }

    /// Takes over all attributes of another item, as if the script had set each.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        for (name, attribute) in &other.attributes {
            self.attributes.insert(name.clone(), Attribute { by_script: true, ..attribute.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::trusted(text, Span::default())
    }

    fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
        item.value(name).map(|value| value.text.as_str())
    }

    #[test]
    fn names_ignore_case_and_an_unindexed_write_is_the_first_value() {
        let mut item = Item::default();
        item.set("Header:Name#2", value("two"));
        item.set("header:name", value("one"));
        assert_eq!(text(&item, "HEADER:NAME"), Some("one"));
        assert_eq!(text(&item, "header:name#2"), Some("two"));
    }

    #[test]
    fn a_bare_number_sign_appends() {
        let mut item = Item::default();
        for word in ["a", "b", "c"] {
            item.set("list#", value(word));
        }
        assert_eq!(text(&item, "list#3"), Some("c"));
        assert_eq!(text(&item, "list#"), Some("a"));
        assert_eq!(text(&item, "list#4"), None);
    }

    #[test]
    fn a_number_sign_before_other_text_belongs_to_the_name() {
        assert_eq!(split_index("a#b"), ("a#b", Index::First));
        assert_eq!(split_index("a#99999999999"), ("a#99999999999", Index::First));
    }
}
