//! The order in which authors write the attributes of `attr`, `input` and `output`.

use crate::column_attribute;

/// Where an attribute of this name (without prefix, in any spelling) stands among the others. `None` for a name that
/// the language does not have.
pub fn column_attribute_place(name: &str) -> Option<usize> {
    let found = column_attribute(name)?.parameter.name;
    PLACES.iter().position(|known| *known == found)
}

/// What nearly every column has comes first, so that tables align; text for people comes last.
static PLACES: &[&str] = &[
    "name",
    "type",
    "key",
    "readonly",
    "required",
    "xPath",
    "columnsize",
    "decimaldigits",
    "isnullable",
    "default",
    "values",
    "references",
    "alias",
    "filterable",
    "filter",
    "filters",
    "filterName",
    "queryParam",
    "op",
    "supportedOperators",
    "supportOrderBy",
    "internalname",
    "apiField",
    "aggregate",
    "isJsonArray",
    "valueFormat",
    "dataFormat",
    "selectsingle",
    "isinsertable",
    "isupdateable",
    "IsRequired",
    "IsTimeCheckColumn",
    "sharedinput",
    "pseudocolumn",
    "desc",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::COLUMN_ATTRIBUTES;

    #[test]
    fn every_column_attribute_has_a_place() {
        for attribute in COLUMN_ATTRIBUTES {
            let name = attribute.parameter.name;
            assert!(column_attribute_place(name).is_some(), "`{name}` has no place");
        }
        assert_eq!(PLACES.len(), COLUMN_ATTRIBUTES.len());
        assert_eq!(column_attribute_place("XPATH"), column_attribute_place("xPath"));
        assert_eq!(column_attribute_place("def"), column_attribute_place("default"));
        assert_eq!(column_attribute_place("xPth"), None);
    }
}
