//! Names that the language gives a meaning.

use profilec_vocabulary::{Support, built_in_item, control_attribute};

/// A name without its number, lower case: `Header:Name#2` is `header:name`.
pub(crate) fn bare(name: &str) -> String {
    name.split('#').next().unwrap_or(name).trim().to_lowercase()
}

/// `rows@next`, also as an attribute of an item.
pub(crate) fn is_marker(bare: &str) -> bool {
    bare == "rows@next" || bare.rsplit_once('.').is_some_and(|(_, name)| name == "rows@next")
}

/// Names that have a value without being set: built-in items, control attributes and what a response brings.
pub(super) fn is_built_in(bare: &str) -> bool {
    const RESPONSE: [&str; 6] = ["header:", "http:", "cookie:", "api:", "env:", "file:"];
    let item = bare.split('.').next().unwrap_or(bare);
    built_in_item(item).is_some_and(|known| known.support == Support::Runs)
        || control_attribute(item).is_some_and(|known| known.support == Support::Runs)
        || bare.contains('*')
        || RESPONSE.iter().any(|prefix| bare.starts_with(prefix) || bare.contains(&format!(".{prefix}")))
}
