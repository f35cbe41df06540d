//! The names of a profile: what sets them and what reads them. Computed once for all rules.
//!
//! Names compare without case and without their number (`#2`). `item.attr` may be an attribute of an item or
//! a name with a dot; both readings count as set and as read, so that no rule cries wolf.

mod collect;
mod known;
mod misspelt;
mod sites;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Reference};
use profilec_vocabulary::{OperationId, OperationInput, ResponseFormat};

use crate::cx::Method;

pub(crate) use known::{bare, is_like_marker, is_marker};
pub(crate) use sites::{CallSite, Index, SetSite};

/// All names of one profile.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Names<'a> {
    sets: Vec<SetSite<'a>>,
    calls: Vec<CallSite<'a>>,
    reads: Vec<Read<'a>>,
    /// Names of columns, inputs and outputs, as written.
    declared: Vec<&'a str>,
    /// Names of columns, as written.
    columns: Vec<&'a str>,
    /// Bare names that `sets` give a value.
    set: HashSet<String>,
    /// Items that `sets` give an attribute, bare.
    items_set: HashSet<String>,
    /// Names that `sets` give a value, bare and without their item.
    attributes_set: HashSet<String>,
    /// The first of `sets` that maps a value of the response to a name, by that name, bare.
    mapped: HashMap<String, usize>,
    /// Those of `sets` that set a name of the language, by that name, lower case, without its number.
    known: HashMap<String, Vec<usize>>,
    /// The same, by name and number.
    numbered: HashMap<(String, Index), Vec<usize>>,
    /// Those of `sets` that give the next page's marker, outside write blocks.
    markers: Vec<usize>,
    /// Those of `sets` whose name is misspelt, and what is meant.
    misspelt: OnceCell<Vec<(usize, &'a str)>>,
    /// What the calls run, each once; `None`: what cannot be known.
    operations: HashSet<Option<OperationId>>,
    /// Those of `declared` that end in `*`, without it, lower case.
    declared_prefixes: Vec<String>,
    /// Bare names that `reads` read, with and without their item.
    read: HashSet<String>,
    /// The names of `declared`, bare.
    declared_bare: HashSet<String>,
    /// Bare names that statements test or iterate: their absence is provided for.
    tested: HashSet<String>,
    /// Items that get attributes of unknown names, bare.
    open_items: HashSet<String>,
    /// What is declared cannot be known: `info` is missing, or something in it declares nothing.
    declares_unknown: bool,
    /// Some statement outside write blocks sets names that cannot be known.
    open: bool,
    /// Some statement of a write block does.
    open_writes: bool,
    /// Some statement reads names that cannot be known.
    reads_any: bool,
}

/// A reference with a literal name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a> {
    /// As written, `_input.site`.
    pub(crate) name: &'a str,
    pub(crate) reference: &'a Reference,
}

impl<'a> Names<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        collect::collect(document)
    }

    /// All places that set a literal name, in file order.
    pub(crate) fn sets(&self) -> &[SetSite<'a>] {
        &self.sets
    }

    /// The places outside write blocks that set a name of the language (`URI`, in any spelling).
    pub(crate) fn setters(&self, canonical: &str) -> impl Iterator<Item = &SetSite<'a>> {
        let known = self.known.get(&folded(canonical)).into_iter().flatten();
        known.filter_map(|at| self.sets.get(*at)).filter(|site| site.method != Method::Write)
    }

    /// The same, of one number.
    pub(crate) fn numbered(&self, canonical: &str, index: Index) -> impl Iterator<Item = &SetSite<'a>> {
        let numbered = self.numbered.get(&(folded(canonical), index)).into_iter().flatten();
        numbered.filter_map(|at| self.sets.get(*at)).filter(|site| site.method != Method::Write)
    }

    /// The places outside write blocks that give the next page's marker: `rows@next` set, or mapped.
    pub(crate) fn marker_setters(&self) -> impl Iterator<Item = &SetSite<'a>> {
        self.markers.iter().filter_map(|at| self.sets.get(*at))
    }

    /// All calls, in file order.
    pub(crate) fn calls(&self) -> &[CallSite<'a>] {
        &self.calls
    }

    /// How responses are read: as the first call outside write blocks says.
    pub(crate) fn format(&self) -> ResponseFormat {
        let mut read = self.calls.iter().filter(|call| call.method != Method::Write);
        read.find_map(|call| call.format().filter(|format| *format != ResponseFormat::Text))
            .unwrap_or(ResponseFormat::Json)
    }

    /// Whether an operation that the profile calls reads this input. One that cannot be known gives rows.
    pub(crate) fn operations_read(&self, input: &OperationInput) -> bool {
        let gives_rows =
            || input.read_by.iter().any(|operation| matches!(operation, OperationId::FetchRows(_)));
        self.operations.is_empty() && gives_rows()
            || self.operations.iter().any(|operation| match operation {
                Some(operation) => input.is_read_by(*operation),
                None => gives_rows(),
            })
    }

    /// The input that a place sets for an operation that the profile calls.
    pub(crate) fn input_of(&self, site: &SetSite<'_>) -> Option<&'static OperationInput> {
        site.known().filter(|input| self.operations_read(input))
    }

    /// All references with a literal name.
    pub(crate) fn reads(&self) -> &[Read<'a>] {
        &self.reads
    }

    /// Whether some statement sets names that cannot be known before the run.
    pub(crate) const fn sets_unknown_names(&self) -> bool {
        self.open
    }

    /// Notes a place that sets a name.
    fn sets_name(&mut self, site: SetSite<'a>) {
        self.items_set.extend(site.gives().filter_map(|name| Some(name.split_once('.')?.0.to_owned())));
        self.set.extend(site.gives());
        self.attributes_set.insert(bare(site.attribute()));
        self.attributes_set.extend(site.gives().filter_map(|name| Some(name.split_once('.')?.1.to_owned())));
        let at = self.sets.len();
        if let Some(known) = site.known() {
            let name = folded(known.parameter.name);
            self.numbered.entry((name.clone(), site.index())).or_default().push(at);
            self.known.entry(name).or_default().push(at);
        }
        if site.method != Method::Write && site.gives_marker() {
            self.markers.push(at);
        }
        if let Some(name) = site.maps().filter(|_| site.method != Method::Write) {
            self.mapped.entry(name).or_insert(at);
        }
        if site.maps_any() {
            self.open_for(site.method);
        }
        self.sets.push(site);
    }

    /// Notes a call.
    fn calls_operation(&mut self, site: CallSite<'a>) {
        self.operations.insert(site.operation().map(|operation| operation.id));
        self.calls.push(site);
    }

    /// Notes a reference.
    fn reads_name(&mut self, name: &'a str, reference: &'a Reference) {
        let bare = bare(name);
        self.read.extend(bare.split_once('.').map(|(_, rest)| rest.to_owned()));
        self.read.insert(bare);
        self.reads.push(Read { name, reference });
    }

    /// Notes a statement that sets names which cannot be known.
    fn open_for(&mut self, method: Method) {
        if method == Method::Write {
            self.open_writes = true;
        } else {
            self.open = true;
        }
    }

    /// Whether a name may have a value at some time of some run of such a statement.
    pub(crate) fn may_be_set(&self, name: &str, method: Method) -> bool {
        let name = bare(name);
        if self.open
            || (self.declares_unknown && !name.contains('.'))
            || (self.open_writes && method == Method::Write)
            || self.tested.contains(&name)
            || known::is_built_in(&name)
            || is_marker(&name)
        {
            return true;
        }
        let item_is_open = name.split_once('.').is_some_and(|(item, _)| self.open_items.contains(item));
        item_is_open || self.is_declared(&name) || self.set.contains(&name)
    }

    /// The first place that sets a name which has a value by no other means: it is neither declared, mapped, tested
    /// nor there by itself, and stands in no item whose attributes cannot be known.
    pub(crate) fn only_set_by_script(&self, name: &str, method: Method) -> Option<&SetSite<'a>> {
        let bare = bare(name);
        if known::is_built_in(&bare) || is_marker(&bare) || self.is_declared(&bare) || name.contains('#') {
            return None;
        }
        let is_open = self.open || (self.open_writes && method == Method::Write);
        let item_is_open = bare.split_once('.').is_some_and(|(item, rest)| {
            self.open_items.contains(item) || self.is_declared(rest) || self.set.contains(rest)
        });
        if is_open || item_is_open || self.tested.contains(&bare) || self.maps(name) {
            return None;
        }
        let mut sites = self.sets.iter().filter(|site| site.bare() == bare);
        let first = sites.next()?;
        (first.is_first() && sites.all(SetSite::is_first)).then_some(first)
    }

    /// The other half of a pair, with the same number and in the same item, in the block's own method if it is there.
    pub(crate) fn other_half(&self, site: &SetSite<'_>, name: &str) -> Option<&SetSite<'a>> {
        let item = |site: &SetSite<'_>| site.spelling.strip_suffix(site.attribute()).map(str::to_lowercase);
        let own = item(site);
        let numbered = self.numbered.get(&(folded(name), site.index())).into_iter().flatten();
        let mut all = numbered.filter_map(|at| self.sets.get(*at)).filter(|other| item(other) == own);
        let first = all.next()?;
        let own = std::iter::once(first).chain(all).find(|other| other.method == site.method);
        Some(own.unwrap_or(first))
    }

    /// Whether a value of the response is mapped to this name.
    pub(crate) fn maps(&self, name: &str) -> bool {
        self.mapping(name).is_some()
    }

    /// The place that maps a value of the response to this name.
    pub(crate) fn mapping(&self, name: &str) -> Option<&SetSite<'a>> {
        self.sets.get(*self.mapped.get(&bare(name))?)
    }

    /// Whether a bare name is declared, itself or by a pattern (`env:*`).
    fn is_declared(&self, name: &str) -> bool {
        self.declared_bare.contains(name)
            || self.declared_prefixes.iter().any(|prefix| name.starts_with(prefix))
    }

    /// Whether some statement reads names that cannot be known before the run.
    pub(crate) const fn reads_unknown_names(&self) -> bool {
        self.reads_any
    }

    /// Whether something reads or tests a name, in an item or not.
    pub(crate) fn reads_name_of(&self, name: &str) -> bool {
        let name = bare(name);
        self.read.contains(&name)
            || self.tested.contains(&name)
            || self.tested.contains(&format!("_input.{name}"))
    }

    /// Whether something reads or tests `_input.NAME`.
    pub(crate) fn reads_input(&self, name: &str) -> bool {
        let full = format!("_input.{}", bare(name));
        self.read.contains(&full) || self.tested.contains(&full)
    }

    /// Whether the script sets a name, in an item or not.
    pub(crate) fn sets_name_of(&self, name: &str) -> bool {
        let name = bare(name);
        self.set.contains(&name) || self.attributes_set.contains(&name)
    }

    /// Whether the script or `api:info` makes this name.
    pub(crate) fn makes(&self, name: &str) -> bool {
        let name = bare(name);
        self.set.contains(&name) || self.declared_bare.contains(&name)
    }

    /// Whether an item may have attributes that cannot be known.
    pub(crate) fn is_open_item(&self, item: &str) -> bool {
        self.open || self.open_items.contains(&bare(item))
    }

    /// Whether the script makes an item of this name, or attributes of it.
    pub(crate) fn makes_item(&self, item: &str) -> bool {
        let item = bare(item);
        self.open_items.contains(&item) || self.items_set.contains(&item)
    }

    /// Whether something reads a name that a `set` gives.
    pub(crate) fn is_read(&self, site: &SetSite<'_>) -> bool {
        let is_read =
            |name: &str| self.tested.contains(name) || self.read.contains(name) || self.is_declared(name);
        self.reads_any || site.maps_any() || site.gives().any(|name| is_read(&name))
    }

    /// The names that a misspelt reference may have meant, as written.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &str> {
        let mapped = self.sets.iter().filter(|site| site.is("ElementMapName"));
        let mapped = mapped.filter_map(|site| site.literal.as_deref());
        let set = self.sets.iter().map(|site| site.spelling.as_str());
        set.chain(mapped).chain(self.declared.iter().copied())
    }

    /// Whether `_input.NAME` is declared as input or column, set by the script, or tested by it.
    pub(crate) fn is_input(&self, name: &str) -> bool {
        let name = bare(name);
        let full = format!("_input.{name}");
        self.open
            || self.declares_unknown
            || is_marker(&name)
            || self.open_items.contains("_input")
            || self.is_declared(&name)
            || self.set.contains(&full)
    }
}

/// The name of a reference when it is literal, and where it stands.
pub(crate) fn literal_name(reference: &Reference) -> Option<(&str, Span)> {
    use profilec_syntax::{Part, Source};
    let Source::Name(parts) = &reference.source else { return None };
    match parts.as_slice() {
        [Part::Literal(name)] => Some((name.trim(), reference.source_span)),
        _ => None,
    }
}

/// Where the last part of a name stands; in a name with entities the places of parts are not known: the whole.
pub(crate) fn part(whole: Span, written: &str, own: &str) -> Span {
    let start = written.len().saturating_sub(own.len());
    let range = u32::try_from(start).ok().zip(u32::try_from(written.len()).ok());
    let part = range.and_then(|(start, end)| whole.narrow(start..end));
    part.filter(|_| whole.len() as usize == written.len()).unwrap_or(whole)
}

/// A name of the language as it is looked for.
fn folded(canonical: &str) -> String {
    canonical.trim_end_matches('#').to_lowercase()
}
