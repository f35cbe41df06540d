//! What rows lack though their records came: rows that were cut, and levels that no page had.

use std::collections::BTreeMap;

use profilec_diagnostics::{Code, Span, codes};
use profilec_plan::{Extraction, Level};

use crate::{Evidence, LevelSeen, PageSeen};

/// Doubts about whole rows.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Records that gave more rows than were written.
    cut: Vec<Evidence>,
    /// By call and level: where its records were missed first; `None`: they were there once.
    levels: BTreeMap<(Span, usize), Option<Evidence>>,
}

/// Records with cut rows that are told one by one.
const TOLD: usize = 100;

impl Parts {
    /// A page came.
    pub(super) fn came(&mut self, call: Span, extraction: &Extraction, seen: &PageSeen, page: u64) {
        if let Some(cut) = seen.page.cut.as_ref().filter(|_| self.cut.len() < TOLD) {
            self.cut.push(Evidence {
                code: codes::data::rows_cut.id,
                page,
                field: cut.pointer.clone(),
                value: format!("{} of {} rows", cut.written, cut.all),
            });
        }
        for (at, seen) in seen.page.levels.iter().enumerate() {
            let level = self.levels.entry((call, at));
            match seen {
                LevelSeen::There => *level.or_default() = None,
                LevelSeen::Missing => {
                    level.or_insert_with(|| {
                        let code = codes::path::level_no_match.id;
                        let value = "in no record".to_owned();
                        Some(Evidence { code, page, field: way(&extraction.levels, at), value })
                    });
                }
                LevelSeen::NotSought => {}
            }
        }
    }

    /// What was seen.
    pub(super) fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        self.cut.iter().chain(self.levels.values().flatten())
    }

    /// The gravest of it: its code, what was seen, and what to do.
    pub(super) fn doubt(&self) -> Option<(&'static Code, String, &'static str)> {
        if let Some(cut) = self.cut.first() {
            return Some((
                &codes::data::rows_cut,
                format!("the record at `{}` on page {} gave {} only", cut.field, cut.page, cut.value),
                "its lists are joined each with each; leave one of these row paths out, or run each by itself",
            ));
        }
        let missing = self.levels.values().flatten().next()?;
        Some((
            &codes::path::level_no_match,
            format!("no page had anything at `{}`", missing.field),
            "see whether the row path is spelt as in the response; columns below it are null on all rows",
        ))
    }
}

/// The whole way to a level's records.
fn way(levels: &[Level], at: usize) -> String {
    let Some(level) = levels.get(at) else { return String::new() };
    let own = level.path.to_string();
    let outer = level.parent.map(|parent| way(levels, parent)).filter(|outer| outer != "/");
    outer.unwrap_or_default() + &own
}
