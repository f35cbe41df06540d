//! A value that is none of the words that a parameter or an operation's input takes.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
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
        if let Some(finding) = finding(&param.name.node.to_string(), known.kind, written, param.value.span())
        {
            cx.refuse(finding);
        }
    }
}

fn inputs<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets().iter().filter(|site| site.method != Method::Write) {
        let Some(input) = names.input_of(site).filter(|input| input.parameter.support == Support::Runs)
        else {
            continue;
        };
        let Some(written) = site.literal.as_deref().filter(|written| !written.trim().is_empty()) else {
            continue;
        };
        if let Some(finding) = finding(site.attribute(), input.parameter.kind, written, site.value_span()) {
            cx.refuse(finding);
        }
    }
}

fn finding(name: &str, kind: Kind, written: &str, span: Span) -> Option<Diagnostic> {
    let Kind::Word(words) = kind else { return None };
    if kind.word(written).is_some() {
        return None;
    }
    let written = written.trim();
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
