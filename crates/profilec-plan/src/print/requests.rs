//! What each call sends: the names that are set when it is reached, branches side by side.

use std::collections::BTreeMap;

use profilec_vocabulary::{ResponseFormat, set_name};

use super::wire::{CallFacts, PagingFacts, Pair, Place};
use super::{masks, text};
use crate::lower::ROW_PATHS;
use crate::walk;
use crate::{Block, Body, Call, Plan, Statement, StatementKind, Target, Template};

/// Facts of every call, in the order in which they are reached.
pub(crate) fn of(plan: &Plan) -> Vec<CallFacts> {
    let mut found = Vec::new();
    run(plan, &plan.body, &mut Sets::default(), &mut found);
    found
}

/// A name in an item (lower case; empty: the default item) with its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    item: String,
    name: String,
    number: u32,
}

/// The alternatives of a name's value: branches may have set it differently.
#[derive(Clone, Debug)]
struct Entry<'p> {
    written: &'p str,
    values: Vec<&'p Template>,
}

type Sets<'p> = BTreeMap<Key, Entry<'p>>;

fn run<'p>(plan: &'p Plan, block: &'p Block, sets: &mut Sets<'p>, found: &mut Vec<CallFacts>) {
    for Statement { kind, .. } in block {
        match kind {
            StatementKind::Set { target, value } => set(target, value, sets),
            StatementKind::Call(call) => found.push(facts(plan, call, sets)),
            StatementKind::Block(inner) => run(plan, inner, sets, found),
            StatementKind::If { .. } | StatementKind::Select(_) => {
                let ends = walk::blocks(kind).into_iter().map(|branch| branch_end(plan, branch, sets, found));
                *sets = ends.collect::<Vec<_>>().into_iter().fold(Sets::new(), joined);
            }
            StatementKind::Enum { body, .. } => {
                let end = branch_end(plan, body, sets, found);
                *sets = joined(std::mem::take(sets), end);
            }
            _ => {}
        }
    }
}

fn branch_end<'p>(
    plan: &'p Plan,
    branch: &'p Block,
    sets: &Sets<'p>,
    found: &mut Vec<CallFacts>,
) -> Sets<'p> {
    let mut end = sets.clone();
    run(plan, branch, &mut end, found);
    end
}

fn joined<'p>(mut sets: Sets<'p>, more: Sets<'p>) -> Sets<'p> {
    for (key, entry) in more {
        match sets.get_mut(&key) {
            None => {
                sets.insert(key, entry);
            }
            Some(known) => {
                for value in entry.values {
                    if !known.values.iter().any(|other| std::ptr::eq(*other, value)) {
                        known.values.push(value);
                    }
                }
            }
        }
    }
    sets
}

/// Computed names are left out: nobody knows them before the run.
fn set<'p>(target: &'p Target, value: &'p Template, sets: &mut Sets<'p>) {
    let Some(written) = target.attribute.literal() else { return };
    let access = walk::Access::new(target.item.as_ref(), &target.attribute);
    let (Some(name), false) = (access.attribute, target.item.is_some() && access.item.is_none()) else {
        return;
    };
    let (item, name) = (access.item.unwrap_or_default(), canonical(name));
    let (_, number) = written.split_once('#').unwrap_or((written, "1"));
    let number = number.trim().parse().unwrap_or_else(|_| {
        let last = sets.keys().filter(|key| key.item == item && key.name == name).map(|key| key.number).max();
        last.unwrap_or(0) + 1
    });
    sets.insert(Key { item, name, number }, Entry { written, values: vec![value] });
}

/// The known name that it is a spelling of (lower case), or it itself.
fn canonical(name: String) -> String {
    match set_name(&name) {
        Some(known) if !known.name.ends_with('*') => known.name.trim_end_matches('#').to_lowercase(),
        _ => name,
    }
}

/// The sets that a call reads.
struct Reads<'s, 'p> {
    sets: &'s Sets<'p>,
    item: String,
}

impl<'p> Reads<'_, 'p> {
    fn entries(&self) -> impl Iterator<Item = (&Key, &Entry<'p>)> {
        self.sets.iter().filter(|(key, _)| key.item == self.item)
    }

    fn values(&self, name: &str) -> Vec<&'p Template> {
        self.entries()
            .find(|(key, _)| key.name == name)
            .map(|(_, entry)| entry.values.clone())
            .unwrap_or_default()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).into_iter().map(text::template).collect()
    }

    /// Pairs of two numbered names.
    fn pairs(&self, names: &str, values: &str, show: impl Fn(&str, &Template) -> String) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (key, entry) in self.entries().filter(|(key, _)| key.name == names) {
            let value_key = Key { name: values.to_owned(), ..key.clone() };
            let held = self.sets.get(&value_key);
            let Some(name) = entry.values.first().map(|name| text::template(name)) else { continue };
            let value = held.map(|held| alternatives(held, |value| show(&name, value))).unwrap_or_default();
            pairs.push(Pair { name, value });
        }
        pairs
    }
}

/// Pairs of numbered names, then those with the name in the attribute.
fn fields(
    reads: &Reads<'_, '_>,
    numbered: &[(&str, &str)],
    family: &str,
    show: fn(&str, &Template) -> String,
) -> Vec<Pair> {
    let mut pairs: Vec<Pair> =
        numbered.iter().flat_map(|(names, values)| reads.pairs(names, values, show)).collect();
    for (key, entry) in reads.entries().filter(|(key, _)| !SHOWN.contains(&key.name.as_str())) {
        if key.name.starts_with(family) {
            let name = entry.written.get(family.len()..).unwrap_or_default().to_owned();
            pairs.push(Pair { value: alternatives(entry, |value| show(&name, value)), name });
        }
    }
    pairs
}

fn facts(plan: &Plan, call: &Call, sets: &Sets<'_>) -> CallFacts {
    let item = call.input.as_deref().map(str::to_lowercase).unwrap_or_default();
    let reads = Reads { sets, item };
    let mut method = reads.texts("method");
    if method.is_empty() {
        method.push("GET".to_owned());
    }
    let captures = reads.pairs("elementmapname", "elementmappath", |_, path| text::template(path));
    let rows = ROW_PATHS.iter().map(|name| reads.texts(name)).find(|rows| !rows.is_empty());
    let (runs, row_columns, because) = runs(plan, &call.body);
    CallFacts {
        method,
        url: reads.texts("uri"),
        parameters: fields(
            &reads,
            &[("paramname", "paramvalue"), ("urlparamname", "urlparamvalue")],
            "urlparam:",
            named,
        ),
        headers: fields(&reads, &[("header:name", "header:value")], "header:", header),
        body: reads.texts("data"),
        settings: others(&reads, true),
        variables: others(&reads, false),
        format: match call.format {
            ResponseFormat::Json => "JSON".to_owned(),
            ResponseFormat::Xml => "XML".to_owned(),
            ResponseFormat::Csv => "CSV".to_owned(),
        },
        rows: rows.unwrap_or_default(),
        paging: paging(&reads, call, &captures),
        captures,
        runs,
        row_columns,
        because,
    }
}

fn runs(plan: &Plan, body: &Body) -> (&'static str, Vec<String>, Option<Place>) {
    match body {
        Body::Page(_) => ("page", Vec::new(), None),
        Body::Row { reads, because, .. } => {
            let names = reads.iter().filter_map(|index| plan.columns.get(*index));
            let place = Place { start: because.start(), end: because.end() };
            ("row", names.map(|column| column.name.clone()).collect(), Some(place))
        }
    }
}

fn named(name: &str, value: &Template) -> String {
    if masks::is_secret_name(name) { text::secret(value) } else { text::template(value) }
}

fn header(name: &str, value: &Template) -> String {
    if value.literal().is_some_and(|literal| masks::looks_secret(name, literal)) {
        return text::secret(value);
    }
    named(name, value)
}

/// Names with a section of their own.
const SHOWN: [&str; 16] = [
    "method",
    "uri",
    "paramname",
    "paramvalue",
    "urlparamname",
    "urlparamvalue",
    "header:name",
    "header:value",
    "data",
    "jsonpath",
    "xpath",
    "repeatelement",
    "elementmapname",
    "elementmappath",
    "enablepaging",
    "rows@next",
];
/// Families with the name of the header or parameter in the attribute.
const FAMILIES: [&str; 2] = ["header:", "urlparam:"];
/// Declarative paging: the name that decides, and the kind.
const PAGERS: [(&str, &str); 4] = [
    ("pageurlpath", "by next URL"),
    ("pagetokenpath", "by token"),
    ("pagenumberparam", "by page number"),
    ("pageoffsetparam", "by offset"),
];
/// What else declarative paging reads.
const PAGER_VALUES: [&str; 4] = ["pagetokenparam", "hasmorepath", "pagesizeparam", "pagesize"];

fn is_pager(name: &str) -> bool {
    PAGERS.iter().any(|(pager, _)| *pager == name) || PAGER_VALUES.contains(&name)
}

/// Names of the item that the call reads, and of those that the script made for itself.
fn others(reads: &Reads<'_, '_>, known: bool) -> Vec<Pair> {
    reads
        .sets
        .iter()
        .filter(|(key, _)| !SHOWN.contains(&key.name.as_str()) && !is_pager(&key.name))
        .filter(|(key, _)| !FAMILIES.iter().any(|family| key.name.starts_with(family)))
        .filter(|(key, _)| (key.item == reads.item && set_name(&key.name).is_some()) == known)
        .map(|(key, entry)| pair(key, entry, reads))
        .collect()
}

fn pair(key: &Key, entry: &Entry<'_>, reads: &Reads<'_, '_>) -> Pair {
    let named_apart = !key.item.is_empty() && key.item != reads.item && !entry.written.contains('.');
    let name = if named_apart { format!("{}.{}", key.item, entry.written) } else { entry.written.to_owned() };
    Pair { value: alternatives(entry, |value| named(&name, value)), name }
}

/// The values that branches give, the empty text as `''`.
fn alternatives(entry: &Entry<'_>, show: impl Fn(&Template) -> String) -> String {
    let values = entry.values.iter().map(|value| match value.literal() {
        Some("") => "''".to_owned(),
        _ => show(value),
    });
    values.collect::<Vec<_>>().join(" or ")
}

fn paging(reads: &Reads<'_, '_>, call: &Call, captures: &[Pair]) -> PagingFacts {
    let mut values: Vec<Pair> = reads
        .entries()
        .filter(|(key, _)| is_pager(&key.name))
        .map(|(_, entry)| Pair { name: entry.written.to_owned(), value: alternatives(entry, text::template) })
        .collect();
    let declared = PAGERS.iter().find(|(name, _)| !reads.values(name).is_empty()).map(|(_, kind)| *kind);
    let markers = markers(call);
    let maps = captures.iter().any(|capture| capture.name.eq_ignore_ascii_case("rows@next"));
    let kind = declared.unwrap_or(if !markers.is_empty() || maps { "by the script" } else { "none" });
    if declared.is_none() {
        values.extend(markers.into_iter().map(|value| Pair { name: "rows@next".to_owned(), value }));
    }
    let enabled = reads.values("enablepaging").iter().any(|value| {
        value.literal().is_none_or(|word| {
            ["true", "yes", "1"].iter().any(|truth| word.trim().eq_ignore_ascii_case(truth))
        })
    });
    PagingFacts { kind, enabled, values }
}

/// What the body sets `rows@next` to.
fn markers(call: &Call) -> Vec<String> {
    let mut markers = Vec::new();
    walk::statements(call.body.block(), &mut |statement, _| {
        if let StatementKind::Set { target, value } = &statement.kind {
            let access = walk::Access::new(target.item.as_ref(), &target.attribute);
            if access.attribute.as_deref() == Some("rows@next") {
                markers.push(text::template(value));
            }
        }
    });
    markers
}
