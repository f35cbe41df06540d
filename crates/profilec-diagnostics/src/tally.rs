//! How many findings are kept.

use std::collections::HashMap;

use crate::{Code, Diagnostic};

/// Findings of one code that are kept for a file. Those after them repeat what the first ones said, and a
/// hostile file could have one for every other byte.
const MAX_OF_A_CODE: usize = 1_000;

/// Counts findings by code, to keep a bounded number of each.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: HashMap<&'static str, usize>,
}

impl Tally {
    /// Counts a finding; says whether to keep it.
    pub fn admits(&mut self, finding: &Diagnostic) -> bool {
        let count = self.counts.entry(finding.code.id).or_default();
        *count += 1;
        *count <= MAX_OF_A_CODE
    }

    /// Whether another finding of this code would be kept.
    pub fn has_room(&self, code: &Code) -> bool {
        self.counts.get(code.id).is_none_or(|count| *count < MAX_OF_A_CODE)
    }

    /// Says in the last finding of each code how many were not kept. `kept` is in the order of the report.
    pub fn tell<'a>(self, kept: impl DoubleEndedIterator<Item = &'a mut Diagnostic>) {
        let mut counts = self.counts;
        counts.retain(|_, count| *count > MAX_OF_A_CODE);
        if counts.is_empty() {
            return;
        }
        for finding in kept.rev() {
            let Some(count) = counts.remove(finding.code.id) else { continue };
            let more = format!("{} more of this code are not listed", count - MAX_OF_A_CODE);
            finding.help = Some(match finding.help.take() {
                Some(help) => format!("{help}; {more}"),
                None => more,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Span, codes};

    #[test]
    fn the_last_finding_of_a_code_tells_how_many_are_left_out() {
        let mut tally = Tally::default();
        let mut kept = Vec::new();
        for _ in 0..MAX_OF_A_CODE + 7 {
            let finding = Diagnostic::new(&codes::xml::doctype, "x", Label::new(Span::at(0), ""));
            if tally.admits(&finding) {
                kept.push(finding.help("remove it"));
            }
        }
        let other = Diagnostic::new(&codes::xml::empty_file, "x", Label::new(Span::at(0), ""));
        assert!(tally.admits(&other));
        tally.tell(kept.iter_mut());
        assert_eq!(kept.len(), MAX_OF_A_CODE);
        assert_eq!(kept[0].help.as_deref(), Some("remove it"));
        let last = kept.last().and_then(|finding| finding.help.as_deref());
        assert_eq!(last, Some("remove it; 7 more of this code are not listed"));
    }
}
