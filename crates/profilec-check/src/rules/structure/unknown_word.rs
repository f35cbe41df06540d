//! A value that is none of the words that a parameter or an operation's input takes.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Label, Severity, Span, codes};
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::{Kind, Support, closest};

use crate::cx::{Cx, Method, Rule};
use crate::suggest::{did_you_mean, suggest};

/// Attributes of keywords.
pub(crate) const RULE: Rule = Rule::Statement(parameters);
/// What is set for operations.
pub(crate) const INPUTS: Rule = Rule::Document(inputs);

fn parameters(cx: &mut Cx<'_>, statement: &Statement) {
    for param in &statement.params {
        let Some(known) = param.parameter.filter(|known| known.support == Support::Runs) else { continue };
        // A computed one shows when it runs. Operators have a code of their own.
        let Some(written) = param.value.as_literal().filter(|_| known.name != "operator") else { continue };
        let name = param.name.node.to_string();
        for finding in findings(&name, known.kind, written, param.value.span()) {
            cx.refuse(finding);
        }
    }
}

fn inputs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        let is_read = |support| matches!(support, Support::Runs | Support::Ignored);
        let Some(input) = names.input_of(site).filter(|input| is_read(input.parameter.support)) else {
            continue;
        };
        let Some(written) = site.literal.as_deref().filter(|written| !written.trim().is_empty()) else {
            continue;
        };
        for finding in findings(site.attribute(), input.parameter.kind, written, site.value_span()) {
            if input.parameter.support == Support::Ignored {
                // It changes nothing whatever it says.
                cx.report(Diagnostic { severity: Severity::Warning, ..finding });
            } else {
                cx.refuse(finding);
            }
        }
    }
}

/// One for each word that is none of those that the kind takes.
fn findings(name: &str, kind: Kind, written: &str, span: Span) -> Vec<Diagnostic> {
    match kind {
        Kind::Word(words) => finding(name, words, written, span).into_iter().collect(),
        Kind::Words(words) => {
            let found = parts(written).filter(|(_, word)| !word.is_empty());
            // In a value with entities the places of its words are not known here.
            let is_plain = span.len() as usize == written.len();
            let place = |part: Range<u32>| span.narrow(part).filter(|_| is_plain).unwrap_or(span);
            found.filter_map(|(part, word)| finding(name, words, word, place(part))).collect()
        }
        _ => Vec::new(),
    }
}

/// The words of a list, trimmed, each with its place.
fn parts(list: &str) -> impl Iterator<Item = (Range<u32>, &str)> {
    list.split(',').map(|part| {
        let word = part.trim();
        let start = u32::try_from(word.as_ptr().addr() - list.as_ptr().addr()).unwrap_or(u32::MAX);
        let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
        (start..start.saturating_add(length), word)
    })
}

fn finding(name: &str, words: &'static [&'static str], written: &str, span: Span) -> Option<Diagnostic> {
    let written = written.trim();
    if words.iter().any(|word| word.eq_ignore_ascii_case(written)) {
        return None;
    }
    let finding = Diagnostic::new(
        &codes::structure::unknown_word,
        format!("`{name}` cannot be `{written}`"),
        Label::new(span, "not one of the words that it takes"),
    );
    let finding = did_you_mean(finding, written, span, words.iter().copied());
    // A slip at the start of a long word: `FLATTEND`.
    let start = |word: &'static str| word.get(..written.len()).filter(|_| written.len() > 4);
    if finding.help.is_none()
        && let Some(near) = closest(written, words.iter().copied().filter_map(start))
        && let Some(word) = words.iter().find(|word| word.starts_with(near))
    {
        return Some(suggest(finding, word, span, false));
    }
    Some(match finding.help {
        Some(_) => finding,
        None => finding.help(format!("write one of `{}`", words.join("`, `"))),
    })
}
