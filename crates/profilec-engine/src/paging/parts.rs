//! What rows lack though their records came: rows that were cut, levels that no page had, rows that may have another
//! name.

use std::collections::BTreeMap;

use profilec_diagnostics::{Code, Span, codes};
use profilec_plan::{Extraction, Level};

use crate::{Evidence, LevelSeen, Miss, PageSeen, RowPathSeen};

use super::evidence::total;

/// Doubts about whole rows.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Records that gave more rows than were written.
    cut: Vec<Evidence>,
    /// By call and level: where its records were missed first; `None`: they were there once.
    levels: BTreeMap<(Span, usize), Option<Evidence>>,
    /// By call: where its rows may have another name; `None`: they came, or there are none.
    unlike: BTreeMap<Span, Option<Evidence>>,
    /// Columns that no page had under their name, by the name.
    columns: BTreeMap<String, Evidence>,
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
        if seen.page.rows > 0 {
            // The extractor tells what holds for all pages so far.
            self.columns = seen.page.misses.iter().map(miss).collect();
        }
        let may_be_empty = total(seen).is_some_and(|(total, _)| total == 0);
        match &seen.page.row_path {
            _ if seen.page.records > 0 || may_be_empty => *self.unlike.entry(call).or_default() = None,
            RowPathSeen::Unlike { step, at, key } => {
                let code = codes::path::row_path_no_match.id;
                let evidence =
                    Evidence { code, page, field: at.clone(), value: format!("no `{step}` but `{key}`") };
                self.unlike.entry(call).or_insert(Some(evidence));
            }
            _ => {}
        }
        for (at, seen) in seen.page.levels.iter().enumerate() {
            let level = self.levels.entry((call, at));
            match seen {
                LevelSeen::There => *level.or_default() = None,
                LevelSeen::Missing => {
                    level.or_insert_with(|| {
                        let code = codes::path::level_no_match.id;
                        let value = "in no record".to_owned();
                        Some(Evidence {
                            code,
                            page,
                            field: Level::way(&extraction.levels, at).to_string(),
                            value,
                        })
                    });
                }
                LevelSeen::NotSought => {}
            }
        }
    }

    /// What was seen.
    pub(super) fn evidence(&self) -> impl Iterator<Item = &Evidence> {
        let rows = self.unlike.values().chain(self.levels.values()).flatten();
        self.cut.iter().chain(rows).chain(self.columns.values())
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
        if let Some(unlike) = self.unlike.values().flatten().next() {
            return Some((
                &codes::path::row_path_no_match,
                format!("page {} has {} at `{}`", unlike.page, unlike.value, unlike.field),
                "see whether the row path is spelt as in the response; an empty list may have no row at all",
            ));
        }
        let Some(missing) = self.levels.values().flatten().next() else {
            let (column, miss) = self.columns.first_key_value()?;
            return Some((
                &codes::path::name_differs,
                format!(
                    "column `{column}` is null on all rows: its path says `{}`, the response `{}`",
                    miss.field, miss.value
                ),
                "names are told apart by case: write the path as the response has it",
            ));
        };
        Some((
            &codes::path::level_no_match,
            format!("no page had anything at `{}`", missing.field),
            "see whether the row path is spelt as in the response; columns below it are null on all rows",
        ))
    }
}

fn miss(miss: &Miss) -> (String, Evidence) {
    let code = codes::path::name_differs.id;
    (
        miss.column.clone(),
        Evidence { code, page: miss.page, field: miss.name.clone(), value: miss.found.clone() },
    )
}
