//! Attributes of `attr`, `input` and `output`. Any other name is kept: `other:*` belongs to whoever reads it.

use std::sync::LazyLock;

use crate::Evidence::{self, Documented, Unconfirmed, Wild};
use crate::Kind::{self, Boolean, Integer, List, Name, Path, Text, Type, Word};
use crate::Support::{Ignored, Runs};
use crate::index::Index;
use crate::{Declaration, Parameter, Support};

use Declaration::{Attr, Input, Output};

/// One attribute of `attr`, `input` or `output`.
#[derive(Clone, Copy, Debug)]
pub struct ColumnAttribute {
    /// The prefix that it is written with: `other`, `xs` or none. Any is accepted.
    pub prefix: &'static str,
    /// Its name, without prefix, and value.
    pub parameter: Parameter,
    /// The elements that it means something on.
    pub on: &'static [Declaration],
}

/// The attribute of this name (without prefix), ignoring case.
pub fn column_attribute(name: &str) -> Option<&'static ColumnAttribute> {
    static NAMES: LazyLock<Index<ColumnAttribute>> =
        LazyLock::new(|| Index::new(COLUMN_ATTRIBUTES, |attribute| attribute.parameter.spellings()));
    NAMES.get(name)
}

type On = &'static [Declaration];
const ALL: On = &[Attr, Input, Output];
const COLUMNS: On = &[Attr, Output];
const ATTR: On = &[Attr];
const PARAMETERS: On = &[Attr, Input];

/// All attributes with a meaning, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static COLUMN_ATTRIBUTES: &[ColumnAttribute] = &[
    other(ATTR, "aggregate", Path, Ignored, Wild, "the element whose whole text is the column's value"),
    plain(ATTR, "alias", Text, Ignored, Unconfirmed, "another name of the column"),
    other(ATTR, "apiField", Text, Ignored, Unconfirmed, "the field's name at the server"),
    plain(COLUMNS, "columnsize", Integer, Runs, Documented, "the characters of a text, the digits of a number"),
    other(ATTR, "dataFormat", Text, Ignored, Unconfirmed, "how values are written"),
    plain(COLUMNS, "decimaldigits", Integer, Runs, Wild, "the digits after the point").also(&["scale", "numericscale"]),
    plain(PARAMETERS, "default", Text, Runs, Documented, "the input's value when none is given").also(&["def"]),
    plain(ALL, "desc", Text, Runs, Documented, "text for people").also(&["description"]),
    other(PARAMETERS, "filter", Text, Runs, Wild, "where the value goes in the request: `{name}` fills that place in the URI"),
    xs(ATTR, "filterable", Boolean, Ignored, Wild, "whether the column may be filtered by"),
    other(ATTR, "filterName", Text, Ignored, Wild, "the server's name of the column in filters"),
    other(ATTR, "filters", List, Ignored, Wild, "the comparisons that the server knows"),
    other(ATTR, "internalname", Text, Ignored, Wild, "the field's name at the server"),
    other(ATTR, "isinsertable", Boolean, Ignored, Wild, "whether rows may be written with it"),
    other(ATTR, "isJsonArray", Boolean, Ignored, Wild, "whether the value is always written as a JSON array"),
    plain(COLUMNS, "isnullable", Boolean, Ignored, Unconfirmed, "whether the value may be missing; here every value may").or("true"),
    other(ATTR, "IsRequired", Boolean, Ignored, Wild, "whether rows are written with it"),
    other(ATTR, "IsTimeCheckColumn", Boolean, Ignored, Wild, "whether it tells what changed since the last run"),
    other(ATTR, "isupdateable", Boolean, Ignored, Wild, "whether it may be changed"),
    plain(ALL, "key", Boolean, Runs, Documented, "whether it is a part of the primary key").or("false"),
    plain(ALL, "name", Name, Runs, Documented, "the name").required(),
    other(ATTR, "op", List, Ignored, Unconfirmed, "the comparisons that the server knows"),
    other(ALL, "pseudocolumn", Boolean, Ignored, Unconfirmed, "whether it is an input"),
    other(ATTR, "queryParam", Text, Ignored, Unconfirmed, "the server's name of the column in filters"),
    plain(ATTR, "readonly", Boolean, Ignored, Documented, "whether it cannot be written; nothing writes here").or("false"),
    plain(ATTR, "references", Text, Ignored, Unconfirmed, "the column that it refers to, `Table.Column`").also(&["reference"]),
    plain(PARAMETERS, "required", Boolean, Runs, Documented, "whether the input must be given").also(&["req"]).or("false"),
    other(ATTR, "selectsingle", Boolean, Ignored, Wild, "whether one row is asked for by its key"),
    other(ALL, "sharedinput", Text, Ignored, Unconfirmed, "an input of several tables"),
    other(ATTR, "supportedOperators", List, Ignored, Wild, "the comparisons that the server knows"),
    other(ATTR, "supportOrderBy", Boolean, Ignored, Wild, "whether the server can sort by it"),
    xs(ALL, "type", Type, Runs, Documented, "the type").or("string"),
    other(ATTR, "valueFormat", Word(&["aggregate"]), Ignored, Unconfirmed, "`aggregate`: the whole text of the element, which a column always is here"),
    plain(PARAMETERS, "values", List, Runs, Documented, "the values that the input may have, separated by commas"),
    other(COLUMNS, "xPath", Path, Runs, Documented, "where the value is; the column's name when absent"),
];

const fn row(
    prefix: &'static str,
    on: On,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> ColumnAttribute {
    ColumnAttribute { prefix, parameter: Parameter::new(name, kind, evidence, doc).but(support), on }
}

const fn plain(
    on: On,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> ColumnAttribute {
    row("", on, name, kind, support, evidence, doc)
}

const fn xs(
    on: On,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> ColumnAttribute {
    row("xs", on, name, kind, support, evidence, doc)
}

const fn other(
    on: On,
    name: &'static str,
    kind: Kind,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> ColumnAttribute {
    row("other", on, name, kind, support, evidence, doc)
}

impl ColumnAttribute {
    const fn also(mut self, synonyms: &'static [&'static str]) -> Self {
        self.parameter = self.parameter.also(synonyms);
        self
    }

    const fn or(mut self, default: &'static str) -> Self {
        self.parameter = self.parameter.or(default);
        self
    }

    const fn required(mut self) -> Self {
        self.parameter = self.parameter.required();
        self
    }
}
