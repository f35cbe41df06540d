//! Edits of whole elements, laid out as the lines around them.

use crate::{Diagnostic, Edit, Span};

/// Lays out the fixes of whole elements: one that is removed takes its line with it, and one that comes with a line
/// break in front gets the indentation and the line end of the line before.
pub fn keep_lines(text: &str, findings: &mut [Diagnostic]) {
    let fixes = findings.iter_mut().flat_map(|finding| &mut finding.fixes);
    for fix in fixes.filter(|fix| fix.of_elements) {
        fix.of_elements = false;
        for edit in &mut fix.edits {
            lay_out(text, edit);
        }
    }
}

fn lay_out(text: &str, edit: &mut Edit) {
    if edit.text.is_empty() {
        edit.span = with_its_line(text, edit.span);
    } else if let Some(element) = edit.text.strip_prefix('\n') {
        let (before, after) = text.split_at_checked(edit.span.range().start).unwrap_or((text, ""));
        let line = before.rsplit('\n').next().unwrap_or_default();
        let indent = &line[..line.len() - line.trim_start_matches(is_blank).len()];
        let end = if after.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n")) {
            "\r\n"
        } else {
            "\n"
        };
        edit.text = format!("{end}{indent}{element}");
    }
}

/// A place with its line and the line's end, when nothing else is on it.
#[must_use]
pub fn with_its_line(text: &str, place: Span) -> Span {
    let (before, after) = (text.get(..place.range().start), text.get(place.range().end..));
    let (Some(before), Some(after)) = (before, after) else { return place };
    let start = before.trim_end_matches(is_blank);
    let end = after.trim_start_matches(is_blank);
    let Some(rest) = end.strip_prefix("\r\n").or_else(|| end.strip_prefix('\n')) else { return place };
    if start.is_empty() || start.ends_with('\n') {
        Span::from_range(start.len()..text.len() - rest.len())
    } else {
        place
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Applicability, Fix, Label, apply_fixes, codes};

    fn applied(text: &str, edits: &[(&str, &str)]) -> String {
        let edits = edits.iter().map(|(at, put)| {
            let start = text.find(at).unwrap_or_default();
            let place =
                if put.is_empty() { start..start + at.len() } else { start + at.len()..start + at.len() };
            Edit { span: Span::from_range(place), text: (*put).to_owned() }
        });
        let fix = Fix::risky("move it", edits.collect()).of_elements();
        let label = Label::new(Span::at(0), "");
        let mut findings = [Diagnostic::new(&codes::xml::bare_ampersand, "x", label).fix(fix)];
        keep_lines(text, &mut findings);
        let all = Span::from_range(0..text.len());
        apply_fixes(text, all, &findings, Applicability::Unsafe).text
    }

    #[test]
    fn elements_keep_to_lines() {
        let moved = [("<b/>", ""), ("</a>", "\n<b/>")];
        assert_eq!(applied("  <a>\n    <b/>\n  </a>\n", &moved), "  <a>\n  </a>\n  <b/>\n");
        assert_eq!(applied("\t<a>\r\n\t\t<b/>\r\n\t</a>\r\n", &moved), "\t<a>\r\n\t</a>\r\n\t<b/>\r\n");
    }

    #[test]
    fn what_else_is_on_a_line_stays() {
        assert_eq!(applied("<a> <b/> </a>", &[("<b/>", "")]), "<a>  </a>");
        assert_eq!(applied("<a>\n  <b/> <!-- b -->\n</a>", &[("<b/>", "")]), "<a>\n   <!-- b -->\n</a>");
    }
}
