//! Names that the language gives a meaning.

use profilec_vocabulary::{Support, built_in_item, closest, control_attribute};

/// A name without its number, lower case: `Header:Name#2` is `header:name`.
pub(crate) fn bare(name: &str) -> String {
    name.split('#').next().unwrap_or(name).trim().to_lowercase()
}

/// `rows@next`, also as an attribute of an item.
pub(crate) fn is_marker(bare: &str) -> bool {
    bare == "rows@next" || bare.rsplit_once('.').is_some_and(|(_, name)| name == "rows@next")
}

/// A name that is meant as the marker and is none: `row@next`, `rows.next`, `rowsnext`.
pub(crate) fn is_like_marker(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    if is_marker(&name) || name.len() > 16 {
        return false;
    }
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_like = matches!(
        letters.as_str(),
        "rowsnext" | "rownext" | "rowsnxt" | "rowsnex" | "rowssnext" | "rowsnextt"
    );
    // A plain word may be anybody's variable; a sign between the two parts says what is meant.
    is_like || (name.contains('@') && closest(&name, ["rows@next"]).is_some())
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
