//! The typed AST: what a profile says, each part with its place.

use std::collections::HashSet;

use profilec_diagnostics::{Span, Spanned};
use profilec_vocabulary::{Keyword, KeywordId, Parameter, boolean_word};

use crate::{Template, Text};

/// A whole profile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The first `api:info` of the script.
    pub info: Option<Info>,
    /// The root `api:script`. When a file has several roots, the first that is a script, with the others
    /// in its body; a fragment without one has a script made up around it, whose name has an empty span.
    /// `None` if the file has no element.
    pub script: Option<Statement>,
    /// The file ends before it is whole (`xml::truncated`): what is missing may stand in the rest.
    pub truncated: bool,
    /// U+FEFF at the start of the file.
    pub byte_order_mark: Option<Span>,
}

impl Document {
    /// Whether it is a stored procedure and not a table: it declares no `attr`, and has no block for a kind of
    /// query. Its root body runs, and need not emit rows.
    pub fn is_procedure(&self) -> bool {
        let has_attr = self.info.as_ref().is_none_or(|info| !info.columns.is_empty());
        !has_attr && !self.script.as_ref().is_some_and(has_method_block)
    }

    /// Whether a part of the profile is not known: its file is cut off, or a file that it includes is not there.
    /// What seems to be missing may stand in that part.
    pub fn is_partial(&self) -> bool {
        self.truncated || self.script.as_ref().is_some_and(lacks_an_included_file)
    }
}

fn has_method_block(statement: &Statement) -> bool {
    (statement.id() == Some(KeywordId::Script) && statement.param("method").is_some())
        || statement.body.iter().any(has_method_block)
}

/// Recursion is as deep as the document, which parser and [`link`](crate::link) bound.
fn lacks_an_included_file(statement: &Statement) -> bool {
    (statement.id() == Some(KeywordId::Include) && statement.included.is_none())
        || statement.body.iter().any(lacks_an_included_file)
}

/// A name with its prefix: `api:set`, `other:xPath`, `attr`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrefixedName {
    /// `api`, `other`; empty when there is none.
    pub prefix: String,
    /// The part after the colon.
    pub local: String,
}

impl std::fmt::Display for PrefixedName {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.prefix.is_empty() {
            write!(out, "{}", self.local)
        } else {
            write!(out, "{}:{}", self.prefix, self.local)
        }
    }
}

/// One XML attribute. Its value is literal text; [`Param`] has the ones that are templates.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// As written.
    pub name: Spanned<PrefixedName>,
    /// The value; `None` for a name without a value.
    pub value: Option<Text>,
}

/// `api:info`: columns and inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// The element's name, as written.
    pub name: Spanned<PrefixedName>,
    /// All its attributes, namespace declarations included.
    pub attributes: Vec<Attribute>,
    /// `attr` children in file order.
    pub columns: Vec<Column>,
    /// `input` children in file order.
    pub inputs: Vec<Input>,
    /// `output` children in file order: what procedures have as columns.
    pub outputs: Vec<Column>,
    /// Children of any other name, and whatever stands in a child: the checker reports them.
    pub unknown: Vec<Spanned<PrefixedName>>,
    /// The whole element.
    pub span: Span,
}

/// `attr`: a column. Accessors below find the attributes by any accepted spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The element's name, as written.
    pub tag: Spanned<PrefixedName>,
    /// The name in the end tag, for fixes that rename the element; `None` when there is no end tag.
    pub end_name: Option<Span>,
    /// All attributes in file order; on a repeated one the first wins.
    pub attributes: Vec<Attribute>,
    /// The whole element.
    pub span: Span,
}

/// `input`: a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The element's name, as written.
    pub tag: Spanned<PrefixedName>,
    /// The name in the end tag, for fixes that rename the element; `None` when there is no end tag.
    pub end_name: Option<Span>,
    /// All attributes in file order.
    pub attributes: Vec<Attribute>,
    /// The whole element.
    pub span: Span,
}

/// The first attribute with one of these local names, ignoring case and prefix.
fn find<'a>(attributes: &'a [Attribute], names: &[&str]) -> Option<&'a Text> {
    attributes
        .iter()
        .find(|attribute| names.iter().any(|name| attribute.name.node.local.eq_ignore_ascii_case(name)))
        .and_then(|attribute| attribute.value.as_ref())
}

/// A word for true.
fn truth(value: Option<&Text>) -> bool {
    value.and_then(|text| boolean_word(text.as_str())) == Some(true)
}

impl Info {
    /// What rows consist of: the `attr`s, then the `output`s that no `attr` declares as well.
    pub fn all_columns(&self) -> impl Iterator<Item = &Column> {
        let name = |column: &Column| column.name().map(|name| name.as_str().trim().to_lowercase());
        let known: HashSet<String> = self.columns.iter().filter_map(name).collect();
        let outputs = self.outputs.iter();
        let new = outputs.filter(move |output| name(output).is_none_or(|name| !known.contains(&name)));
        self.columns.iter().chain(new)
    }

    /// `title`.
    pub fn title(&self) -> Option<&Text> {
        find(&self.attributes, &["title"])
    }
}

impl Column {
    /// `name`.
    pub fn name(&self) -> Option<&Text> {
        find(&self.attributes, &["name"])
    }
    /// `xs:type`.
    pub fn ty(&self) -> Option<&Text> {
        find(&self.attributes, &["type"])
    }
    /// `other:xPath`.
    pub fn path(&self) -> Option<&Text> {
        find(&self.attributes, &["xpath"])
    }
    /// `key="true"`.
    pub fn is_key(&self) -> bool {
        truth(find(&self.attributes, &["key"]))
    }
    /// `columnsize`.
    pub fn size(&self) -> Option<&Text> {
        find(&self.attributes, &["columnsize"])
    }
    /// `decimaldigits`, `scale` or `numericscale`.
    pub fn digits(&self) -> Option<&Text> {
        find(&self.attributes, &["decimaldigits", "scale", "numericscale"])
    }
    /// `other:filter`.
    pub fn filter(&self) -> Option<&Text> {
        find(&self.attributes, &["filter"])
    }
}

impl Input {
    /// `name`.
    pub fn name(&self) -> Option<&Text> {
        find(&self.attributes, &["name"])
    }
    /// `xs:type`.
    pub fn ty(&self) -> Option<&Text> {
        find(&self.attributes, &["type"])
    }
    /// `default` or `def`.
    pub fn default(&self) -> Option<&Text> {
        find(&self.attributes, &["default", "def"])
    }
    /// `required` or `req`.
    pub fn is_required(&self) -> bool {
        truth(find(&self.attributes, &["required", "req"]))
    }
    /// `values`: comma-separated.
    pub fn values(&self) -> Option<&Text> {
        find(&self.attributes, &["values"])
    }
    /// `desc` or `description`.
    pub fn desc(&self) -> Option<&Text> {
        find(&self.attributes, &["desc", "description"])
    }
    /// `other:filter`.
    pub fn filter(&self) -> Option<&Text> {
        find(&self.attributes, &["filter"])
    }
}

/// One keyword element of a script.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The element's name, as written.
    pub name: Spanned<PrefixedName>,
    /// The name in the end tag, for fixes that rename the element; `None` when there is no end tag.
    pub end_name: Option<Span>,
    /// What the name means; `None` for a name that the language does not have, or an unprefixed element.
    pub keyword: Option<&'static Keyword>,
    /// Attributes in file order, `xmlns…` declarations left out.
    pub params: Vec<Param>,
    /// Child elements in file order. `api:info` of the root is not among them.
    pub body: Vec<Statement>,
    /// The text between the tags as one template, blanks included, when there is any that is not blank.
    /// Blank text beside child elements is layout and left out. Only `set`, `setm`, `setc` and `push` read
    /// it: elsewhere it is one literal.
    pub text: Option<Template>,
    /// The text of the file that an `include` brought in: [`link`](crate::link) put its statements in front of
    /// the body. `None` for every other keyword, and for an `include` whose file is not known.
    pub included: Option<Span>,
    /// The whole element.
    pub span: Span,
}

impl PartialEq for Statement {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.params == other.params
            && self.body == other.body
            && self.text == other.text
    }
}

impl Statement {
    /// Which keyword it is.
    pub fn id(&self) -> Option<KeywordId> {
        self.keyword.map(|keyword| keyword.id)
    }

    /// The parameter of this canonical name, in any accepted spelling. The first wins.
    pub fn param(&self, canonical: &str) -> Option<&Param> {
        self.params.iter().find(|param| param.parameter.is_some_and(|parameter| parameter.name == canonical))
    }

    /// That parameter's value.
    pub fn value(&self, canonical: &str) -> Option<&Template> {
        self.param(canonical).map(|param| &param.value)
    }
}

/// One attribute of a keyword element; every value is a template.
#[derive(Clone, Debug)]
pub struct Param {
    /// As written.
    pub name: Spanned<PrefixedName>,
    /// What the name means for this keyword; `None` for an unknown one.
    pub parameter: Option<&'static Parameter>,
    /// The value.
    pub value: Template,
}

impl PartialEq for Param {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}
