//! Values of attributes, and the text of elements that read it.

use std::ops::Range;

use profilec_diagnostics::Span;
use profilec_syntax::{Tag, TreeAttribute, escape_template};
use profilec_vocabulary::{
    FORMATTERS, Formatter, KeywordId, Kind, OPERATIONS, Operation, Parameter, TYPES, declaration, formatter,
    operation, operation_input,
};

use crate::complete::{Candidate, CandidateKind, Found, escaped, is_offered, sorted};
use crate::context::{Context, keyword_of, parameter};
use crate::names::maps;
use crate::parts::{entry_at, set_lines};
use crate::template::{Spot, spot};
use crate::{describe, scope};

/// A text that is being written, and the place in it.
struct Written<'a> {
    text: &'a str,
    /// Where it starts in the profile.
    start: usize,
    at: usize,
}

pub(crate) fn in_attribute(context: &Context<'_>, tag: &Tag, attribute: TreeAttribute, span: Span) -> Found {
    let element = context.read(tag.name);
    let own = parameter(element, context.read(attribute.name))?;
    let meaning = context.meaning(tag, context.read(attribute.name))?;
    let written = Written::new(context, span);
    let quote = context.text.get(..written.start)?.chars().next_back();
    let item = context.value_of(tag, "item");
    let found = if let Some(declared) = declaration(element) {
        match own.kind {
            Kind::Name => Some((written.span(written.whole()), scope::undeclared(context, declared))),
            _ => written.by_kind(context, meaning, item),
        }
    } else if let Some(found) = (!own.kind.is_path()).then(|| written.template(context)).flatten() {
        Some(found)
    } else if own.kind == Kind::Name && context.sets(tag) {
        Some(written.set_name(context, item))
    } else {
        written.by_kind(context, meaning, item)
    };
    escape(found, |text| escaped(text, quote))
}

pub(crate) fn in_text(context: &Context<'_>, span: Span, escaped: impl Fn(&str) -> String) -> Found {
    let parent = context.around.last()?;
    let written = Written::new(context, span);
    let found = match keyword_of(context.parent())? {
        KeywordId::SetM => written.line(context, context.value_of(&parent.start, "item")),
        id if id.takes_text() => {
            let by_kind = || written.by_kind(context, context.meaning(&parent.start, "value")?, None);
            written.template(context).or_else(by_kind)
        }
        _ => None,
    };
    escape(found, escaped)
}

fn escape(found: Found, escaped: impl Fn(&str) -> String) -> Found {
    let (span, mut candidates) = found?;
    for candidate in &mut candidates {
        candidate.insert = escaped(&candidate.insert);
    }
    Some((span, candidates))
}

impl<'a> Written<'a> {
    fn new(context: &Context<'a>, span: Span) -> Self {
        let start = span.range().start;
        Self { text: context.read(span), start, at: context.offset.saturating_sub(start) }
    }

    fn span(&self, word: Range<usize>) -> Span {
        Span::from_range(self.start + word.start..self.start + word.end)
    }

    /// The part of a list at the place, without the blanks beyond the place.
    fn part(&self, is_separator: impl Fn(char) -> bool) -> Range<usize> {
        let word = entry_at(self.text, self.at, is_separator);
        if word.is_empty() { self.at..self.at } else { word.start.min(self.at)..word.end.max(self.at) }
    }

    fn whole(&self) -> Range<usize> {
        self.part(|_| false)
    }

    /// In a reference; `None` outside of all.
    fn template(&self, context: &Context<'_>) -> Found {
        let (word, candidates) = match spot(self.text, self.at) {
            Spot::Literal => return None,
            Spot::Source(word) => {
                let typed = self.text.get(word.start..self.at)?;
                let candidates = scope::references(context, typed);
                (word, candidates)
            }
            Spot::Formatter(word) => (word, formatters()),
            Spot::Argument { of, number, word, quoted } => (word, argument(&of, number, quoted)),
        };
        Some((self.span(word), candidates))
    }

    /// A line of `setm`.
    fn line(&self, context: &Context<'_>, item: Option<&str>) -> Found {
        let line = set_lines(self.text)
            .find(|line| self.at <= line.value.as_ref().map_or(line.name.end, |value| value.end))?;
        let within = |range: Range<usize>| Written {
            text: self.text.get(range.clone()).unwrap_or_default(),
            start: self.start + range.start,
            at: self.at.saturating_sub(range.start),
        };
        let name = self.text.get(line.name.clone())?;
        match line.value.filter(|value| value.start <= self.at) {
            Some(value) => {
                let value = within(value);
                let by_kind = || value.by_kind(context, &operation_input(name)?.parameter, None);
                value.template(context).or_else(by_kind)
            }
            None => Some(within(line.name).set_name(context, item)),
        }
    }

    /// The name that `set` sets.
    fn set_name(&self, context: &Context<'_>, item: Option<&str>) -> (Span, Vec<Candidate>) {
        let word = self.whole();
        let typed = self.text.get(word.start..self.at).unwrap_or_default();
        let mut candidates = scope::set_names(context, item, typed);
        for candidate in &mut candidates {
            candidate.insert = escape_template(&candidate.insert);
        }
        (self.span(word), candidates)
    }

    /// An operation, or the name of an input behind it: `httpGet?URI=…&method=…`.
    fn operation(&self, context: &Context<'_>) -> Found {
        let (name, _) = self.text.split_once('?').unwrap_or((self.text, ""));
        if self.at <= name.len() {
            return Some((self.span(self.part(|c| c == '?')), operations()));
        }
        let word = self.part(|c| matches!(c, '?' | '&' | ';' | '='));
        if self.text.get(..word.start)?.trim_end().ends_with('=') {
            return None;
        }
        Some((self.span(word), scope::query_names(context, operation(name.trim())?.id)))
    }

    fn by_kind(&self, context: &Context<'_>, of: &Parameter, item: Option<&str>) -> Found {
        if self.text.contains('[') {
            return None;
        }
        let (word, candidates) = match of.kind {
            Kind::Boolean | Kind::Word(_) | Kind::Usual(_) => (self.whole(), words(of)),
            Kind::Words(_) => {
                let word = self.part(|c| c == ',');
                let others = [self.text.get(..word.start)?, self.text.get(word.end..)?];
                let mut candidates = words(of);
                candidates.retain(|candidate| !others.iter().any(|list| lists(list, &candidate.label)));
                (word, candidates)
            }
            Kind::Type => {
                let word = self.whole();
                let prefix = self.text.get(word.clone())?.starts_with("xs:");
                let start = if prefix { (word.start + "xs:".len()).min(self.at) } else { word.start };
                (start..word.end, types())
            }
            Kind::Operation => return self.operation(context),
            Kind::Item => (self.part(|c| c == ','), scope::items(context)),
            Kind::Name => (self.whole(), scope::readable(context, item)),
            _ if maps(of.name) => (self.whole(), scope::mapped_names(context)),
            _ => return None,
        };
        Some((self.span(word), candidates))
    }
}

fn lists(list: &str, word: &str) -> bool {
    list.split(',').any(|part| part.trim().eq_ignore_ascii_case(word))
}

fn words(of: &Parameter) -> Vec<Candidate> {
    let one = |word: &&str| Candidate::new(CandidateKind::Value, *word, describe::word(word, of));
    of.kind.offered().iter().map(one).collect()
}

fn types() -> Vec<Candidate> {
    let canonical = TYPES.iter().filter_map(|ty| Some((*ty.spellings.first()?, ty)));
    sorted(
        canonical
            .map(|(name, ty)| Candidate::new(CandidateKind::Type, name, describe::column_type(name, ty))),
    )
}

fn operations() -> Vec<Candidate> {
    let one = |known: &Operation| {
        let candidate = Candidate::new(CandidateKind::Operation, known.name, describe::operation(known));
        candidate.legacy(known.successor.is_some())
    };
    sorted(OPERATIONS.iter().filter(|known| is_offered(known.support)).map(one))
}

fn formatters() -> Vec<Candidate> {
    let one =
        |known: &Formatter| Candidate::new(CandidateKind::Formatter, known.name, describe::formatter(known));
    sorted(FORMATTERS.iter().filter(|known| is_offered(known.support)).map(one))
}

/// The words that an argument of a formatter may be.
fn argument(name: &str, number: usize, quoted: bool) -> Vec<Candidate> {
    let Some(known) = formatter(name) else { return Vec::new() };
    let words = known.arguments.get(number).map_or(&[] as &[&str], |argument| argument.kind.offered());
    let one = |word: &&str| {
        let candidate = Candidate::new(CandidateKind::Value, *word, describe::formatter(known));
        if quoted { candidate } else { candidate.inserting(format!("'{word}'")) }
    };
    words.iter().map(one).collect()
}
