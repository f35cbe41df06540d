//! What each call sends: the names that are set when it is reached, branches side by side.

use profilec_syntax::RowPath;
use profilec_vocabulary::{OperationId, ResponseFormat, Verb, operation_input};

use super::layout;
use super::paging::{self, is_pager};
use super::secrets::Secrets;
use super::wire::{CallFacts, Pair, Place};
use super::{masks, text};
use crate::lower::ROW_PATHS;
use crate::sets::{self, Entry, Key, Sets};
use crate::{Block, Body, Call, Plan, StatementKind, Template, TemplatePart, walk};

/// Facts of every call, in the order in which they are reached.
pub(crate) fn of(plan: &Plan, secrets: &Secrets) -> Vec<CallFacts> {
    let mut found = Vec::new();
    let mut reached: Vec<&Call> = Vec::new();
    sets::run(&plan.body, &mut Sets::new(), &mut |call, sets| {
        let items = sets::items_read(call);
        let mut facts = facts(plan, call, &Reads { sets, secrets, items });
        // The calls around it were reached before it, the innermost last.
        facts.within = reached.iter().rposition(|outer| contains(outer.body.block(), call)).map(|at| at + 1);
        facts.asks = !calls(call.body.block()).is_empty();
        reached.push(call);
        found.push(facts);
    });
    found
}

fn contains(block: &Block, wanted: &Call) -> bool {
    calls(block).into_iter().any(|call| std::ptr::eq(call, wanted))
}

/// All calls of a block, however deep.
fn calls(block: &Block) -> Vec<&Call> {
    let mut found = Vec::new();
    walk::statements(block, &mut |statement, _| {
        if let StatementKind::Call(call) = &statement.kind {
            found.push(call.as_ref());
        }
    });
    found
}

/// The sets that a call reads.
pub(crate) struct Reads<'s, 'p> {
    sets: &'s Sets<'p>,
    secrets: &'s Secrets,
    /// The items that the call reads, the default one without a name; none when they are computed.
    items: Vec<String>,
}

impl<'p> Reads<'_, 'p> {
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Key, &Entry<'p>)> {
        self.sets.iter().filter(|(key, _)| self.items.contains(&key.item))
    }

    pub(crate) fn values(&self, name: &str) -> Vec<&'p Template> {
        self.entries()
            .find(|(key, _)| key.name == name)
            .map(|(_, entry)| entry.values.clone())
            .unwrap_or_default()
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
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

fn facts(plan: &Plan, call: &Call, reads: &Reads<'_, '_>) -> CallFacts {
    let mut method = reads.texts("method");
    if method.is_empty() {
        method.push(match call.verb {
            Verb::Get => "GET".to_owned(),
            Verb::Post => "POST".to_owned(),
        });
    }
    let captures = reads.pairs("elementmapname", "elementmappath", |_, path| text::template(path));
    let (runs, row_columns, because) = runs(plan, &call.body);
    CallFacts {
        method,
        url: reads.texts("uri"),
        parameters: fields(
            reads,
            &[("paramname", "paramvalue"), ("urlparamname", "urlparamvalue")],
            "urlparam:",
            named,
        ),
        headers: fields(reads, &[("header:name", "header:value")], "header:", header),
        body: reads.texts("data"),
        settings: others(reads, call, true),
        variables: others(reads, call, false),
        format: match call.format {
            ResponseFormat::Json => "JSON".to_owned(),
            ResponseFormat::Xml => "XML".to_owned(),
            ResponseFormat::Csv => "CSV".to_owned(),
            ResponseFormat::Text => "the whole answer as text".to_owned(),
        },
        layout: layout::of(call.format, reads),
        rows: rows_of_table(plan, call).map_or_else(|| rows(reads), |path| vec![path]),
        paging: paging::of(reads, call, &captures),
        captures,
        within: None,
        asks: false,
        runs,
        row_columns,
        because,
    }
}

/// Of the tables that the call's row paths make, this one's.
fn rows_of_table(plan: &Plan, call: &Call) -> Option<String> {
    let relation = plan.relation.as_ref()?;
    let root = if call.format == ResponseFormat::Json { "/json" } else { "" };
    let path = match &relation.path {
        query @ RowPath::Query(_) => query.to_string(),
        path @ RowPath::Steps(_) => format!("{root}{path}"),
    };
    relation.rows.iter().any(|rows| rows.call == call.origin).then_some(path)
}

/// The strongest name that is set says where the rows are; weaker ones count where it may not be.
fn rows(reads: &Reads<'_, '_>) -> Vec<String> {
    let mut rows = Vec::new();
    for name in ROW_PATHS {
        rows.extend(reads.texts(name));
        if reads.entries().any(|(key, entry)| key.name == name && entry.sure) {
            break;
        }
    }
    rows
}

fn runs(plan: &Plan, body: &Body) -> (&'static str, Vec<String>, Option<Place>) {
    match body {
        Body::Page(_) => ("page", Vec::new(), None),
        Body::Row { reads, because, .. } => {
            let names = reads.iter().filter_map(|index| plan.columns.get(*index));
            let place = Place { path: String::new(), start: because.start(), end: because.end() };
            ("row", names.map(|column| column.name.clone()).collect(), Some(place))
        }
    }
}

fn named(name: &str, value: &Template) -> String {
    if masks::is_secret_name(name) { text::secret(value) } else { text::template(value) }
}

fn header(name: &str, value: &Template) -> String {
    let looks_secret = value.parts.iter().any(|part| match part {
        TemplatePart::Literal(literal) => masks::looks_secret(name, literal),
        TemplatePart::Reference(_) => false,
    });
    if looks_secret { text::secret(value) } else { named(name, value) }
}

/// Names with a section of their own.
const SHOWN: [&str; 22] = [
    "charset",
    "fmt",
    "includecolumnheaders",
    "jsonformat",
    "quotecharacter",
    "xmlformat",
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
/// Names of the item that the call reads, and of those that the script made for itself.
fn others(reads: &Reads<'_, '_>, call: &Call, known: bool) -> Vec<Pair> {
    let is_input = |key: &Key| {
        let read_by = match call.format {
            ResponseFormat::Text => OperationId::Http(call.verb),
            format => OperationId::FetchRows(format),
        };
        reads.items.contains(&key.item)
            && operation_input(&key.name).is_some_and(|input| input.is_read_by(read_by))
    };
    reads
        .sets
        .iter()
        .filter(|(key, _)| !SHOWN.contains(&key.name.as_str()) && !is_pager(&key.name))
        .filter(|(key, _)| !FAMILIES.iter().any(|family| key.name.starts_with(family)))
        .filter(|(key, _)| is_input(key) == known)
        .map(|(key, entry)| pair(key, entry, reads))
        .collect()
}

fn pair(key: &Key, entry: &Entry<'_>, reads: &Reads<'_, '_>) -> Pair {
    let named_apart =
        !key.item.is_empty() && !reads.items.contains(&key.item) && !entry.written.contains('.');
    let name = if named_apart { format!("{}.{}", key.item, entry.written) } else { entry.written.to_owned() };
    let own_item = if reads.items.contains(&key.item) { "" } else { key.item.as_str() };
    let full = if own_item.is_empty() { key.name.clone() } else { format!("{own_item}.{}", key.name) };
    let show = |value: &Template| {
        if reads.secrets.contains(&full) { text::secret(value) } else { named(&name, value) }
    };
    Pair { value: alternatives(entry, show), name }
}

/// The values that branches give, the empty text as `''`.
pub(crate) fn alternatives(entry: &Entry<'_>, show: impl Fn(&Template) -> String) -> String {
    let values = entry.values.iter().map(|value| match value.literal() {
        Some("") => "''".to_owned(),
        _ => show(value),
    });
    values.collect::<Vec<_>>().join(" or ")
}
