//! What a general JSONPath costs: one that looks through a page for each of its nodes would never end.

use jsonpath_rust::parser::model::{
    Comparable, Comparison, Filter, FilterAtom, FnArg, JpQuery, Segment, Selector, Test, TestFunction,
};

/// Searches at any depth (`..`): each one more multiplies the work by the depth of the page.
const MOST_SEARCHES: usize = 2;
/// Combinations of selectors in `[…, …]`.
const MOST_COMBINATIONS: usize = 64;

/// The parts of a query that multiply its work.
#[derive(Debug)]
pub(super) struct Effort {
    searches: usize,
    combinations: usize,
    /// A filter looks from the root at more than a single node.
    looks_through_all: bool,
}

impl Effort {
    /// Of a query.
    pub(super) fn of(query: &JpQuery) -> Self {
        let mut effort = Self { searches: 0, combinations: 1, looks_through_all: false };
        effort.segments(&query.segments);
        effort
    }

    /// What is too much of it, and what to do.
    pub(super) fn excess(&self) -> Option<(&'static str, &'static str)> {
        if self.looks_through_all {
            return Some((
                "a filter of it would look through the page for each element",
                "in a filter, start at the element with `@`, or name one value from the root: `$.limits.max`",
            ));
        }
        if self.searches > MOST_SEARCHES {
            return Some((
                "it searches at any depth more than twice",
                "name the members on the way instead of `..`",
            ));
        }
        (self.combinations > MOST_COMBINATIONS)
            .then_some(("it selects more than 64 combinations", "name fewer members or indexes in `[…, …]`"))
    }

    fn segments(&mut self, segments: &[Segment]) {
        for segment in segments {
            self.segment(segment);
        }
    }

    fn segment(&mut self, segment: &Segment) {
        match segment {
            Segment::Descendant(inner) => {
                self.searches += 1;
                self.segment(inner);
            }
            Segment::Selector(selector) => self.selector(selector),
            Segment::Selectors(selectors) => {
                self.combinations = self.combinations.saturating_mul(selectors.len());
                for selector in selectors {
                    self.selector(selector);
                }
            }
        }
    }

    fn selector(&mut self, selector: &Selector) {
        if let Selector::Filter(filter) = selector {
            self.filter(filter);
        }
    }

    fn filter(&mut self, filter: &Filter) {
        match filter {
            Filter::Or(filters) | Filter::And(filters) => {
                for filter in filters {
                    self.filter(filter);
                }
            }
            Filter::Atom(FilterAtom::Filter { expr, .. }) => self.filter(expr),
            Filter::Atom(FilterAtom::Test { expr, .. }) => self.test(expr),
            Filter::Atom(FilterAtom::Comparison(comparison)) => self.comparison(comparison),
        }
    }

    fn comparison(&mut self, comparison: &Comparison) {
        let (left, right) = comparison.vals();
        for side in [left, right] {
            if let Comparable::Function(function) = side {
                self.function(function);
            }
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::RelQuery(segments) => self.segments(segments),
            Test::AbsQuery(query) => {
                self.looks_through_all |= !query.segments.iter().all(is_single);
                self.segments(&query.segments);
            }
            Test::Function(function) => self.function(function),
        }
    }

    fn function(&mut self, function: &TestFunction) {
        match function {
            TestFunction::Custom(_, arguments) => {
                for argument in arguments {
                    self.argument(argument);
                }
            }
            TestFunction::Length(argument) => self.argument(argument),
            TestFunction::Value(argument) | TestFunction::Count(argument) => self.argument(argument),
            TestFunction::Search(text, pattern) | TestFunction::Match(text, pattern) => {
                self.argument(text);
                self.argument(pattern);
            }
        }
    }

    fn argument(&mut self, argument: &FnArg) {
        match argument {
            FnArg::Literal(_) => {}
            FnArg::Test(test) => self.test(test),
            FnArg::Filter(filter) => self.filter(filter),
        }
    }
}

/// Whether a segment leads to one node at most.
const fn is_single(segment: &Segment) -> bool {
    matches!(segment, Segment::Selector(Selector::Name(_) | Selector::Index(_)))
}
