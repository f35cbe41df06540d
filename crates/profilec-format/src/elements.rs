//! What the elements of a tree are in the language.

use std::collections::HashMap;

use profilec_syntax::{Document, Statement, TreeElement};
use profilec_vocabulary::{Keyword, KeywordId, keyword};

/// The keywords of a file. Only the parser knows which prefixes mean them, so they are looked up by place.
#[derive(Debug, Default)]
pub(crate) struct Elements {
    keywords: HashMap<u32, &'static Keyword>,
}

/// What an element is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Element {
    /// A keyword.
    Keyword(&'static Keyword),
    /// `attr`, `input` or `output`.
    Field,
    /// A name with a prefix that is no keyword: perhaps a slip of one.
    Unknown,
    /// A name without prefix: text for whoever reads the body it stands in.
    Markup,
}

impl Elements {
    /// The keywords that a document has.
    pub(crate) fn of(document: &Document) -> Self {
        let mut elements = Self::default();
        if let Some(info) = &document.info {
            elements.keywords.extend(keyword("info").map(|keyword| (info.name.span.start(), keyword)));
        }
        if let Some(script) = &document.script {
            elements.add(script);
        }
        elements
    }

    fn add(&mut self, statement: &Statement) {
        // A script that was made up around a fragment has no name in the file.
        if let Some(keyword) = statement.keyword.filter(|_| !statement.name.span.is_empty()) {
            self.keywords.insert(statement.name.span.start(), keyword);
        }
        for child in &statement.body {
            self.add(child);
        }
    }

    /// What this element is.
    pub(crate) fn get(&self, text: &str, element: &TreeElement) -> Element {
        let name = element.start.name;
        if let Some(keyword) = self.keywords.get(&name.start()) {
            return Element::Keyword(keyword);
        }
        let name = &text[name.range()];
        let is_field = ["attr", "input", "output"].iter().any(|known| known.eq_ignore_ascii_case(name));
        match (is_field, name.contains(':')) {
            (true, _) => Element::Field,
            (false, true) => Element::Unknown,
            (false, false) => Element::Markup,
        }
    }
}

impl Element {
    /// Whether text in it, also that in elements within it, may be read as one value.
    pub(crate) fn reads_text(self) -> bool {
        match self {
            Self::Keyword(keyword) => {
                matches!(keyword.id, KeywordId::Set | KeywordId::SetC | KeywordId::SetM | KeywordId::Push)
            }
            Self::Field | Self::Markup => true,
            Self::Unknown => false,
        }
    }
}
