//! HTML's entities that people paste into profiles. XML does not know them; fixes use the table.

/// The code point of an HTML entity.
pub(super) fn html_entity(name: &str) -> Option<u32> {
    ENTITIES.binary_search_by_key(&name, |(known, _)| known).ok().map(|at| ENTITIES[at].1)
}

/// Sorted by name.
static ENTITIES: &[(&str, u32)] = &[
    ("Auml", 196),
    ("Ouml", 214),
    ("Uuml", 220),
    ("aacute", 225),
    ("agrave", 224),
    ("auml", 228),
    ("bull", 8226),
    ("ccedil", 231),
    ("cent", 162),
    ("copy", 169),
    ("deg", 176),
    ("eacute", 233),
    ("egrave", 232),
    ("emsp", 8195),
    ("ensp", 8194),
    ("euro", 8364),
    ("hellip", 8230),
    ("laquo", 171),
    ("ldquo", 8220),
    ("lsquo", 8216),
    ("mdash", 8212),
    ("middot", 183),
    ("nbsp", 160),
    ("ndash", 8211),
    ("ntilde", 241),
    ("ouml", 246),
    ("para", 182),
    ("pound", 163),
    ("raquo", 187),
    ("rdquo", 8221),
    ("reg", 174),
    ("rsquo", 8217),
    ("sect", 167),
    ("shy", 173),
    ("szlig", 223),
    ("times", 215),
    ("trade", 8482),
    ("uuml", 252),
    ("yen", 165),
    ("zwj", 8205),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(ENTITIES.is_sorted());
        assert_eq!(html_entity("nbsp"), Some(160));
        assert_eq!(html_entity("params"), None);
    }
}
