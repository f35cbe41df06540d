//! What samples show of a plan, all of them together.

use std::collections::{BTreeMap, BTreeSet};

use profilec_diagnostics::{Diagnostic, Span};
use profilec_engine::{Evidence, LevelSeen, MemberValue, PageSummary, Seen};
use profilec_plan::{Capture, Extraction, Level, Plan};
use profilec_rows::{ColumnSurvey, Example, Survey};
use profilec_syntax::Step;
use profilec_vocabulary::closest;

/// What samples show.
pub(crate) struct Proof<'p> {
    pub(crate) plan: &'p Plan,
    /// Pages that could be read, and their rows.
    pub(crate) pages: usize,
    pub(crate) rows: usize,
    /// By column: what the pages show of it; `None`: it is read from none of them.
    pub(crate) columns: Vec<Option<ColumnSurvey>>,
    /// Members of records that no path takes.
    pub(crate) strays: BTreeMap<String, usize>,
    /// Values beside the rows, by the place of their path.
    pub(crate) captures: BTreeMap<Span, Captured>,
    /// Members that speak of a next page, with the sample that they are in.
    pub(crate) unread: Vec<(String, Evidence)>,
    /// By level: the way to it, and whether it was ever there.
    pub(crate) levels: BTreeMap<String, bool>,
    /// The most that lists beside each other make of their records.
    pub(crate) product: Option<Product>,
    /// Where the rows are said to be.
    pub(crate) rows_origin: Option<Span>,
    /// What the extraction itself has to say.
    pub(crate) findings: Vec<Diagnostic>,
}

/// A value beside the rows.
pub(crate) struct Captured {
    pub(crate) path: String,
    pub(crate) is_there: bool,
    /// The nearest name beside the rows.
    pub(crate) closest: Option<String>,
}

/// Lists that are joined each with each.
pub(crate) struct Product {
    /// The ways to them, with how many records they had.
    pub(crate) lists: Vec<(String, usize)>,
    pub(crate) rows: usize,
}

impl<'p> Proof<'p> {
    /// Nothing is shown yet.
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            pages: 0,
            rows: 0,
            columns: vec![None; plan.columns.len()],
            strays: BTreeMap::new(),
            captures: BTreeMap::new(),
            unread: Vec::new(),
            levels: BTreeMap::new(),
            product: None,
            rows_origin: None,
            findings: Vec::new(),
        }
    }

    /// Adds what a page shows.
    pub(crate) fn add(&mut self, extraction: &Extraction, page: &PageSummary, survey: &Survey) {
        self.pages += 1;
        self.rows += page.rows;
        self.rows_origin.get_or_insert(extraction.rows_origin);
        for column in &survey.columns {
            if let Some(own) = self.columns.get_mut(column.column) {
                *own = Some(match own.take() {
                    Some(earlier) => joined(earlier, column),
                    None => column.clone(),
                });
            }
        }
        for (way, count) in &survey.strays {
            *self.strays.entry(way.clone()).or_default() += count;
        }
        self.findings.extend(survey.faults.iter().cloned());
        for (capture, seen) in extraction.captures.iter().zip(&page.captures) {
            self.add_capture(capture, seen, page);
        }
        for (at, seen) in page.levels.iter().enumerate() {
            let is_there = self.levels.entry(Level::way(&extraction.levels, at).to_string()).or_default();
            *is_there |= *seen == LevelSeen::There;
        }
        self.add_product(extraction, page.rows, &survey.records);
    }

    fn add_capture(&mut self, capture: &Capture, seen: &Seen, page: &PageSummary) {
        let own = self.captures.entry(capture.origin).or_insert_with(|| Captured {
            path: capture.path.to_string(),
            is_there: false,
            closest: None,
        });
        own.is_there |= *seen != Seen::Absent;
        if let (None, Some(Step::Name(name))) = (&own.closest, capture.path.steps.last()) {
            let members = page.members.iter();
            let plain = members.filter(|member| !matches!(member.value, MemberValue::Array(_)));
            let names = plain.filter_map(|member| member.pointer.rsplit('/').next());
            own.closest = closest(name, names).map(str::to_owned);
        }
    }

    fn add_product(&mut self, extraction: &Extraction, rows: usize, records: &[usize]) {
        let parents: BTreeSet<usize> = extraction.levels.iter().filter_map(|level| level.parent).collect();
        for parent in parents {
            let of_parent =
                extraction.levels.iter().enumerate().filter(|(_, level)| level.parent == Some(parent));
            let lists = of_parent.filter_map(|(at, _)| {
                Some((Level::way(&extraction.levels, at).to_string(), *records.get(at)?))
            });
            let lists: Vec<(String, usize)> = lists.filter(|(_, records)| *records > 0).collect();
            let most = lists.iter().map(|(_, records)| *records).max().unwrap_or(0);
            let is_more = self.product.as_ref().is_none_or(|known| known.rows < rows);
            if lists.len() > 1 && rows > most && is_more {
                self.product = Some(Product { lists, rows });
            }
        }
    }
}

fn joined(earlier: ColumnSurvey, later: &ColumnSurvey) -> ColumnSurvey {
    let first = |a: Option<Example>, b: &Option<Example>| a.or_else(|| b.clone());
    let longer = later.longest.as_ref().map_or(0, |(length, _)| *length);
    ColumnSurvey {
        column: earlier.column,
        hits: earlier.hits + later.hits,
        broken: earlier.broken.or_else(|| later.broken.clone()),
        misfits: earlier.misfits + later.misfits,
        misfit: first(earlier.misfit, &later.misfit),
        leading_zero: first(earlier.leading_zero, &later.leading_zero),
        inexact: first(earlier.inexact, &later.inexact),
        time: first(earlier.time, &later.time),
        longest: earlier.longest.filter(|(length, _)| *length >= longer).or_else(|| later.longest.clone()),
    }
}
