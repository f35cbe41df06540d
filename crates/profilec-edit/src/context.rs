//! What surrounds the place that is asked about.

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Statement, Tag, Template, TreeElement};
use profilec_vocabulary::{
    KeywordId, OperationId, Parameter, column_attribute, declaration, keyword, operation, operation_input,
};

use crate::names::{Name, names};

pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) document: &'a Document,
    /// On a character boundary.
    pub(crate) offset: usize,
    /// The elements around the place, the outermost first.
    pub(crate) around: Vec<&'a TreeElement>,
}

impl<'a> Context<'a> {
    pub(crate) fn read(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The name of the innermost element.
    pub(crate) fn parent(&self) -> &'a str {
        self.around.last().map_or("", |element| self.read(element.start.name))
    }

    /// The keywords around the place, the outermost first.
    pub(crate) fn keywords(&self) -> Vec<KeywordId> {
        self.around.iter().filter_map(|element| keyword_of(self.read(element.start.name))).collect()
    }

    /// Whether the place is within or at the end of a span.
    pub(crate) fn touches(&self, span: Span) -> bool {
        let range = span.range();
        range.start <= self.offset && self.offset <= range.end
    }

    /// The names of the profile, without what is being written at the place.
    pub(crate) fn names(&self) -> Vec<Name> {
        let mut names = names(self.document);
        names.retain(|name| !self.touches(name.span));
        names
    }

    /// The value of an attribute of a tag, as written.
    pub(crate) fn value_of(&self, tag: &Tag, name: &str) -> Option<&'a str> {
        let mut attributes = tag.attributes().into_iter();
        let found =
            attributes.find(|attribute| local(self.read(attribute.name)).eq_ignore_ascii_case(name))?;
        Some(self.read(found.value?).trim())
    }

    /// What the value of an attribute means: the attribute itself, or the input of operations that is set by it.
    pub(crate) fn meaning(&self, tag: &Tag, attribute: &str) -> Option<&'static Parameter> {
        let parameter = parameter(self.read(tag.name), attribute)?;
        let is_value = self.sets(tag) && parameter.name == "value";
        let input = self.value_of(tag, "attr").filter(|_| is_value).and_then(operation_input);
        Some(input.map_or(parameter, |input| &input.parameter))
    }

    /// Whether it is the tag of `set` or `setc`.
    pub(crate) fn sets(&self, tag: &Tag) -> bool {
        matches!(keyword_of(self.read(tag.name)), Some(KeywordId::Set | KeywordId::SetC))
    }

    /// The operations that the profile calls.
    pub(crate) fn called(&self) -> Vec<OperationId> {
        let mut found = Vec::new();
        if let Some(script) = &self.document.script {
            calls(script, &mut found);
        }
        found
    }
}

/// Recursion is as deep as the document, which the parser bounds.
fn calls(node: &Statement, found: &mut Vec<OperationId>) {
    let op = node.value("op").and_then(Template::as_literal);
    let name = op.and_then(|op| op.split('?').next());
    found.extend(name.and_then(|name| operation(name.trim())).map(|known| known.id));
    for child in &node.body {
        calls(child, found);
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The keyword that an element is.
pub(crate) fn keyword_of(element: &str) -> Option<KeywordId> {
    let (_, local) = element.rsplit_once(':')?;
    keyword(local).map(|keyword| keyword.id)
}

/// What an attribute of an element means.
pub(crate) fn parameter(element: &str, attribute: &str) -> Option<&'static Parameter> {
    if declaration(element).is_some() {
        return Some(&column_attribute(local(attribute))?.parameter);
    }
    keyword(local(element))?.parameter(local(attribute))
}
