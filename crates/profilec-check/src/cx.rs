//! What a rule is, and what it sees.

use std::collections::HashMap;

use profilec_diagnostics::{Code, Diagnostic, Label, Tally};
use profilec_syntax::{Document, Info, Param, Statement, Template};
use profilec_vocabulary::{KeywordId, closest};

use crate::flow::{Flow, Resolver};
use crate::names::Names;

/// Misspelt names of one file that are looked for among its own names: the search for each goes through all of
/// them.
const MAX_GUESSES: usize = 200;

/// Places that a finding names besides its own.
const MAX_PLACES: usize = 4;

/// A rule: a function on a kind of node, without state. Which codes it gives stands in its body.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// Once.
    Document(for<'a> fn(&mut Cx<'a>, &'a Document)),
    /// Once, when there is one.
    Info(for<'a> fn(&mut Cx<'a>, &'a Info)),
    /// Each element of the script, outer before inner.
    Statement(for<'a> fn(&mut Cx<'a>, &'a Statement)),
    /// Each value and text of a keyword.
    Template(for<'a> fn(&mut Cx<'a>, &'a Template)),
}

/// Which requests run a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// It stands outside all method blocks: every request.
    Any,
    /// It stands in a block that answers GET.
    Get,
    /// It stands in a block for writes only; profilec never runs it.
    Write,
}

impl Method {
    /// Where the children of a statement stand.
    pub(crate) fn within(self, statement: &Statement) -> Self {
        if statement.id() != Some(KeywordId::Script) {
            return self;
        }
        match statement.value("method") {
            Some(methods) if self != Self::Write => {
                let is_get = |method: &str| method.trim().eq_ignore_ascii_case("get");
                if methods.text.as_str().split(',').any(is_get) { Self::Get } else { Self::Write }
            }
            _ => self,
        }
    }
}

/// A finding, and whether it keeps the GET path from running.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) blocks: bool,
}

/// What a rule sees of the profile besides its node, and where it reports.
pub(crate) struct Cx<'a> {
    document: &'a Document,
    file_stem: Option<&'a str>,
    names: &'a Names<'a>,
    values: &'a Resolver<'a>,
    found: Vec<Found>,
    tally: Tally,
    /// What misspelt names may have meant, by code.
    guesses: HashMap<(&'static str, String), Option<String>>,
    /// The findings that stand for all places of a cause, by code and cause.
    firsts: HashMap<(&'static str, String), usize>,
    /// The elements around the node, the root first.
    pub(crate) parents: Vec<&'a Statement>,
    /// Which requests run the node.
    pub(crate) method: Method,
    /// The parameter whose value the template is; `None` for a body.
    pub(crate) param: Option<&'a Param>,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(
        document: &'a Document,
        file_stem: Option<&'a str>,
        names: &'a Names<'a>,
        values: &'a Resolver<'a>,
    ) -> Self {
        Self {
            document,
            file_stem,
            names,
            values,
            found: Vec::new(),
            tally: Tally::default(),
            guesses: HashMap::new(),
            firsts: HashMap::new(),
            parents: Vec::new(),
            method: Method::Any,
            param: None,
        }
    }

    pub(crate) const fn document(&self) -> &'a Document {
        self.document
    }

    /// The name of the profile's file, without folder and ending.
    pub(crate) const fn file_stem(&self) -> Option<&'a str> {
        self.file_stem
    }

    pub(crate) const fn names(&self) -> &'a Names<'a> {
        self.names
    }

    /// Where values come from.
    pub(crate) const fn values(&self) -> &'a Resolver<'a> {
        self.values
    }

    /// What reaches each reference and call.
    pub(crate) fn flow(&self) -> &'a Flow<'a> {
        self.values.flow()
    }

    /// The element around the node.
    pub(crate) fn parent(&self) -> Option<&'a Statement> {
        self.parents.last().copied()
    }

    /// The candidate that a misspelt name most likely stands for, looked for once for each name of a code. A file
    /// that has more misspelt names than [`MAX_GUESSES`] is not mended name by name: beyond, `None`.
    pub(crate) fn near<'c, C: Iterator<Item = &'c str>>(
        &mut self,
        code: &'static Code,
        written: &str,
        candidates: impl FnOnce() -> C,
    ) -> Option<String> {
        let key = (code.id, written.to_owned());
        if let Some(known) = self.guesses.get(&key) {
            return known.clone();
        }
        if self.guesses.len() >= MAX_GUESSES {
            return None;
        }
        let near = closest(written, candidates()).map(str::to_owned);
        self.guesses.insert(key, near.clone());
        near
    }

    /// Reports what a run survives.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.keep(Found { diagnostic, blocks: false });
    }

    /// Reports a cause at the first of its places; the next ones are labels of that finding, and are mended by its
    /// fix.
    pub(crate) fn report_first(&mut self, cause: &str, diagnostic: Diagnostic, again: &str) {
        let key = (diagnostic.code.id, cause.to_owned());
        let first = self.firsts.get(&key).and_then(|at| self.found.get_mut(*at));
        let Some(Found { diagnostic: first, .. }) = first else {
            self.firsts.insert(key, self.found.len());
            self.report(diagnostic);
            return;
        };
        for (fix, same) in first.fixes.iter_mut().zip(diagnostic.fixes) {
            if fix.title == same.title {
                fix.edits.extend(same.edits);
            }
        }
        if first.others.len() < MAX_PLACES {
            first.others.push(Label::new(diagnostic.primary.span, again));
        }
    }

    /// Reports what keeps the GET path from running, unless the node stands in a write block.
    pub(crate) fn refuse(&mut self, diagnostic: Diagnostic) {
        self.keep(Found { diagnostic, blocks: self.method != Method::Write });
    }

    fn keep(&mut self, found: Found) {
        if self.tally.admits(&found.diagnostic) {
            self.found.push(found);
        }
    }

    /// All findings by place, then by code.
    pub(crate) fn into_found(self) -> Vec<Found> {
        let mut found = self.found;
        found.sort_by_key(|found| (found.diagnostic.primary.span, found.diagnostic.code.id));
        self.tally.tell(found.iter_mut().map(|found| &mut found.diagnostic));
        found
    }
}
