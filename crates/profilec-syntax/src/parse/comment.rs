//! What XML does not allow in a comment.

use std::ops::Range;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};

/// The finding about hyphens that strict readers take for the end of a comment; one for the whole comment.
pub(super) fn hyphens(text: &str, comment: Range<usize>) -> Option<Diagnostic> {
    let inner = comment.start + "<!--".len()..comment.end.checked_sub("-->".len())?;
    let written = text.get(inner.clone())?;
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(start) = written.get(at..).and_then(|rest| rest.find('-')).map(|found| at + found) {
        let length = written[start..].bytes().take_while(|byte| *byte == b'-').count();
        at = start + length;
        let is_last = at == written.len();
        if length > 1 || is_last {
            let span = Span::from_range(inner.start + start..inner.start + at);
            edits.push(Edit { span, text: instead(length, is_last) });
        }
    }
    let place = edits.first()?.span;
    let finding = Diagnostic::new(
        &codes::xml::hyphens_in_comment,
        "the comment holds hyphens that XML does not allow in it",
        Label::new(place, "strict readers refuse the file here"),
    );
    let help = "write one hyphen where two follow each other, and none before `-->`";
    Some(finding.help(help).fix(Fix::safe("write the comment without them", edits)))
}

/// What looks alike and is allowed; a line of hyphens stays a line.
fn instead(length: usize, is_last: bool) -> String {
    match length {
        1 => " ".to_owned(),
        2 if !is_last => "-".to_owned(),
        _ => "=".repeat(length),
    }
}
