//! Reads one reference of a template, or says why the brackets are none.

use profilec_diagnostics::Spanned;

use super::{Argument, FormatterCall, Part, Reference, Source};
use crate::Text;

/// References nested deeper than this are refused: reading them is recursive.
const MAX_DEPTH: usize = 32;

/// Why text that starts with `[` is not a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The content does not look like one: `[1,2]`, `[]`, `["a"]`.
    NotAReference,
    /// It is meant as one (a name and `|` were read), but something in it is wrong.
    Broken {
        /// Decoded offset of the culprit.
        at: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// More than the permitted number of references in each other.
    TooDeep,
    /// The text ends first.
    Unclosed,
}

/// Parts under construction: adjacent literal text becomes one part.
#[derive(Debug, Default)]
pub(crate) struct Literal {
    parts: Vec<Part>,
    text: String,
}

impl Literal {
    /// Appends literal text.
    pub(crate) fn push(&mut self, c: char) {
        self.text.push(c);
    }

    /// Appends a reference.
    pub(crate) fn push_reference(&mut self, reference: Reference) {
        self.flush();
        self.parts.push(Part::Reference(reference));
    }

    /// Drops blanks at the end of the literal text.
    fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Literal(std::mem::take(&mut self.text)));
        }
    }

    /// The parts.
    pub(crate) fn finish(mut self) -> Vec<Part> {
        self.flush();
        self.parts
    }
}

/// A place in a decoded text.
///
/// A failed reference is never read again by the same attempt, and at most [`MAX_DEPTH`] attempts run over
/// the same text, so the work is linear in the text.
pub(crate) struct Scanner<'a> {
    text: &'a Text,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the start of the text.
    pub(crate) const fn new(text: &'a Text) -> Self {
        Self { text, at: 0 }
    }

    /// The decoded offset of the next character.
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// Goes back to (or on to) an offset got from [`Self::at`].
    pub(crate) const fn jump(&mut self, at: usize) {
        self.at = at;
    }

    /// The whole text.
    pub(crate) const fn text(&self) -> &'a Text {
        self.text
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.as_str().get(self.at..).unwrap_or_default()
    }

    /// The next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub(crate) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Takes the next character if it is this one.
    pub(crate) fn eat(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(wanted);
        if is {
            self.at += wanted.len_utf8();
        }
        is
    }

    /// Passes over blanks.
    pub(crate) fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes a character of literal text, undoing `\[`, `\]` and `\\`. The flag says whether it was escaped.
    pub(crate) fn literal_char(&mut self) -> Option<(char, bool)> {
        let c = self.next()?;
        match (c, self.peek()) {
            ('\\', Some(escaped @ ('[' | ']' | '\\'))) => {
                self.at += 1;
                Some((escaped, true))
            }
            _ => Some((c, false)),
        }
    }

    /// Reads a reference; the next character is its `[`.
    pub(crate) fn reference(&mut self) -> Result<Reference, Fault> {
        self.reference_at(1)
    }

    fn reference_at(&mut self, depth: usize) -> Result<Reference, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        let open = self.at;
        self.eat('[');
        self.skip_blanks();
        let start = self.at;
        let source = match self.peek() {
            Some(quote @ ('\'' | '"')) => Source::Quoted(self.quoted(quote, Fault::NotAReference)?),
            _ => self.name(depth)?,
        };
        let written = self.text.as_str().get(start..self.at).unwrap_or_default().trim_end().len();
        self.skip_blanks();
        let mut pipeline = Vec::new();
        while self.eat('|') {
            pipeline.push(self.formatter(depth)?);
            self.skip_blanks();
        }
        let no_value = matches!(source, Source::Null | Source::Quoted(_));
        match self.next() {
            None => return Err(Fault::Unclosed),
            Some(']') if pipeline.is_empty() && no_value => return Err(Fault::NotAReference),
            Some(']') => {}
            Some(_) if pipeline.is_empty() => return Err(Fault::NotAReference),
            Some(c) => {
                let at = self.at - c.len_utf8();
                return Err(Fault::Broken { at, what: "expected `|` or `]` here" });
            }
        }
        let span = self.text.span_of(open..self.at);
        let source_span = if written == 0 { span } else { self.text.span_of(start..start + written) };
        Ok(Reference { source, pipeline, source_span, span })
    }

    fn name(&mut self, depth: usize) -> Result<Source, Fault> {
        let mut name = Literal::default();
        loop {
            match self.peek() {
                None => return Err(Fault::Unclosed),
                Some(']' | '|') => break,
                Some('[') => name.push_reference(self.reference_at(depth + 1)?),
                Some(c) if is_name_char(c) => {
                    self.next();
                    name.push(c);
                }
                Some(c) if c.is_whitespace() && self.rest().trim_start().starts_with([']', '|']) => {
                    self.skip_blanks();
                }
                Some(_) => return Err(Fault::NotAReference),
            }
        }
        name.trim_end();
        let parts = name.finish();
        match parts.as_slice() {
            [] => Ok(Source::Null),
            [Part::Literal(name)] if name.eq_ignore_ascii_case("null") => Ok(Source::Null),
            [Part::Literal(name)] if !name.contains(|c: char| c.is_alphabetic() || c == '_') => {
                Err(Fault::NotAReference)
            }
            _ => Ok(Source::Name(parts)),
        }
    }

    fn formatter(&mut self, depth: usize) -> Result<FormatterCall, Fault> {
        self.skip_blanks();
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || "_-.:".contains(c)) {
            self.next();
        }
        if start == self.at {
            return Err(match self.peek() {
                None => Fault::Unclosed,
                Some(_) => Fault::Broken { at: start, what: "expected the name of a formatter here" },
            });
        }
        let name = self.text.as_str().get(start..self.at).unwrap_or_default().to_owned();
        let name = Spanned::new(name, self.text.span_of(start..self.at));
        self.skip_blanks();
        let arguments = if self.eat('(') { self.arguments(depth)? } else { Vec::new() };
        Ok(FormatterCall { name, arguments })
    }

    /// The arguments and the closing parenthesis.
    fn arguments(&mut self, depth: usize) -> Result<Vec<Spanned<Argument>>, Fault> {
        let mut arguments = Vec::new();
        self.skip_blanks();
        if self.eat(')') {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.argument(depth)?);
            self.skip_blanks();
            let at = self.at;
            match self.next() {
                None => return Err(Fault::Unclosed),
                Some(')') => return Ok(arguments),
                Some(',') => {}
                Some(_) => return Err(Fault::Broken { at, what: "expected `,` or `)` here" }),
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<Spanned<Argument>, Fault> {
        self.skip_blanks();
        let start = self.at;
        let mut value = Literal::default();
        if let Some(quote @ ('\'' | '"')) = self.peek() {
            let fault = Fault::Broken { at: start, what: "this quote is not closed" };
            value.text = self.quoted(quote, fault)?;
            let span = self.text.span_of(start..self.at);
            return Ok(Spanned::new(Argument { parts: value.finish() }, span));
        }
        loop {
            match self.peek() {
                Some('[') => value.push_reference(self.reference_at(depth + 1)?),
                Some(c) if !matches!(c, ',' | '(' | ')' | ']' | '|') => {
                    self.next();
                    value.push(c);
                }
                _ => break,
            }
        }
        let written = self.text.as_str().get(start..self.at).unwrap_or_default().trim_end().len();
        value.trim_end();
        let span = self.text.span_of(start..start + written);
        Ok(Spanned::new(Argument { parts: value.finish() }, span))
    }

    /// Quoted text with its quotes. A doubled quote and `\'` stand for the quote itself.
    fn quoted(&mut self, quote: char, unclosed: Fault) -> Result<String, Fault> {
        self.next();
        let mut text = String::new();
        loop {
            let Some((c, escaped)) = self.literal_char() else { return Err(unclosed) };
            if c == quote && !escaped {
                if !self.eat(quote) {
                    return Ok(text);
                }
                text.push(quote);
            } else if c == '\\' && !escaped && self.eat(quote) {
                text.push(quote);
            } else {
                text.push(c);
            }
        }
    }
}

/// Characters of names: nearly all, since column names can be `Price/Unit (EUR)`. Left out are those that
/// only JSON, patterns and URLs have between brackets.
fn is_name_char(c: char) -> bool {
    !c.is_control() && !"[]|'\"`{},;=?<>\\^+!".contains(c)
}
