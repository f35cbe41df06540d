//! What a word of a profile means.

use profilec_diagnostics::{LineIndex, Span, codes};
use profilec_syntax::{Document, parse};
use profilec_vocabulary::{
    Kind, Parameter, built_in_item, column_attribute, column_type, connection_option, control_attribute,
    formatter, keyword, operation, operation_input,
};

use crate::describe;
use crate::names::{Made, names};
use crate::place::{At, place};
use crate::position::boundary;
use crate::template::{Spot, spot};

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
    let read = |span: Span| text.get(span.range()).unwrap_or_default();
    let parent = found.around.last().map_or("", |element| local(read(element.start.name)));
    let (span, markdown) = match found.at {
        At::ElementName(span) | At::EndName(span) => (span, element(read(span))?),
        At::AttributeName(tag, span) => {
            let name = read(span);
            (span, describe::parameter(name, parameter(read(tag.name), name)?))
        }
        At::Value(tag, attribute, span) => {
            let element = read(tag.name);
            value(text, &parsed.document, element, read(attribute.name), span, offset)?
        }
        At::Text(span) if keyword(parent).is_some_and(|keyword| keyword.id.takes_text()) => {
            template(text, &parsed.document, span, offset)?
        }
        At::Comment(span) => code(text, span, offset)?,
        At::Text(_) | At::Elsewhere => return None,
    };
    Some(Hover { span, markdown })
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// What an attribute of an element means.
pub(crate) fn parameter(element: &str, attribute: &str) -> Option<&'static Parameter> {
    if is_declaration(element) {
        return Some(&column_attribute(local(attribute))?.parameter);
    }
    keyword(local(element))?.parameter(local(attribute))
}

/// Whether it is `attr`, `input` or `output`.
pub(crate) fn is_declaration(element: &str) -> bool {
    ["attr", "input", "output"].iter().any(|name| name.eq_ignore_ascii_case(element))
}

fn element(name: &str) -> Option<String> {
    name.contains(':').then(|| keyword(local(name))).flatten().map(|keyword| describe::keyword(name, keyword))
}

type Found = Option<(Span, String)>;

fn value(
    text: &str,
    document: &Document,
    element: &str,
    attribute: &str,
    span: Span,
    offset: usize,
) -> Found {
    let written = text.get(span.range()).unwrap_or_default();
    let parameter = parameter(element, attribute);
    match parameter.map(|parameter| parameter.kind) {
        Some(Kind::Type) => {
            return Some((span, describe::column_type(written, column_type(written)?)));
        }
        Some(Kind::Operation) => {
            let name = written.split('?').next().unwrap_or(written);
            let end = span.range().start + name.len();
            if let Some(known) = operation(local(name.trim())).filter(|_| offset <= end) {
                let span = Span::from_range(span.range().start..end);
                return Some((span, describe::entry(known.name, known.doc, known.support, known.note)));
            }
        }
        Some(Kind::Name) if !written.contains('[') => {
            if let Some(input) = operation_input(written).filter(|_| !is_declaration(element)) {
                return Some((span, describe::parameter(written, &input.parameter)));
            }
            return Some((span, reference(text, document, written)?));
        }
        _ => {}
    }
    if is_declaration(element) { None } else { template(text, document, span, offset) }
}

fn template(text: &str, document: &Document, span: Span, offset: usize) -> Found {
    let start = span.range().start;
    let written = text.get(span.range())?;
    let place = |word: std::ops::Range<usize>| Span::from_range(start + word.start..start + word.end);
    match spot(written, offset.checked_sub(start)?) {
        Spot::Source(word) => {
            let markdown = reference(text, document, written.get(word.clone())?)?;
            Some((place(word), markdown))
        }
        Spot::Formatter(word) => {
            Some((place(word.clone()), describe::formatter(formatter(written.get(word)?.trim())?)))
        }
        Spot::Argument(name, _, word) => Some((place(word), describe::formatter(formatter(&name)?))),
        Spot::Literal => None,
    }
}

/// Where the name of a reference comes from.
fn reference(text: &str, document: &Document, written: &str) -> Option<String> {
    let bare = written.split('#').next().unwrap_or(written).trim();
    let (item, attribute) = bare.split_once('.').unwrap_or(("", bare));
    if item.eq_ignore_ascii_case("_connection") {
        return connection_option(attribute).map(|option| describe::parameter(attribute, option));
    }
    let of_inputs = ["_input", "_query"].iter().any(|name| name.eq_ignore_ascii_case(item));
    let lines = LineIndex::new(text);
    let said: Vec<String> = names(document)
        .into_iter()
        .filter(|name| {
            let is = |wanted: &str| name.spelling.eq_ignore_ascii_case(wanted);
            is(bare) || (of_inputs && name.made != Made::Set && is(attribute))
        })
        .map(|name| {
            let line = lines.line_of(name.span.start()).saturating_add(1);
            match name.made {
                Made::Input(ty) => format!("- input, `{ty}`, line {line}"),
                Made::Column(ty) => format!("- column, `{ty}`, line {line}"),
                Made::Set => format!("- set in line {line}"),
            }
        })
        .collect();
    if !said.is_empty() {
        return Some(format!("`{bare}`\n\n{}", said.join("\n")));
    }
    if let Some(known) = control_attribute(bare) {
        return Some(describe::entry(bare, known.doc, known.support, ""));
    }
    let known = built_in_item(if item.is_empty() { bare } else { item })?;
    Some(describe::entry(known.name, known.doc, known.support, ""))
}

/// A finding's code in a remark: the first paragraph of its page.
fn code(text: &str, comment: Span, offset: usize) -> Found {
    let written = text.get(comment.range())?;
    if !written.contains("profilec") {
        return None;
    }
    let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    let start = text.get(..offset)?.trim_end_matches(is_code).len();
    let rest = text.get(offset..)?;
    let end = offset + rest.find(|c| !is_code(c)).unwrap_or(rest.len());
    let code = codes::named(text.get(start..end)?)?;
    let mut paragraphs = code.page.split("\n\n").map(str::trim);
    let said = paragraphs.find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'))?;
    Some((Span::from_range(start..end), format!("`{}`\n\n{said}", code.bare())))
}
