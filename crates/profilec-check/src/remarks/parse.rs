//! What a remark says: `profilec: allow(CODE, …) why`.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Kind, Label, Span, Spanned, codes};
use profilec_vocabulary::{closest, is_sure};

/// What stands behind `profilec:` in a comment; `None` when it is no remark.
pub(super) fn body(text: &str, comment: Span) -> Option<Span> {
    let inside = text.get(comment.range())?.strip_prefix("<!--")?;
    let inside = inside.strip_suffix("-->").unwrap_or(inside);
    let start = comment.range().start + "<!--".len();
    let rest = inside.trim_start().strip_prefix("profilec")?.trim_start().strip_prefix(':')?;
    Some(trimmed(text, Span::from_range(start + inside.len() - rest.len()..start + inside.len())))
}

/// Reads `allow(CODE, …) why`, where that is what it says, and tells what is wrong with it.
pub(super) fn allow(
    text: &str,
    body: Span,
    findings: &mut Vec<Diagnostic>,
) -> Option<(Vec<Spanned<Kind>>, Option<String>)> {
    let said = text.get(body.range()).unwrap_or_default();
    let word_end = said.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(said.len());
    let (word, rest) = said.split_at(word_end);
    if word == "accept" {
        // It is said to a run.
        return None;
    }
    let word_span = sub(body, 0, word_end);
    if word != "allow" {
        findings.push(no_allow(word, word_span));
        return None;
    }
    let blanks = rest.len() - rest.trim_start().len();
    let list = rest.trim_start().strip_prefix('(').and_then(|list| list.split_once(')'));
    let Some((list, reason)) = list else {
        let message = "`allow` is followed by no codes in parentheses";
        let finding =
            Diagnostic::new(&codes::settings::remark_malformed, message, Label::new(word_span, "no codes"));
        findings.push(finding.help("write `allow(CODE) reason`"));
        return None;
    };
    let list_start = word_end + blanks + 1;
    let list_span = sub(body, list_start, list_start + list.len());
    let kinds = kinds(text, list_span, findings);
    let reason =
        reason.trim_start_matches([' ', '\t', '\r', '\n', ':', '-', '\u{2013}', '\u{2014}']).trim_end();
    if reason.is_empty() {
        let span = sub(body, 0, list_start + list.len() + 1);
        let message = "the remark says no reason";
        let finding = Diagnostic::new(&codes::settings::reason_missing, message, Label::new(span, "why?"));
        findings.push(finding.help("write the reason behind the parenthesis"));
    }
    (!kinds.is_empty()).then(|| (kinds, (!reason.is_empty()).then(|| reason.to_owned())))
}

fn no_allow(word: &str, span: Span) -> Diagnostic {
    let code = &codes::settings::remark_malformed;
    if word.is_empty() {
        let message = "`profilec:` is followed by no `allow(CODE)`";
        let finding = Diagnostic::new(code, message, Label::new(span, "nothing is said here"));
        return finding.help("write `allow(CODE) reason`, or leave `profilec:` out");
    }
    let message = format!("a remark cannot say `{word}`");
    let finding = Diagnostic::new(code, message, Label::new(span, "no such remark"));
    match closest(word, ["allow", "accept"]) {
        Some(near) => {
            let edits = vec![Edit { span, text: near.to_owned() }];
            finding.help(format!("did you mean `{near}`?")).fix(Fix::risky(format!("write `{near}`"), edits))
        }
        None => finding.help("write `allow(CODE) reason`, or leave `profilec:` out"),
    }
}

/// The kinds of a list, and findings about names that are none.
fn kinds(text: &str, list: Span, findings: &mut Vec<Diagnostic>) -> Vec<Spanned<Kind>> {
    let mut kinds: Vec<Spanned<Kind>> = Vec::new();
    let mut at = list.range().start;
    for part in text.get(list.range()).unwrap_or_default().split(',') {
        let span = trimmed(text, Span::from_range(at..at + part.len()));
        at += part.len() + 1;
        let name = part.trim();
        if name.is_empty() {
            let message = "a code is missing in the parentheses";
            let label = Label::new(span, "no code");
            let finding = Diagnostic::new(&codes::settings::remark_malformed, message, label);
            findings.push(finding.help("`profilec explain --list` shows all codes"));
        } else if let Some(kind) = Kind::named(name) {
            kinds.push(Spanned::new(kind, span));
        } else {
            findings.push(unknown(name, span));
        }
    }
    kinds
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    let finding = unknown_kind(name, span);
    let Some(near) = closest(name, Kind::names()) else { return finding };
    let (title, edits) = (format!("write `{near}`"), vec![Edit { span, text: near.to_owned() }]);
    finding.fix(if is_sure(name, Kind::names()) { Fix::safe(title, edits) } else { Fix::risky(title, edits) })
}

/// No code and no area has this name.
pub fn unknown_kind(name: &str, span: Span) -> Diagnostic {
    let message = format!("unknown code `{name}`");
    let label = Label::new(span, "no code and no area has this name");
    let finding = Diagnostic::new(&codes::settings::unknown_code, message, label);
    finding.help(match closest(name, Kind::names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`profilec explain --list` shows all codes".to_owned(),
    })
}

/// A part of a span, by offsets from its start.
fn sub(span: Span, start: usize, end: usize) -> Span {
    let from = span.range().start;
    Span::from_range(from + start..from + end)
}

/// A span without the blanks at its ends; of blanks alone the place before them.
fn trimmed(text: &str, span: Span) -> Span {
    let part = text.get(span.range()).unwrap_or_default();
    let start =
        span.range().start + if part.trim().is_empty() { 0 } else { part.len() - part.trim_start().len() };
    Span::from_range(start..start + part.trim().len())
}
