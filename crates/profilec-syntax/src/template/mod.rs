//! Templates: text with `[references | formatter('argument')]`.

mod parse;
mod scan;

use profilec_diagnostics::{Span, Spanned};

use crate::Text;

pub use parse::{escape_template, parse_template};
pub(crate) use scan::{Fault, Literal, Scanner};

/// A parsed template. A fault in it leaves the faulty part literal and gives a finding.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The text it was parsed from.
    pub text: Text,
    /// Literals and references in order; adjacent literals are one part, escapes undone.
    pub parts: Vec<Part>,
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Template {
    /// Where it stands.
    pub const fn span(&self) -> Span {
        self.text.span()
    }

    /// Its text, when it has no reference.
    pub fn as_literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// Its text with the places in the file, when it has no reference: for values that are themselves of a
    /// grammar, such as paths.
    pub fn literal_text(&self) -> Option<Text> {
        self.as_literal()?;
        let mut scanner = Scanner::new(&self.text);
        let mut literal = String::new();
        let mut steps = Vec::new();
        let mut in_step = None;
        loop {
            let at = scanner.at();
            let Some((c, escaped)) = scanner.literal_char() else { break };
            // The place of an escaped character is its own, without the backslash.
            let source = self.text.span_of(at + usize::from(escaped)..scanner.at()).start();
            if in_step != Some(source) {
                steps.push((u32::try_from(literal.len()).ok()?, source));
            }
            in_step = Some(source.saturating_add(u32::try_from(c.len_utf8()).ok()?));
            literal.push(c);
        }
        Some(Text::decoded(literal, self.text.span(), steps))
    }

    /// All references in it, outer before inner: those in names and arguments too.
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        collect(&self.parts, &mut found);
        found
    }
}

fn collect<'a>(parts: &'a [Part], found: &mut Vec<&'a Reference>) {
    for part in parts {
        let Part::Reference(reference) = part else { continue };
        found.push(reference);
        if let Source::Name(name) = &reference.source {
            collect(name, found);
        }
        for argument in reference.pipeline.iter().flat_map(|call| &call.arguments) {
            collect(&argument.node.parts, found);
        }
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it is.
    Literal(String),
    /// A value to put in.
    Reference(Reference),
}

/// `[source | formatter | …]`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where the value comes from.
    pub source: Source,
    /// The formatters, applied left to right.
    pub pipeline: Vec<FormatterCall>,
    /// The source alone, as written; the whole reference when it is empty.
    pub source_span: Span,
    /// With the brackets.
    pub span: Span,
}

impl PartialEq for Reference {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source && self.pipeline == other.pipeline
    }
}

/// Where a reference's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// `[null | now()]`, `[ | now()]`: no value; the first formatter makes one.
    Null,
    /// `['text' | toupper]`.
    Quoted(String),
    /// A name such as `item.pre:attr#2`: one literal part, or several when references are nested in it
    /// (`[_input.[columnName]]`).
    Name(Vec<Part>),
}

/// `formatter(arguments)`.
#[derive(Clone, Debug, PartialEq)]
pub struct FormatterCall {
    /// As written.
    pub name: Spanned<String>,
    /// In order.
    pub arguments: Vec<Spanned<Argument>>,
}

/// One argument: quoted text, a number, a bare word or a nested reference, all as template parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// `'…'` and bare words: one literal. `[x]`: one reference. Quoted text is never searched for references.
    pub parts: Vec<Part>,
}
