//! What samples show of a plan, all of them together.

use std::collections::{BTreeMap, BTreeSet};

use profilec_diagnostics::{Diagnostic, Span};
use profilec_engine::{Answer, Evidence, LevelSeen, PageSummary, Seen};
use profilec_plan::{Capture, Extraction, Level, Plan};
use profilec_rows::{Broken, ColumnSurvey, Example, Survey, Unfit};
use profilec_vocabulary::ResponseFormat;

/// What samples show of the rows, or of a call that gives none.
pub(crate) struct Proof<'p> {
    pub(crate) plan: &'p Plan,
    /// Of a call that gives no rows: the columns that its body reads.
    pub(crate) reads: Option<Vec<usize>>,
    /// Other calls give rows, too, and no sample answers them.
    pub(crate) is_partial: bool,
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
    /// By the way to its records.
    levels: BTreeMap<String, LevelProof>,
    /// Columns that have no field.
    pub(crate) unfit: Vec<Unfit>,
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
    /// Where its path breaks off.
    pub(crate) broken: Option<Broken>,
}

/// What samples show of a level.
#[derive(Default)]
struct LevelProof {
    /// The place of its records was there, be it empty.
    is_there: bool,
    /// It was not, in a record that could have it.
    is_missed: bool,
    /// Where the way to it breaks off.
    broken: Option<Broken>,
}

/// Lists that are joined each with each.
pub(crate) struct Product {
    /// The ways to them, with how many records they had.
    pub(crate) lists: Vec<(String, usize)>,
    pub(crate) rows: usize,
}

impl<'p> Proof<'p> {
    /// Nothing is shown yet of the rows.
    pub(crate) fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            reads: None,
            is_partial: false,
            pages: 0,
            rows: 0,
            columns: vec![None; plan.columns.len()],
            strays: BTreeMap::new(),
            captures: BTreeMap::new(),
            unread: Vec::new(),
            levels: BTreeMap::new(),
            unfit: Vec::new(),
            product: None,
            rows_origin: None,
            findings: Vec::new(),
        }
    }

    /// Nothing is shown yet of a call that gives no rows.
    pub(crate) fn of_call(plan: &'p Plan, answer: &Answer) -> Self {
        Self { reads: Some(answer.reads.clone()), ..Self::new(plan) }
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
        self.unfit.extend(survey.faults.iter().cloned());
        for (at, (capture, seen)) in extraction.captures.iter().zip(&page.captures).enumerate() {
            self.add_capture(capture, seen, survey.captures.get(at).and_then(Option::as_ref));
        }
        for (at, seen) in page.levels.iter().enumerate() {
            let level = self.levels.entry(Level::way(&extraction.levels, at).to_string()).or_default();
            let broken = survey.levels.get(at).and_then(Option::as_ref);
            let has_records = survey.records.get(at).is_some_and(|records| *records > 0);
            level.is_there |= *seen == LevelSeen::There || has_records;
            // In XML only a name that is near tells a list that is spelt otherwise from an empty one.
            let is_near =
                || broken.and_then(|broken| broken.closest.as_ref()).is_some_and(|near| !near.is_taken);
            let is_misspelt = extraction.format == ResponseFormat::Xml && is_near();
            level.is_missed |= *seen == LevelSeen::Missing || is_misspelt;
            level.broken = nearer(level.broken.take(), broken);
        }
        self.add_product(extraction, page.rows, &survey.records);
    }

    /// The ways to levels that no record had, with where they break off.
    pub(crate) fn missing_levels(&self) -> impl Iterator<Item = (&str, Option<&Broken>)> {
        let missing = self.levels.iter().filter(|(_, level)| level.is_missed && !level.is_there);
        missing.map(|(way, level)| (way.as_str(), level.broken.as_ref()))
    }

    fn add_capture(&mut self, capture: &Capture, seen: &Seen, broken: Option<&Broken>) {
        let own = self.captures.entry(capture.origin).or_insert_with(|| Captured {
            path: capture.path.to_string(),
            is_there: false,
            broken: None,
        });
        own.is_there |= *seen != Seen::Absent;
        own.broken = nearer(own.broken.take(), broken);
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
        broken: nearer(earlier.broken, later.broken.as_ref()),
        has_no_record: earlier.has_no_record && later.has_no_record,
        misfits: earlier.misfits + later.misfits,
        misfit: first(earlier.misfit, &later.misfit),
        leading_zero: first(earlier.leading_zero, &later.leading_zero),
        inexact: first(earlier.inexact, &later.inexact),
        time: first(earlier.time, &later.time),
        longest: earlier.longest.filter(|(length, _)| *length >= longer).or_else(|| later.longest.clone()),
    }
}

/// The first place where a path breaks off, unless only the other one has a name that is near.
fn nearer(earlier: Option<Broken>, later: Option<&Broken>) -> Option<Broken> {
    let is_near = |broken: &&Broken| broken.closest.is_some();
    match (earlier, later) {
        (Some(earlier), _) if earlier.closest.is_some() => Some(earlier),
        (earlier, later) => later.filter(is_near).cloned().or(earlier).or_else(|| later.cloned()),
    }
}
