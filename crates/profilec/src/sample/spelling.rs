//! Steps of paths as the profile writes them, and what mends those that are misspelt.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Span};
use profilec_rows::Near;

/// How a profile writes its paths.
pub(super) struct Spelling<'a> {
    /// The text of the profile and of what it includes.
    pub(super) text: &'a str,
    /// Where row paths stand.
    pub(super) row_paths: Vec<Span>,
}

impl Spelling<'_> {
    /// Puts a finding about a step of a row path at that step, with a fix where `near` is what it must mean.
    pub(super) fn at_row_path(&self, finding: Diagnostic, step: &str, near: Option<&Near>) -> Diagnostic {
        let holds = |place: &&Span| !self.steps(**place, step).is_empty();
        let own = Some(&finding.primary.span).filter(holds);
        let mut others = self.row_paths.iter().filter(holds);
        let other = others.next().filter(|_| others.next().is_none());
        let Some(&place) = own.or(other) else { return finding };
        let mut finding = self.mended(finding, place, step, near);
        // Of several alike steps nothing tells which one it is.
        let known = self.same_steps(place, step);
        finding.primary.span = known.and_then(|all| all.first().copied()).unwrap_or(place);
        finding
    }

    /// A finding about a step of the path at `place`, with a fix where `near` is what it must mean.
    pub(super) fn mended(
        &self,
        finding: Diagnostic,
        place: Span,
        step: &str,
        near: Option<&Near>,
    ) -> Diagnostic {
        let sure = near.filter(|near| near.is_only && !near.is_taken && is_plain(&near.name));
        let edits = sure.and_then(|near| {
            let places = self.same_steps(place, step)?;
            Some(places.into_iter().map(|span| Edit { span, text: near.name.clone() }).collect::<Vec<_>>())
        });
        match (near, edits) {
            // Where names lead is not said by the profile.
            (Some(near), Some(edits)) => finding.fix(Fix::risky(format!("write `{}`", near.name), edits)),
            _ => finding,
        }
    }

    /// A step in each of the paths at `place` that begin alike; `None` when it may be one of several.
    fn same_steps(&self, place: Span, step: &str) -> Option<Vec<Span>> {
        let places = self.steps(place, step);
        let before = |span: &Span| {
            let before = self.text.get(place.start() as usize..span.start() as usize).unwrap_or_default();
            let (list, path) = before.rsplit_once(';').unwrap_or(("", before));
            (list.len(), path.trim())
        };
        let (_, beginning) = before(places.first()?);
        let ways: Vec<_> = places.iter().map(before).collect();
        let is_alike = ways.iter().all(|(_, way)| *way == beginning);
        let is_once = ways.windows(2).all(|two| two[0].0 != two[1].0);
        (is_alike && is_once).then_some(places)
    }

    /// Where a step stands as a whole in the paths at `place`.
    fn steps(&self, place: Span, step: &str) -> Vec<Span> {
        let text = self.text.get(place.range()).unwrap_or_default();
        // In a path that is not written as JSONPath dots are parts of names.
        let is_dotted = text.contains('$');
        let is_border = |c: Option<char>| {
            c.is_none_or(|c| {
                c.is_whitespace()
                    || matches!(c, '/' | '[' | ']' | '{' | '}' | '\'' | '"' | ';' | ':')
                    || (is_dotted && c == '.')
            })
        };
        let is_whole = |at: &usize| {
            is_border(text[..*at].chars().next_back()) && is_border(text[at + step.len()..].chars().next())
        };
        if step.is_empty() {
            return Vec::new();
        }
        let starts = text.match_indices(step).map(|(at, _)| at).filter(is_whole);
        let inner = |at: usize| {
            let (start, end) = (u32::try_from(at).ok()?, u32::try_from(at + step.len()).ok()?);
            place.narrow(start..end)
        };
        starts.filter_map(inner).collect()
    }
}

/// Whether a name stands in paths and in XML as it is.
fn is_plain(name: &str) -> bool {
    let name = name.strip_prefix('@').unwrap_or(name);
    let is_named = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    is_named && !name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit())
}
