//! Data flow: which values reach each reference and each call, computed once for all rules.
//!
//! An abstract run of one pass over the script, in the order of the engine: every branch is taken, branches are
//! joined, a loop's body sees what it sets itself. It never runs longer than the profile is large times deep.

mod env;
mod resolve;
mod run;
mod writes;

use std::collections::{BTreeMap, HashMap};

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Reference, Statement, Template};

use crate::cx::Method;

pub(crate) use resolve::{Chain, Declared, Kind, Piece, Resolver, is, is_code, literal_argument};

/// Everything that is known of the values of one profile.
#[derive(Debug, Default)]
pub(crate) struct Flow<'a> {
    places: Vec<Place<'a>>,
    /// Keyed by the place of the reference.
    reaching: HashMap<Span, Reaching>,
    calls: Vec<CallView<'a>>,
}

/// A place that gives a name its value.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    /// Where the name stands.
    pub(crate) span: Span,
    pub(crate) value: Given<'a>,
}

/// The value that a place gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given<'a> {
    /// Written in the script.
    Template(&'a Template),
    /// Written in the script as a part of a longer text, without references: a line of `setm`, a pair in an `op`.
    Literal(&'a str),
    /// Taken from the response: `ElementMapName#`.
    Mapped,
    /// Something that is not followed.
    Unknown,
}

/// What reaches a place that reads a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reaching {
    /// Indices into the places, ascending. Empty with `many`: more than are kept.
    places: Vec<u32>,
    many: bool,
    /// Some place gives the name a value on every path to here.
    pub(crate) certain: bool,
    /// The reading place stands in a branch: whether it runs is decided in the run.
    pub(crate) branched: bool,
}

/// A call, and what reaches it.
#[derive(Debug)]
pub(crate) struct CallView<'a> {
    pub(crate) statement: &'a Statement,
    pub(crate) method: Method,
    /// The names that operations read, lower case, with the number from `#2` on.
    inputs: BTreeMap<String, Reaching>,
}

impl<'a> Flow<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        run::run(document)
    }

    /// What reaches a reference; `None` for one that no statement evaluates.
    pub(crate) fn reaching(&self, reference: &Reference) -> Option<&Reaching> {
        self.reaching.get(&reference.span)
    }

    /// All calls in the order of the file.
    pub(crate) fn calls(&self) -> &[CallView<'a>] {
        &self.calls
    }

    /// The places that reach, when all are known.
    pub(crate) fn places(&self, reaching: &Reaching) -> Option<Vec<&Place<'a>>> {
        let place = |at: &u32| self.places.get(*at as usize);
        (!reaching.many).then(|| reaching.places.iter().filter_map(place).collect())
    }

    /// The only place that reaches, and that on every path.
    pub(crate) fn only_place(&self, reaching: &Reaching) -> Option<&Place<'a>> {
        match reaching.places.as_slice() {
            [only] if reaching.certain && !reaching.many => self.places.get(*only as usize),
            _ => None,
        }
    }
}

impl Reaching {
    /// Whether no place gives it a value on any path.
    pub(crate) fn is_nothing(&self) -> bool {
        self.places.is_empty() && !self.many && !self.certain
    }
}

impl CallView<'_> {
    /// What reaches the call under a name that operations read (lower case; `header:name`, `header:name#2`).
    pub(crate) fn input(&self, name: &str) -> Option<&Reaching> {
        self.inputs.get(name)
    }

    /// The names under which something reaches it.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = (&str, &Reaching)> {
        self.inputs.iter().map(|(name, reaching)| (name.as_str(), reaching))
    }
}
