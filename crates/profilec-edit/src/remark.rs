//! Codes in remarks: `<!-- profilec: allow(CODE) reason -->`.

use std::ops::Range;

use profilec_diagnostics::{Code, Span, Status, codes};

use crate::complete::{Candidate, CandidateKind, Found, sorted};
use crate::context::Context;

/// What the code at the place says: the first paragraph of its page.
pub(crate) fn code(context: &Context<'_>, comment: Span) -> Option<(Span, String)> {
    if !context.read(comment).contains("profilec") {
        return None;
    }
    let word = word(context.text, context.offset)?;
    let code = codes::named(context.text.get(word.clone())?)?;
    Some((Span::from_range(word), describe(code)))
}

/// The codes and areas that may be allowed, in the parentheses of a remark.
pub(crate) fn codes(context: &Context<'_>, comment: Span) -> Found {
    let before = context.text.get(comment.range().start..context.offset)?;
    let (head, list) = before.rsplit_once('(').filter(|(_, list)| !list.contains(')'))?;
    let said = head.strip_prefix("<!--")?.trim_start().strip_prefix("profilec")?.trim_start();
    if said.strip_prefix(':')?.trim() != "allow" {
        return None;
    }
    let word = word(context.text, context.offset)?;
    let rest = context.text.get(word.end..comment.range().end)?;
    let rest = rest.split([')', '-']).next().unwrap_or_default();
    let written = list.get(..list.len().checked_sub(context.offset - word.start)?)?;
    let is_listed = |name: &str| [written, rest].iter().any(|list| lists(list, name));
    let areas = codes::AREAS.iter().filter(|area| !is_listed(area)).map(|area| {
        Candidate::new(CandidateKind::Code, *area, format!("`{area}`: all findings about {area}"))
    });
    let active = codes::ALL.iter().filter(|code| code.status == Status::Active);
    let active = active
        .filter(|code| !is_listed(code.bare()))
        .map(|code| Candidate::new(CandidateKind::Code, code.bare(), describe(code)));
    Some((Span::from_range(word), sorted(active).into_iter().chain(areas).collect()))
}

fn lists(list: &str, name: &str) -> bool {
    list.split(',').any(|part| codes_equal(part.trim(), name))
}

fn codes_equal(written: &str, name: &str) -> bool {
    written == name || codes::named(written).is_some_and(|code| code.bare() == name)
}

fn describe(code: &Code) -> String {
    let mut paragraphs = code.page.split("\n\n").map(str::trim);
    let said = paragraphs.find(|paragraph| !paragraph.is_empty() && !paragraph.starts_with('#'));
    format!("`{}`\n\n{}", code.bare(), said.unwrap_or_default())
}

/// The code that is written around an offset; empty when there is none.
fn word(text: &str, offset: usize) -> Option<Range<usize>> {
    let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
    let start = text.get(..offset)?.trim_end_matches(is_code).len();
    let rest = text.get(offset..)?;
    Some(start..offset + rest.find(|c| !is_code(c)).unwrap_or(rest.len()))
}
