//! A value that is none of the words that a parameter takes.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Statement(unknown_word);

const ACTIONS: &[&str] = &["break", "continue"];
const CASES: &[&str] = &["ignore"];
const PATTERNS: &[&str] = &["exact", "regex", "glob"];

fn unknown_word(cx: &mut Cx<'_>, statement: &Statement) {
    for param in &statement.params {
        let Some(known) = param.parameter else { continue };
        let words = match (statement.id(), known.name) {
            (_, "action") => ACTIONS,
            (Some(KeywordId::Match), "type") | (Some(KeywordId::Case), "match") => PATTERNS,
            (Some(KeywordId::Equals | KeywordId::NotEquals), "case") => CASES,
            _ => continue,
        };
        // A computed one shows when it runs.
        let Some(written) = param.value.as_literal().map(str::trim) else { continue };
        if words.iter().any(|word| word.eq_ignore_ascii_case(written)) {
            continue;
        }
        let span = param.value.span();
        let finding = Diagnostic::new(
            &codes::structure::unknown_word,
            format!("`{}` cannot be `{written}`", param.name.node),
            Label::new(span, "not one of the words that it takes"),
        );
        let finding = did_you_mean(finding, written, span, words.iter().copied());
        cx.refuse(match finding.help {
            Some(_) => finding,
            None => finding.help(format!("write one of `{}`", words.join("`, `"))),
        });
    }
}
