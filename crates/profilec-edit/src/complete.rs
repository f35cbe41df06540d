//! What may stand at a place of a profile.

use std::collections::HashSet;

use profilec_diagnostics::Span;
use profilec_syntax::parse;
use profilec_vocabulary::Support;

use crate::context::Context;
use crate::place::{At, place};
use crate::position::boundary;
use crate::{elements, remark, values};

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What an accepted candidate replaces: the word at the place, or nothing there.
    pub span: Span,
    /// In the order in which to show them: what must be written before what may be, names of the profile before those
    /// of the language. They are not filtered by what is typed already.
    pub candidates: Vec<Candidate>,
}

/// One thing that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What to show, and what to filter by.
    pub label: String,
    /// What it is.
    pub kind: CandidateKind,
    /// What it means, as [`hover`](crate::hover) says it.
    pub markdown: String,
    /// What to put in, escaped for its place.
    pub insert: String,
    /// It has no effect, or something took its place.
    pub is_legacy: bool,
}

/// What a candidate is. In brackets the kind of the Language Server Protocol that comes nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CandidateKind {
    /// An element (`Class`).
    Element,
    /// An attribute of an element (`Property`).
    Attribute,
    /// A word of a closed set (`EnumMember`).
    Value,
    /// A column type (`TypeParameter`).
    Type,
    /// An operation (`Function`).
    Operation,
    /// An input or output of operations (`Field`).
    Input,
    /// A formatter (`Method`).
    Formatter,
    /// A name that the profile or a keyword gives a value (`Variable`).
    Name,
    /// An item (`Struct`).
    Item,
    /// A connection option (`Constant`).
    Option,
    /// A finding's code, or an area of them (`Reference`).
    Code,
}

/// What may stand at a byte offset. Parses the text once. Without candidates the span is empty.
pub fn complete(text: &str, offset: usize) -> Completions {
    let offset = boundary(text, offset);
    let parsed = parse(text);
    let found = place(text, &parsed.tree.nodes, offset);
    let document = &parsed.document;
    let context = Context { text, document, offset, around: found.around };
    let answer = match found.at {
        At::ElementName(span) => Some((span, elements::names(&context, &parsed.tree.nodes))),
        At::EndName(span) => Some((span, elements::open(&context))),
        At::AttributeName(tag, span) => Some((span, elements::attributes(&context, tag, span))),
        At::Value(tag, attribute, span) => values::in_attribute(&context, tag, attribute, span),
        At::Text(span) => values::in_text(&context, span, |text| escaped(text, None)),
        At::CData(span) => values::in_text(&context, span, str::to_owned),
        At::Comment(span) => remark::codes(&context, span),
        At::Elsewhere => None,
    };
    let here = Span::from_range(offset..offset);
    let (span, mut candidates) = answer.unwrap_or((here, Vec::new()));
    let mut seen = HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.label.to_lowercase()));
    Completions { span: if candidates.is_empty() { here } else { span }, candidates }
}

/// The candidates of a place, with what they replace.
pub(crate) type Found = Option<(Span, Vec<Candidate>)>;

impl Candidate {
    /// One that is put in as it is shown.
    pub(crate) fn new(kind: CandidateKind, label: impl Into<String>, markdown: String) -> Self {
        let label = label.into();
        Self { insert: label.clone(), label, kind, markdown, is_legacy: false }
    }

    pub(crate) fn inserting(self, insert: impl Into<String>) -> Self {
        Self { insert: insert.into(), ..self }
    }

    pub(crate) fn legacy(self, is_legacy: bool) -> Self {
        Self { is_legacy, ..self }
    }
}

/// Whether the language has it for use here; what never runs is not offered.
pub(crate) const fn is_offered(support: Support) -> bool {
    !matches!(support, Support::Refused(_))
}

/// Alphabetical, ignoring case.
pub(crate) fn sorted(candidates: impl IntoIterator<Item = Candidate>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = candidates.into_iter().collect();
    candidates.sort_by_cached_key(|candidate| candidate.label.to_lowercase());
    candidates
}

/// Text as it stands between tags, or in an attribute's value with these quotes.
pub(crate) fn escaped(text: &str, quote: Option<char>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' if quote == Some(c) => escaped.push_str("&quot;"),
            '\'' if quote == Some(c) => escaped.push_str("&apos;"),
            c => escaped.push(c),
        }
    }
    escaped
}
