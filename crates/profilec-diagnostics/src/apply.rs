//! Fixes put into a text.

use crate::{Applicability, Diagnostic, Edit, Fix, Span};

/// A text after fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The text.
    pub text: String,
    /// How many findings were fixed.
    pub fixed: usize,
}

/// Applies a fix of each finding to the part of a text that is one file, and gives that part.
///
/// The first safe fix of a finding is taken, or, when unsafe ones are allowed and it has no safe one, the first. The
/// finding that starts first goes first, and a fix that would meet an edit of an earlier one waits: the findings
/// about the new text have it again. All other bytes stay.
pub fn apply_fixes(text: &str, part: Span, findings: &[Diagnostic], allowed: Applicability) -> Applied {
    let mut in_order: Vec<&Diagnostic> = findings.iter().collect();
    in_order.sort_by_key(|finding| (finding.primary.span.start(), finding.code.id));
    let mut edits: Vec<&Edit> = Vec::new();
    let mut fixed = 0;
    for finding in in_order {
        let Some(fix) = chosen(finding, allowed) else { continue };
        let is_free = |edit: &Edit| part.contains(edit.span) && !edits.iter().any(|taken| meets(taken, edit));
        if !fix.edits.is_empty() && fix.edits.iter().all(is_free) {
            edits.extend(&fix.edits);
            fixed += 1;
        }
    }
    edits.sort_by_key(|edit| edit.span);
    let mut applied = String::with_capacity(part.len() as usize);
    let mut at = part.start();
    for edit in edits {
        applied.push_str(text.get(Span::new(at, edit.span.start()).range()).unwrap_or_default());
        applied.push_str(&edit.text);
        at = edit.span.end();
    }
    applied.push_str(text.get(Span::new(at, part.end()).range()).unwrap_or_default());
    Applied { text: applied, fixed }
}

fn chosen(finding: &Diagnostic, allowed: Applicability) -> Option<&Fix> {
    let safe = finding.fixes.iter().find(|fix| fix.applicability == Applicability::Safe);
    safe.or_else(|| finding.fixes.first().filter(|_| allowed == Applicability::Unsafe))
}

/// Whether two edits overlap or touch: which comes first would then be a guess.
const fn meets(a: &Edit, b: &Edit) -> bool {
    a.span.start() <= b.span.end() && b.span.start() <= a.span.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, codes};

    fn finding(at: u32, fixes: Vec<Fix>) -> Diagnostic {
        let mut finding = Diagnostic::new(&codes::xml::bare_ampersand, "x", Label::new(Span::at(at), ""));
        finding.fixes = fixes;
        finding
    }

    fn edit(start: u32, end: u32, text: &str) -> Vec<Edit> {
        vec![Edit { span: Span::new(start, end), text: text.to_owned() }]
    }

    #[test]
    fn the_earlier_finding_wins_and_the_other_waits() {
        let findings = [
            finding(4, vec![Fix::safe("b", edit(2, 5, "B"))]),
            finding(1, vec![Fix::safe("a", edit(1, 3, "A"))]),
            finding(6, vec![Fix::risky("c", edit(6, 7, "C")), Fix::safe("d", edit(6, 7, "D"))]),
        ];
        let all = Span::new(0, 8);
        let applied = apply_fixes("01234567", all, &findings, Applicability::Safe);
        assert_eq!(applied, Applied { text: "0A345D7".to_owned(), fixed: 2 });
    }

    #[test]
    fn unsafe_fixes_are_taken_only_when_allowed_and_only_in_the_part() {
        let findings = [
            finding(1, vec![Fix::risky("a", edit(1, 1, "+"))]),
            finding(6, vec![Fix::safe("b", edit(6, 7, ""))]),
        ];
        let part = Span::new(0, 4);
        assert_eq!(apply_fixes("01234567", part, &findings, Applicability::Safe).text, "0123");
        let applied = apply_fixes("01234567", part, &findings, Applicability::Unsafe);
        assert_eq!(applied, Applied { text: "0+123".to_owned(), fixed: 1 });
    }
}
