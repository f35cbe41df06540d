//! From row paths to levels: which records lie in which, and which of them a column reads.

use profilec_syntax::{Anchor, Path, RowPath, Step};
use profilec_vocabulary::ResponseFormat;

use crate::{ColumnSource, Level, PlanColumn};

/// The most levels of one call.
const MOST_LEVELS: usize = 64;

/// Where a call says that its rows are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPaths {
    /// What `JSONPath`, `XPath` or `RepeatElement` list; of several `RepeatElement#n`, each by its number.
    pub lists: Vec<(u32, Vec<RowPath>)>,
    /// `SubRepeatElement#n` by number.
    pub subs: Vec<(u32, Path)>,
}

/// Levels, and where columns are in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged {
    /// See [`crate::Extraction::levels`].
    pub levels: Vec<Level>,
    /// See [`crate::Extraction::relative`].
    pub relative: Vec<usize>,
    /// See [`crate::Extraction::columns`].
    pub columns: Vec<ColumnSource>,
    /// By level: a row path or a `SubRepeatElement#n` leads to it, not only a column.
    pub named: Vec<bool>,
}

/// Why row paths make no levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// A general query stands beside other paths.
    Query(String),
    /// `SubRepeatElement#n` leads out of the rows.
    Sub(u32),
    /// A column (its index) starts at an element that no path leads to.
    Column(usize, Path),
    /// Records of the `RepeatElement` of this number hold those of another one, or are the same, or lie in them.
    Overlapping(u32),
    /// More levels than are read.
    TooMany,
}

/// Arranges the levels of row paths. Records of one list are joined; rows of several lists follow each other.
///
/// A list's relative column paths start at its deepest path, of several at the first.
///
/// # Errors
/// See [`Misplaced`].
pub fn arrange(
    paths: &RowPaths,
    columns: &[PlanColumn],
    format: ResponseFormat,
) -> Result<Arranged, Misplaced> {
    let mut places = Places::new(paths)?;
    let ways = columns.iter().enumerate().map(|(at, column)| places.way(at, column, format));
    let ways = ways.collect::<Result<Vec<_>, _>>()?;
    places.add_branches();
    for way in &ways {
        if let Way::Root(steps) = way {
            places.add_read(steps);
            places.add_own(steps);
        }
    }
    places.are_apart()?;
    let (levels, order) = places.levels()?;
    let new_index = |old: usize| order.iter().position(|&at| at == old).unwrap_or_default();
    let relative: Vec<usize> = places.relative.iter().map(|&(_, at)| new_index(at)).collect();
    let columns = ways.into_iter().map(|way| match way {
        Way::Nothing => ColumnSource::Nothing,
        Way::Row(steps) => ColumnSource::Row(steps),
        Way::Root(steps) => match places.holding(&steps) {
            None => ColumnSource::Outside(steps),
            Some(at) => {
                let rest = steps[places.all[at].steps.len()..].to_vec();
                let at = new_index(at);
                if relative == [at] { ColumnSource::Row(rest) } else { ColumnSource::Level(at, rest) }
            }
        },
    });
    let columns = columns.collect();
    let named = order.iter().map(|&at| places.all[at].named).collect();
    Ok(Arranged { levels, relative, columns, named })
}

/// Where a column's value is.
enum Way {
    /// Steps from the root.
    Root(Vec<Step>),
    /// Steps from whichever row there is.
    Row(Vec<Step>),
    Nothing,
}

/// A place of records.
#[derive(Debug)]
struct Place {
    /// Which list it belongs to.
    list: usize,
    /// From the root.
    steps: Vec<Step>,
    /// A general query; the steps are its plain beginning.
    query: Option<String>,
    kept: bool,
    named: bool,
}

#[derive(Debug)]
struct Places {
    all: Vec<Place>,
    /// By list: its number, and the place that relative paths start at.
    relative: Vec<(u32, usize)>,
    /// Places of `SubRepeatElement#n`.
    subs: Vec<(u32, usize)>,
}

impl Places {
    fn new(paths: &RowPaths) -> Result<Self, Misplaced> {
        let mut places = Self { all: Vec::new(), relative: Vec::new(), subs: Vec::new() };
        for (list, (number, paths)) in paths.lists.iter().enumerate() {
            let first = places.all.len();
            for path in paths {
                let (steps, query) = match path {
                    RowPath::Steps(steps) => (steps.clone(), None),
                    RowPath::Query(query) => (plain_beginning(query), Some(query.clone())),
                };
                if places.find(list, &steps, query.as_deref()).is_none() {
                    places.all.push(Place { list, steps, query, kept: true, named: true });
                }
            }
            let own = first..places.all.len();
            let depth = |at: &usize| places.all[*at].steps.len();
            let Some(deepest) = own.clone().map(|at| depth(&at)).max() else { continue };
            places.relative.extend(own.into_iter().find(|at| depth(at) == deepest).map(|at| (*number, at)));
        }
        for (number, path) in &paths.subs {
            places.add_sub(*number, path)?;
        }
        places.check_queries()?;
        Ok(places)
    }

    /// A general query finds rows anywhere: nothing can be beside it, and only what starts like it is in it.
    fn check_queries(&self) -> Result<(), Misplaced> {
        let Some(place) = self.all.iter().find(|place| place.query.is_some()) else { return Ok(()) };
        let is_alone = self.all.iter().all(|other| {
            std::ptr::eq(place, other) || (other.query.is_none() && other.steps.starts_with(&place.steps))
        });
        let is_first = self.all.first().is_some_and(|first| first.query.is_some());
        if is_alone && is_first {
            Ok(())
        } else {
            Err(Misplaced::Query(place.query.clone().unwrap_or_default()))
        }
    }

    fn add_sub(&mut self, number: u32, path: &Path) -> Result<(), Misplaced> {
        let outside = Misplaced::Sub(number);
        let from = match path.anchor {
            Anchor::Root => None,
            // A relative one belongs to the `RepeatElement` of its number, where there are several.
            Anchor::Row => {
                let own = self.relative.iter().find(|(list, _)| *list == number);
                own.or(self.relative.first()).map(|(_, at)| *at)
            }
            Anchor::Repeat(_) | Anchor::SubRepeat(_) => {
                Some(self.anchor(path.anchor).ok_or(outside.clone())?)
            }
        };
        let mut steps = from.map_or_else(Vec::new, |at| self.all[at].steps.clone());
        steps.extend(path.steps.iter().cloned());
        let holder = match from {
            Some(at) => Some(at),
            None => self.holding(&steps),
        };
        let list = self.all[holder.ok_or(outside)?].list;
        let at = self.find(list, &steps, None).unwrap_or_else(|| {
            self.all.push(Place { list, steps, query: None, kept: true, named: true });
            self.all.len() - 1
        });
        self.subs.push((number, at));
        Ok(())
    }

    fn find(&self, list: usize, steps: &[Step], query: Option<&str>) -> Option<usize> {
        let is_same =
            |place: &Place| place.list == list && place.steps == steps && place.query.as_deref() == query;
        self.all.iter().position(is_same)
    }

    fn anchor(&self, anchor: Anchor) -> Option<usize> {
        let (places, wanted) = match anchor {
            Anchor::Repeat(number) => (&self.relative, number),
            Anchor::SubRepeat(number) => (&self.subs, number),
            Anchor::Root | Anchor::Row => return None,
        };
        places.iter().find(|(number, _)| *number == wanted).map(|(_, at)| *at)
    }

    /// The way to a column's value.
    fn way(&self, index: usize, column: &PlanColumn, format: ResponseFormat) -> Result<Way, Misplaced> {
        let Some(path) = &column.path else { return Ok(Way::Nothing) };
        let from = match path.anchor {
            Anchor::Root => return Ok(Way::Root(path.steps.clone())),
            Anchor::Row => match self.relative.as_slice() {
                [(_, only)] => *only,
                _ => return Ok(Way::Row(path.steps.clone())),
            },
            anchor => self.anchor(anchor).ok_or_else(|| Misplaced::Column(index, path.clone()))?,
        };
        let mut steps = self.all[from].steps.clone();
        if steps.is_empty() && format == ResponseFormat::Xml {
            // Where the record is an XML document, its members are those of the root element.
            steps.push(Step::Any);
        }
        steps.extend(path.steps.iter().cloned());
        Ok(Way::Root(steps))
    }

    /// The deepest place whose records hold this path.
    fn holding(&self, path: &[Step]) -> Option<usize> {
        let holds = |place: &Place| {
            let rest = path.strip_prefix(place.steps.as_slice());
            // An index picks one of the records: that one is the same for all rows.
            rest.is_some_and(|rest| !matches!(rest.first(), Some(Step::Index(_))))
        };
        let holders = (0..self.all.len()).filter(|&at| holds(&self.all[at]));
        // Of equally deep ones the first.
        holders.rev().max_by_key(|&at| self.all[at].steps.len())
    }

    /// An array between two levels that a column reads from is a level itself: the column belongs to the rows'
    /// own ancestors. Its records are rows of their own where those of a level above are.
    fn add_read(&mut self, path: &[Step]) {
        let Some(outer) = self.holding(path) else { return };
        let (list, depth) = (self.all[outer].list, self.all[outer].steps.len());
        let inner = self.all.iter().filter(|place| {
            place.list == list && place.steps.len() > depth && place.steps.starts_with(&path[..depth])
        });
        let shared = inner.map(|place| shared(&place.steps, path)).max().unwrap_or(0);
        let is_read = shared > depth && !matches!(path.get(shared), None | Some(Step::Index(_)));
        if is_read {
            let is_above = |place: &Place| place.list == list && path[..shared].starts_with(&place.steps);
            let kept = self.all.iter().any(|place| place.kept && is_above(place));
            self.add(list, &path[..shared], kept);
        }
    }

    /// What lies on the way to the records of one list is not told of those of the others.
    fn add_own(&mut self, path: &[Step]) {
        if self.relative.len() < 2 || self.holding(path).is_some() {
            return;
        }
        let mut ways: Vec<(usize, usize)> =
            self.all.iter().map(|place| (shared(&place.steps, path), place.list)).collect();
        ways.sort_unstable();
        let Some((longest, list)) = ways.pop() else { return };
        let others = ways.into_iter().rev().find(|(_, other)| *other != list).map_or(0, |(shared, _)| shared);
        // The record is what the value lies in.
        let own = if matches!(path.get(longest), None | Some(Step::Index(_))) {
            longest.saturating_sub(1)
        } else {
            longest
        };
        if own > others {
            self.add(list, &path[..own], false);
        }
    }

    /// Where two ways part there is a level: what they lead to is joined within one record of it.
    fn add_branches(&mut self) {
        let places = self.all.len();
        for first in 0..places {
            for second in first + 1..places {
                let (one, other) = (&self.all[first], &self.all[second]);
                if one.list == other.list && one.query.is_none() && other.query.is_none() {
                    let shared = shared(&one.steps, &other.steps);
                    let (list, steps) = (one.list, one.steps[..shared].to_vec());
                    self.add(list, &steps, false);
                }
            }
        }
    }

    fn add(&mut self, list: usize, steps: &[Step], kept: bool) {
        let is_there = |place: &Place| place.list == list && place.steps == steps;
        // So many are refused later on.
        if self.all.len() <= MOST_LEVELS && !self.all.iter().any(is_there) {
            self.all.push(Place { list, steps: steps.to_vec(), query: None, kept, named: false });
        }
    }

    /// Records of one list neither are nor hold those of another.
    fn are_apart(&self) -> Result<(), Misplaced> {
        for place in &self.all {
            let overlaps = |other: &Place| {
                let (one, other_way) = (&place.steps, &other.steps);
                other.list < place.list && (one.starts_with(other_way) || other_way.starts_with(one))
            };
            if self.all.iter().any(overlaps) {
                let number = self.relative.get(place.list).map_or(0, |(number, _)| *number);
                return Err(Misplaced::Overlapping(number));
            }
        }
        Ok(())
    }

    /// The places as levels, parents first, and which place each is.
    fn levels(&self) -> Result<(Vec<Level>, Vec<usize>), Misplaced> {
        if self.all.len() > MOST_LEVELS {
            return Err(Misplaced::TooMany);
        }
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by_key(|&at| (self.all[at].list, self.all[at].steps.len()));
        let level = |(nth, &at): (usize, &usize)| {
            let place = &self.all[at];
            let is_outer = |outer: &&usize| {
                let outer = &self.all[**outer];
                outer.list == place.list && place.steps.starts_with(&outer.steps)
            };
            let parent = order[..nth].iter().rposition(|outer| is_outer(&outer));
            let inner = parent.map_or(0, |parent| self.all[order[parent]].steps.len());
            let path = match &place.query {
                Some(query) => RowPath::Query(query.clone()),
                None => RowPath::Steps(place.steps[inner..].to_vec()),
            };
            Level { parent, path, kept: place.kept }
        };
        let levels = order.iter().enumerate().map(level).collect();
        Ok((levels, order))
    }
}

/// How many steps two ways share.
fn shared(one: &[Step], other: &[Step]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// The plain steps that a general query begins with: those of an absolute column path that lies within its rows.
/// Without any, steps that no column has.
fn plain_beginning(query: &str) -> Vec<Step> {
    let plain = query.strip_prefix('$').unwrap_or(query);
    let plain = &plain[..plain.find(['[', '*', '?']).unwrap_or(plain.len())];
    let plain = plain.split("..").next().unwrap_or_default();
    let names = plain.split('.').filter(|name| !name.is_empty());
    let steps: Vec<Step> = names.map(|name| Step::Name(name.to_owned())).collect();
    if steps.is_empty() { vec![Step::Name(query.to_owned())] } else { steps }
}
