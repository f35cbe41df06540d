//! Places that set names, and places that call operations.

use profilec_diagnostics::Span;
use profilec_syntax::{Statement, Template};
use profilec_vocabulary::{
    Kind, Operation, OperationId, OperationInput, ResponseFormat, boolean_word, operation, operation_input,
};

use super::known::{bare, is_marker};
use crate::cx::Method;

/// A place that sets a literal name: `api:set`, a line of `api:setm`, or a pair in an `op`.
#[derive(Debug)]
pub(crate) struct SetSite<'a> {
    /// The name as written, with its item: `req.Header:Name#1`.
    pub(crate) spelling: String,
    /// Where the name stands.
    pub(crate) span: Span,
    /// The value, when it is a template of its own.
    pub(crate) value: Option<&'a Template>,
    /// The value, when it has no reference.
    pub(crate) literal: Option<String>,
    pub(crate) method: Method,
    /// Where the value stands, when it is no template of its own.
    value_place: Option<Span>,
    /// The operation in whose `op` it stands.
    pub(crate) operation: Option<&'a str>,
    /// The name that an operation would read, and the name of the language that it is.
    attribute: String,
    known: Option<&'static OperationInput>,
    /// The spelling without number, lower case.
    bare: String,
}

/// The number of a name: `#2`, a bare `#` that appends, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Index {
    /// `Header:Name#2`; a name without `#` is the first.
    Number(u32),
    /// `Header:Name#`.
    Appended,
}

impl<'a> SetSite<'a> {
    pub(super) fn new(
        item: Option<&str>,
        name: &str,
        span: Span,
        value: Option<&'a Template>,
        literal: Option<String>,
        method: Method,
    ) -> Self {
        let name = name.trim();
        let spelling = match item {
            Some(item) => format!("{}.{name}", item.trim()),
            None => name.to_owned(),
        };
        // `req.uri` is the input `uri` in the item `req`.
        let rest = name.split_once('.').map(|(_, rest)| rest);
        let as_item = rest.filter(|rest| operation_input(name).is_none() && operation_input(rest).is_some());
        let attribute = as_item.unwrap_or(name).to_owned();
        let known = operation_input(&attribute);
        Self {
            bare: bare(&spelling),
            spelling,
            span,
            value,
            literal,
            method,
            operation: None,
            value_place: None,
            attribute,
            known,
        }
    }

    /// The same place as a pair in the `op` of this operation.
    pub(super) fn within(self, operation: Option<&'a str>) -> Self {
        Self { operation, ..self }
    }

    /// Whether it is this name of the language, in any spelling.
    pub(crate) fn is(&self, canonical: &str) -> bool {
        let is = |known: &OperationInput| {
            known.parameter.name.trim_end_matches('#').eq_ignore_ascii_case(canonical.trim_end_matches('#'))
        };
        self.known.is_some_and(is)
    }

    /// The name of the language that this is.
    pub(crate) const fn known(&self) -> Option<&'static OperationInput> {
        self.known
    }

    /// What its value is, when it is a name of the language.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.known.map(|input| input.parameter.kind)
    }

    /// The same place with a value that stands here.
    pub(super) fn valued_at(self, place: Span) -> Self {
        Self { value_place: Some(place), ..self }
    }

    /// Where its value stands; the name's place when the value has none.
    pub(crate) fn value_span(&self) -> Span {
        self.value.map(Template::span).or(self.value_place).unwrap_or(self.span)
    }

    /// The name without its item.
    pub(crate) fn attribute(&self) -> &str {
        &self.attribute
    }

    pub(crate) fn index(&self) -> Index {
        match self.attribute.split_once('#').map(|(_, number)| number.trim()) {
            None => Index::Number(1),
            Some("") => Index::Appended,
            Some(number) => number.parse().map_or(Index::Appended, Index::Number),
        }
    }

    /// The spelling without number, lower case.
    pub(super) fn bare(&self) -> &str {
        &self.bare
    }

    /// Whether it sets the first value of its name, at a place of its own.
    pub(super) fn is_first(&self) -> bool {
        self.index() == Index::Number(1) && self.operation.is_none()
    }

    /// The bare names that have a value after it.
    pub(super) fn gives(&self) -> impl Iterator<Item = String> {
        std::iter::once(self.bare.clone()).chain(self.maps())
    }

    /// The bare name that it maps a value of the response to.
    pub(crate) fn maps(&self) -> Option<String> {
        self.literal.as_deref().filter(|_| self.is("ElementMapName")).map(bare)
    }

    /// Whether it maps a value of the response to a name that cannot be known.
    pub(super) fn maps_any(&self) -> bool {
        self.is("ElementMapName") && self.literal.is_none()
    }

    /// Whether it gives the next page's marker, itself or by mapping a value of the response.
    pub(crate) fn gives_marker(&self) -> bool {
        is_marker(&self.bare)
            || (self.is("ElementMapName")
                && self.literal.as_deref().is_none_or(|name| is_marker(&bare(name))))
    }

    /// What its value says when it is a boolean word; empty says no.
    pub(crate) fn switch(&self) -> Option<bool> {
        let literal = self.literal.as_deref()?;
        if literal.trim().is_empty() { Some(false) } else { boolean_word(literal) }
    }

    /// Whether its value is this word, ignoring case.
    pub(crate) fn is_word(&self, words: &[&str]) -> bool {
        self.literal
            .as_deref()
            .is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim())))
    }
}

/// An `api:call`, or an `api:push` with an operation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallSite<'a> {
    pub(crate) op: &'a Template,
    pub(crate) method: Method,
}

impl<'a> CallSite<'a> {
    pub(crate) fn new(statement: &'a Statement, method: Method) -> Option<Self> {
        Some(Self { op: statement.value("op")?, method })
    }

    /// The operation's name: what stands before `?`, when that is literal.
    pub(crate) fn name(&self) -> Option<&'a str> {
        use profilec_syntax::Part;
        match self.op.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text.split('?').next().unwrap_or(text).trim()),
            [Part::Literal(text), ..] => text.split_once('?').map(|(name, _)| name.trim()),
            _ => None,
        }
    }

    /// What it runs; `None` when that cannot be known.
    pub(crate) fn operation(&self) -> Option<&'static Operation> {
        operation(self.name()?)
    }

    /// How it reads rows; `None` when it does something else.
    pub(crate) fn format(&self) -> Option<ResponseFormat> {
        match self.operation()?.id {
            OperationId::FetchRows(format) => Some(format),
            OperationId::Http(_) => Some(ResponseFormat::Text),
            _ => None,
        }
    }

    /// Whether it gives the next page's marker.
    pub(crate) fn gives_marker(&self) -> bool {
        let hands_on = self.operation().is_some_and(|known| known.id == OperationId::PushPageToken);
        hands_on && self.method != Method::Write
    }
}
