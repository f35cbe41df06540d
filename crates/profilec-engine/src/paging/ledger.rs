//! What came of the rows of a walk, and what speaks against there being no more.

use std::collections::{BTreeMap, HashMap, HashSet};

use profilec_diagnostics::{Code, Diagnostic, Span, codes};

use super::ends::complete;
use super::evidence;
use super::round::{Part, Visit, pointers_read, slot};
use crate::{Evidence, Outcome, Verdict};

/// Evidence of one kind that is kept: a run may ask thousands of times.
const KEPT: usize = 100;

/// Keys of rows that are kept to compare with those of the next page.
const MOST_KEYS: usize = 4_000_000;

/// A code, what was seen, and what to do.
type Doubt = (&'static Code, String, &'static str);

/// A call, the row that it runs for, and its how-manieth page there in a round: a loop may run one call for
/// many things, each with pages and a total of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Slot {
    pub(super) context: u64,
    pub(super) call: Span,
    pub(super) nth: u32,
}

/// What one slot brought, over all rounds: records, as totals count them.
#[derive(Clone, Debug, Default)]
struct Tally {
    rows: u64,
    /// Of its first page and of its last one.
    first_rows: u64,
    last_rows: u64,
    /// What was asked last.
    request: u64,
    /// The last total seen, and where.
    total: Option<(u64, Evidence)>,
    pages: u64,
    /// The last number of pages that was told, and where.
    page_count: Option<(u64, Evidence)>,
    /// What its last page says of a next one that nothing reads.
    unread: Vec<Evidence>,
    /// The keys of its last page's rows.
    keys: HashSet<u64>,
    /// Rows whose key the page before had.
    repeated: u64,
}

impl Tally {
    /// Rows, those that came twice once.
    fn distinct(&self) -> u64 {
        self.rows.saturating_sub(self.repeated)
    }
}

/// Rows, totals and doubts over a whole walk.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Pages by what their rows are.
    contents: HashMap<(Slot, u64), u64>,
    tallies: BTreeMap<Slot, Tally>,
    /// How often each call of the running round has brought a page, for each row that it runs for.
    brought: HashMap<(u64, Span), u32>,
    /// Ends of single calls that the walk passed by, and that prove nothing.
    lost: Vec<Evidence>,
    /// Markers of a pass that differ from the one that was followed.
    differing: Vec<Evidence>,
    /// The offset grew by more than the rows that came: the rows between are missing if more come after.
    pub(super) may_be_skipped: Option<Evidence>,
    skipped: Option<Evidence>,
    /// Pages with rows of the page before.
    repeated: Vec<Evidence>,
    /// How many keys all slots keep.
    keys: usize,
}

impl Ledger {
    /// A page came: how many of its rows the page before had.
    pub(super) fn came(&mut self, visit: &Visit<'_>) -> u64 {
        let slot = self.slot(visit);
        *self.brought.entry((visit.context, visit.call)).or_default() += 1;
        let rows = visit.seen.page.records as u64;
        let is_first = !self.tallies.contains_key(&slot);
        let tally = self.tallies.entry(slot).or_default();
        // The same token or list, asked for once more, has no more rows.
        let again = visit.part == Part::Beside && tally.request == visit.request;
        tally.rows = if again { rows } else { tally.rows.saturating_add(rows) };
        if is_first {
            tally.first_rows = rows;
        }
        tally.last_rows = rows;
        tally.request = visit.request;
        tally.pages += 1;
        let captures = &visit.extraction.captures;
        let told = |code: &'static Code, (count, field): (u64, String)| {
            (count, Evidence { code: code.id, page: visit.page, field, value: count.to_string() })
        };
        let total = visit.pager.total(visit.seen, captures).or_else(|| evidence::total(visit.seen));
        if let Some(total) = total {
            tally.total = Some(told(&codes::paging::fewer_rows_than_total, total));
        }
        if let Some(count) = visit.pager.page_count(visit.seen, captures) {
            tally.page_count = Some(told(&codes::paging::fewer_pages_than_count, count));
        }
        let read = pointers_read(visit);
        tally.unread = evidence::unread_next(visit.seen, visit.page, &read, visit.pager.reads_link_header());
        if visit.part == Part::Beside { 0 } else { self.rows_repeated(slot, visit) }
    }

    /// Rows of a page that the page before had, told by their keys.
    fn rows_repeated(&mut self, slot: Slot, visit: &Visit<'_>) -> u64 {
        let keys = &visit.seen.page.keys;
        if self.keys > MOST_KEYS {
            self.tallies.values_mut().for_each(|tally| tally.keys = HashSet::new());
            self.keys = 0;
        }
        let tally = self.tallies.entry(slot).or_default();
        let repeated = keys.iter().filter(|key| tally.keys.contains(key)).count() as u64;
        self.keys = (self.keys + keys.len()).saturating_sub(tally.keys.len());
        tally.keys = keys.iter().copied().collect();
        tally.repeated += repeated;
        if repeated > 0 && self.repeated.len() < KEPT {
            self.repeated.push(Evidence {
                code: codes::paging::rows_repeated.id,
                page: visit.page,
                field: "rows".to_owned(),
                value: repeated.to_string(),
            });
        }
        repeated
    }

    /// A round is through, which brought so many rows.
    pub(super) fn round_ends(&mut self, rows: u64) {
        self.brought.clear();
        if rows > 0 {
            self.skipped = self.skipped.take().or(self.may_be_skipped.take());
        }
    }

    /// A page answered that it is none: the calls after it count on.
    pub(super) fn none_came(&mut self, visit: &Visit<'_>) {
        *self.brought.entry((visit.context, visit.call)).or_default() += 1;
    }

    /// Something that this walk could not follow.
    pub(super) fn lose(&mut self, evidence: impl IntoIterator<Item = Evidence>) {
        let room = KEPT.saturating_sub(self.lost.len());
        self.lost.extend(evidence.into_iter().take(room));
    }

    /// A marker that is not the one that is followed.
    pub(super) fn differs(&mut self, evidence: Evidence) {
        if self.differing.len() < KEPT {
            self.differing.push(evidence);
        }
    }

    /// The earlier page with the same rows; without one, the page is remembered.
    pub(super) fn page_with_rows(&mut self, visit: &Visit<'_>) -> Option<u64> {
        let key = (self.slot(visit), visit.seen.page.rows_hash);
        let earlier = *self.contents.entry(key).or_insert(visit.page);
        (earlier != visit.page).then_some(earlier)
    }

    /// Whether the same was asked before at this place.
    pub(super) fn asked_before(&self, context: u64, call: Span, request: u64) -> bool {
        let nth = self.brought.get(&(context, call)).copied().unwrap_or_default();
        self.tallies.get(&Slot { context, call, nth }).is_some_and(|tally| tally.request == request)
    }

    /// Whether the place had pages before; and whether its last page was short.
    pub(super) fn pages_before(&self, visit: &Visit<'_>) -> Option<bool> {
        let tally = self.tallies.get(&self.slot(visit))?;
        let below_size = visit.pager.size.is_some_and(|size| tally.last_rows < size);
        Some(below_size || tally.last_rows < tally.first_rows)
    }

    /// Whether an offset grew past rows that never came.
    pub(super) fn skips(&self) -> bool {
        self.skipped.is_some()
    }

    /// A walk that turned in a circle: all is there only if a total says so.
    pub(super) fn repetition(&self, reason: Diagnostic, seen: Evidence) -> Outcome {
        if self.total_reached() {
            return complete(reason);
        }
        Outcome {
            verdict: Verdict::Unproven,
            reason: reason
                .help("no total says that all rows came: compare with the source, or mend the marker"),
            evidence: vec![seen],
        }
    }

    fn slot(&self, visit: &Visit<'_>) -> Slot {
        slot(visit, self.brought.get(&(visit.context, visit.call)).copied().unwrap_or_default())
    }

    pub(super) fn total_reached(&self) -> bool {
        let mut totals =
            self.tallies.values().filter_map(|tally| Some((tally.distinct(), tally.total.as_ref()?.0)));
        let mut any = false;
        totals.all(|(rows, total)| {
            any = true;
            rows >= total
        }) && any
    }

    /// A natural end: complete, unless something that was seen speaks against it.
    pub(super) fn conclude(&self, reason: Diagnostic) -> Outcome {
        let short = self.tallies.values().filter_map(|tally| {
            let (total, evidence) = tally.total.as_ref()?;
            (tally.distinct() < *total).then_some((tally.distinct(), evidence))
        });
        let mut short: Vec<_> = short.take(KEPT).collect();
        short.sort_by_key(|(_, total)| total.page);
        let few = self.tallies.values().filter_map(|tally| {
            let (count, evidence) = tally.page_count.as_ref()?;
            (tally.pages < *count).then_some((tally.pages, evidence))
        });
        let mut few: Vec<_> = few.take(KEPT).collect();
        few.sort_by_key(|(_, count)| count.page);
        let unread = self.unread();
        let Some((code, seen, help)) = self.doubt(&short, &few, &unread) else { return complete(reason) };
        let message = format!("{seen}; {}", reason.message);
        let totals = short.into_iter().chain(few).map(|(_, evidence)| evidence);
        let evidence =
            totals.chain(&self.skipped).chain(&self.repeated).chain(&self.differing).chain(unread).cloned();
        Outcome {
            verdict: Verdict::Unproven,
            reason: Diagnostic::new(code, message, reason.primary).help(help),
            evidence: evidence.collect(),
        }
    }

    /// An end that is proven by itself, unless something was lost on the way.
    pub(super) fn doubted(&self, outcome: Outcome) -> Outcome {
        let lost = !(self.lost.is_empty() && self.differing.is_empty());
        if lost && outcome.verdict == Verdict::Complete { self.conclude(outcome.reason) } else { outcome }
    }

    /// What speaks of more that nothing reads, by page.
    pub(super) fn unread(&self) -> Vec<&Evidence> {
        let of_tallies = self.tallies.values().flat_map(|tally| &tally.unread);
        let mut unread: Vec<_> = self.lost.iter().chain(of_tallies).take(KEPT).collect();
        unread.sort_by_key(|seen| seen.page);
        unread
    }

    fn doubt(
        &self,
        short: &[(u64, &Evidence)],
        few: &[(u64, &Evidence)],
        unread: &[&Evidence],
    ) -> Option<Doubt> {
        if let Some((rows, total)) = short.first() {
            return Some((
                &codes::paging::fewer_rows_than_total,
                format!("{rows} rows came, but `{}` on page {} is {}", total.field, total.page, total.value),
                "see whether the profile asks for all pages",
            ));
        }
        if let Some((pages, count)) = few.first() {
            let came = if *pages == 1 { "1 page came".to_owned() } else { format!("{pages} pages came") };
            return Some((
                &codes::paging::fewer_pages_than_count,
                format!("{came}, but `{}` on page {} is {}", count.field, count.page, count.value),
                "see whether the profile asks for all pages",
            ));
        }
        if let Some(gap) = self.skipped.as_ref().filter(|_| !self.total_reached()) {
            return Some((
                &codes::paging::offset_gap,
                format!(
                    "page {} had {} rows, but the offset grew by more, and rows came after",
                    gap.page, gap.value
                ),
                "set `PageSize` to what the service gives at most, or leave it out",
            ));
        }
        if let Some(first) = self.repeated.first().filter(|_| !self.total_reached()) {
            let rows = if first.value == "1" { "1 row".to_owned() } else { format!("{} rows", first.value) };
            return Some((
                &codes::paging::rows_repeated,
                format!("page {} has {rows} of the page before, by the `key` columns", first.page),
                "ask for the rows in a fixed order: where rows move between pages while they are read, others are passed over",
            ));
        }
        if let Some(other) = self.differing.first() {
            return Some((
                &codes::paging::markers_differ,
                format!(
                    "page {} left `{}` in `rows@next`, and the walk went on by another one",
                    other.page, other.value
                ),
                "let `pageurlpath`, `pagetokenpath` or a page number walk each call: the script has one marker for all",
            ));
        }
        let next = unread.first()?;
        Some((
            &codes::paging::next_page_unread,
            format!("`{}` on page {} is `{}`, and nothing reads it", next.field, next.page, next.value),
            "set `EnablePaging` and `pageurlpath`, `pagetokenpath` or `ElementMapPath#` to follow it",
        ))
    }
}
