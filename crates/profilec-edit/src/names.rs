//! The names that a profile makes.

use std::ops::Range;

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Part, Source, Statement, Template, Text};
use profilec_vocabulary::{KeywordId, operation_input};

use crate::parts::set_lines;

/// A name and what makes it.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// The item that it is set in; empty for the default item.
    pub(crate) item: String,
    /// As references write it behind the item, without number.
    pub(crate) attribute: String,
    /// The number; 1 without one.
    pub(crate) number: u32,
    pub(crate) made: Made,
    /// The value that a statement sets, when it has no reference.
    pub(crate) value: Option<String>,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// An input, of this type.
    Input(String),
    /// A column, of this type.
    Column(String),
    /// By a statement.
    Set,
    /// From a value of the response.
    Mapped,
    /// An item, with the columns as attributes: each output item of a call.
    Item,
}

impl Name {
    /// As references write it, without number.
    pub(crate) fn spelling(&self) -> String {
        if self.item.is_empty() {
            self.attribute.clone()
        } else {
            format!("{}.{}", self.item, self.attribute)
        }
    }
}

/// All names in file order of each kind: inputs, columns, what statements make.
pub(crate) fn names(document: &Document) -> Vec<Name> {
    let mut names = Vec::new();
    if let Some(info) = &document.info {
        let ty = |ty: Option<&Text>| ty.map_or("string", |ty| ty.as_str().trim()).to_owned();
        let declared = |name: &Text, made| made_of("", name.as_str(), made, name.span());
        let inputs = info.inputs.iter().filter_map(|input| Some((input.name()?, input.ty())));
        names.extend(inputs.map(|(name, of)| declared(name, Made::Input(ty(of)))));
        let columns = info.all_columns().filter_map(|column| Some((column.name()?, column.ty())));
        names.extend(columns.map(|(name, of)| declared(name, Made::Column(ty(of)))));
    }
    if let Some(script) = &document.script {
        statement(script, &mut names);
    }
    names.retain(|name| !name.attribute.is_empty());
    names
}

/// Recursion is as deep as the document, which the parser bounds.
fn statement(node: &Statement, names: &mut Vec<Name>) {
    let literal = |parameter: &str| node.value(parameter).and_then(Template::as_literal).map(str::trim);
    let item = literal("item").unwrap_or_default();
    match node.id() {
        Some(KeywordId::Set | KeywordId::SetC) => {
            if let (Some(attr), Some(template)) = (literal("attr"), node.value("attr")) {
                let value = node.value("value").or(node.text.as_ref());
                let value = value.and_then(|value| Some((value.as_literal()?, value.span())));
                set(names, made_of(item, attr, Made::Set, template.span()), value);
            }
        }
        Some(KeywordId::SetM) => {
            if let Some(text) = node.text.as_ref().map(|body| &body.text) {
                for line in set_lines(text.as_str()) {
                    let Some(value) = line.value else { continue };
                    let read = |range: Range<usize>| text.as_str().get(range).unwrap_or_default();
                    let name = made_of(item, read(line.name.clone()), Made::Set, text.span_of(line.name));
                    let value = (read(value.clone()), text.span_of(value));
                    set(names, name, Some(value).filter(|(value, _)| !value.contains('[')));
                }
            }
        }
        Some(KeywordId::Call | KeywordId::Push) => {
            if let (Some(out), Some(template)) = (literal("out"), node.value("out")) {
                let items = out.split(',');
                names.extend(items.map(|item| made_of("", item, Made::Item, template.span())));
            }
        }
        _ => {}
    }
    for child in &node.body {
        statement(child, names);
    }
}

/// A name that is set, and the one that a value of the response becomes by it.
fn set(names: &mut Vec<Name>, name: Name, value: Option<(&str, Span)>) {
    let mapped = value.filter(|_| maps(&name.attribute));
    names.push(Name { value: value.map(|(value, _)| value.trim().to_owned()), ..name });
    names.extend(mapped.map(|(value, span)| made_of("", value, Made::Mapped, span)));
}

/// The inputs that references read, without their item, in file order.
pub(crate) fn inputs_read(document: &Document) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    if let Some(script) = &document.script {
        read(script, &mut found);
    }
    found
}

fn read(node: &Statement, found: &mut Vec<(String, Span)>) {
    for reference in
        node.params.iter().map(|param| &param.value).chain(&node.text).flat_map(Template::references)
    {
        let Source::Name(parts) = &reference.source else { continue };
        let [Part::Literal(name)] = parts.as_slice() else { continue };
        let input = name.split_once('.').filter(|(item, _)| item.eq_ignore_ascii_case("_input"));
        found.extend(input.map(|(_, input)| (input.trim().to_owned(), reference.source_span)));
    }
    for child in &node.body {
        read(child, found);
    }
}

/// Whether an attribute says the name that a value of the response becomes.
pub(crate) fn maps(attribute: &str) -> bool {
    operation_input(attribute).is_some_and(|input| input.parameter.name == "ElementMapName#")
}

fn made_of(item: &str, written: &str, made: Made, span: Span) -> Name {
    let (attribute, number) = written.split_once('#').unwrap_or((written, "1"));
    let number = number.trim().parse().unwrap_or(1);
    Name { item: item.to_owned(), attribute: attribute.trim().to_owned(), number, made, value: None, span }
}
