//! What a word of a profile means.

use std::ops::Range;

use profilec_diagnostics::Span;
use profilec_syntax::{Tag, TreeAttribute, parse};
use profilec_vocabulary::{
    KeywordId, Kind, Parameter, boolean_word, built_in_item, column_type, connection_option,
    control_attribute, declaration, formatter, keyword, operation, operation_input, operation_output,
};

use crate::context::{Context, keyword_of, local, parameter};
use crate::names::{Made, Name, maps, names};
use crate::parts::{decoded, entry_at, set_lines, trimmed};
use crate::place::{At, place};
use crate::position::boundary;
use crate::template::{Spot, spot};
use crate::{describe, path, remark, scope};

/// The meaning of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What to show.
    pub markdown: String,
}

/// What the word at a byte offset means; `None` where nothing is known of it. Parses the text once.
pub fn hover(text: &str, offset: usize) -> Option<Hover> {
    let offset = boundary(text, offset);
    let parsed = parse(text);
    let found = place(text, &parsed.tree.nodes, offset);
    let context = Context { text, document: &parsed.document, offset, around: found.around };
    let (span, markdown) = match found.at {
        At::ElementName(span) | At::EndName(span) => (span, element(context.read(span))?),
        At::AttributeName(tag, span) => {
            let name = context.read(span);
            (span, describe::parameter(name, parameter(context.read(tag.name), name)?))
        }
        At::Value(tag, attribute, span) => value(&context, tag, attribute, span)?,
        At::Text(span) | At::CData(span) => body(&context, span)?,
        At::Comment(span) => remark::code(&context, span)?,
        At::Elsewhere => return None,
    };
    Some(Hover { span, markdown })
}

fn element(name: &str) -> Option<String> {
    if let Some(known) = declaration(name) {
        return Some(describe::declaration(name, known));
    }
    keyword_of(name)?;
    Some(describe::keyword(name, keyword(local(name))?))
}

type Found = Option<(Span, String)>;

fn value(context: &Context<'_>, tag: &Tag, attribute: TreeAttribute, span: Span) -> Found {
    let written = context.read(span);
    let own = parameter(context.read(tag.name), context.read(attribute.name))?;
    let meaning = context.meaning(tag, context.read(attribute.name))?;
    let is_declared = declaration(context.read(tag.name)).is_some();
    match own.kind {
        Kind::Operation => {
            let name = written.split('?').next().unwrap_or(written);
            let end = span.range().start + name.len();
            if let Some(known) = operation(local(name.trim())).filter(|_| context.offset <= end) {
                return Some((Span::from_range(span.range().start..end), describe::operation(known)));
            }
            let word = word(context, span, |c| matches!(c, '?' | '&' | ';' | '='));
            let input = word.and_then(|word| Some((word, operation_input(context.read(word))?)));
            if let Some((word, input)) = input {
                return Some((word, describe::parameter(context.read(word), &input.parameter)));
            }
        }
        Kind::Item => return item(context, span),
        Kind::Words(_) => {
            let word = word(context, span, |c| c == ',')?;
            let known = own.kind.word(context.read(word))?;
            return Some((word, describe::word(known, own)));
        }
        Kind::Name if !written.contains('[') => return Some((span, name(context, written, is_declared)?)),
        _ => {}
    }
    let reference = if is_declared { None } else { template(context, span) };
    reference.or_else(|| Some((span, literal(context, written, meaning, is_declared)?)))
}

/// A value without references, by what it is a value of.
fn literal(context: &Context<'_>, written: &str, meaning: &Parameter, is_column: bool) -> Option<String> {
    if written.contains('[') && !meaning.kind.is_path() {
        return None;
    }
    let word = written.trim();
    match meaning.kind {
        Kind::Type => Some(describe::column_type(word, column_type(word)?)),
        Kind::Boolean if boolean_word(word).is_some() => Some(describe::word(word, meaning)),
        Kind::Word(_) | Kind::Usual(_) => Some(describe::word(meaning.kind.word(word)?, meaning)),
        Kind::Path | Kind::Paths => path::words(context, written, meaning, is_column),
        _ if maps(meaning.name) => name(context, word, false),
        _ => None,
    }
}

/// The part of a list at the place, without the blanks around it.
fn word(context: &Context<'_>, list: Span, is_separator: impl Fn(char) -> bool) -> Option<Span> {
    let start = list.range().start;
    let at = context.offset.checked_sub(start)?;
    let word = entry_at(context.read(list), at, is_separator);
    let holds = word.start <= at && at <= word.end;
    holds.then(|| Span::from_range(start + word.start..start + word.end))
}

/// An item that is named.
fn item(context: &Context<'_>, list: Span) -> Found {
    let word = word(context, list, |c| c == ',')?;
    let written = context.read(word);
    let names = names(context.document);
    let is_own = |name: &&Name| name.made == Made::Item && name.attribute.eq_ignore_ascii_case(written);
    let own = scope::origins(context.text, names.iter().filter(is_own));
    if !own.is_empty() {
        return Some((word, describe::name(written, &own)));
    }
    let known = built_in_item(written)?;
    Some((word, describe::entry(known.name, known.doc, known.support, "")))
}

/// Text that an element reads.
fn body(context: &Context<'_>, span: Span) -> Found {
    let id = keyword_of(context.parent()).filter(|id| id.takes_text())?;
    let reference = template(context, span);
    if reference.is_some() {
        return reference;
    }
    if id != KeywordId::SetM {
        let meaning = context.meaning(&context.around.last()?.start, "value")?;
        let word = word(context, span, |_| false)?;
        return Some((word, literal(context, context.read(word), meaning, false)?));
    }
    let (start, text) = (span.range().start, context.read(span));
    let at = context.offset.checked_sub(start)?;
    let place = |range: Range<usize>| {
        let word = trimmed(text, range);
        let holds = word.start <= at && at <= word.end;
        holds.then(|| Span::from_range(start + word.start..start + word.end))
    };
    set_lines(text).find_map(|line| {
        if let Some(word) = place(line.name.clone()) {
            return Some((word, name(context, context.read(word), false)?));
        }
        let word = place(line.value?)?;
        let input = operation_input(text.get(line.name)?)?;
        Some((word, literal(context, context.read(word), &input.parameter, false)?))
    })
}

fn template(context: &Context<'_>, span: Span) -> Found {
    let start = span.range().start;
    let written = context.read(span);
    let place = |word: Range<usize>| Span::from_range(start + word.start..start + word.end);
    match spot(written, context.offset.checked_sub(start)?) {
        Spot::Source(word) => {
            let markdown = reference(context, written.get(word.clone())?)?;
            Some((place(word), markdown))
        }
        Spot::Formatter(word) => {
            Some((place(word.clone()), describe::formatter(formatter(written.get(word)?.trim())?)))
        }
        Spot::Argument { of, word, .. } => Some((place(word), describe::formatter(formatter(&of)?))),
        Spot::Literal => None,
    }
}

/// A name that something sets: an input of operations, or a name of the profile.
fn name(context: &Context<'_>, written: &str, is_declared: bool) -> Option<String> {
    // `req.URI` is the input `URI` in the item `req`.
    let within = written.split_once('.').filter(|(item, _)| built_in_item(item).is_none());
    let input = operation_input(written).or_else(|| operation_input(within?.1));
    match input.filter(|_| !is_declared) {
        Some(input) => Some(describe::parameter(written, &input.parameter)),
        None => reference(context, written),
    }
}

/// Where the name of a reference comes from.
fn reference(context: &Context<'_>, written: &str) -> Option<String> {
    let written = decoded(written);
    let bare = written.split('#').next().unwrap_or(&written).trim();
    let (item, attribute) = bare.split_once('.').unwrap_or(("", bare));
    if item.eq_ignore_ascii_case("_connection") {
        return connection_option(attribute).map(|option| describe::parameter(attribute, option));
    }
    let of_inputs = ["_input", "_query"].iter().any(|name| name.eq_ignore_ascii_case(item));
    let marker = scope::marker().filter(|marker| marker.label.eq_ignore_ascii_case(attribute));
    let names = names(context.document);
    let is_row =
        names.iter().any(|name| name.made == Made::Item && name.attribute.eq_ignore_ascii_case(item));
    let is_meant = |name: &&Name| {
        let spelling = name.spelling();
        let is_own = |wanted: &str| spelling.eq_ignore_ascii_case(wanted);
        let is_within = match name.made {
            Made::Column(_) => of_inputs || is_row,
            Made::Input(_) => of_inputs,
            // What is set as the marker comes back as an input.
            _ => of_inputs && marker.is_some(),
        };
        is_own(bare) || (is_within && is_own(attribute))
    };
    let said = scope::origins(context.text, names.iter().filter(is_meant));
    match (marker, said.is_empty()) {
        (Some(marker), true) => return Some(marker.markdown),
        (Some(marker), false) => return Some(format!("{}\n\n{}", marker.markdown, said.join("\n"))),
        (None, false) => return Some(describe::name(bare, &said)),
        (None, true) => {}
    }
    if let Some(known) = control_attribute(bare) {
        return Some(describe::entry(bare, known.doc, known.support, ""));
    }
    if let Some(known) = operation_output(bare) {
        return Some(describe::parameter(bare, &known.parameter));
    }
    let known = built_in_item(if item.is_empty() { bare } else { item })?;
    Some(describe::entry(known.name, known.doc, known.support, ""))
}
