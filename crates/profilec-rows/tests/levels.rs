//! Properties of joined levels: the rows are those of a plain join of the whole document, in JSON as in XML.

mod support;

use profilec_diagnostics::Span;
use profilec_plan::{ColumnSource, Extraction, Level, Misplaced, Relation, RowPaths, arrange, relations};
use profilec_syntax::{RowPath, Step, Text, parse_row_path};
use profilec_vocabulary::ResponseFormat;
use proptest::prelude::*;
use serde_json::{Map, Value};
use support::{Case, cells};

/// Lists of records: `a` and `z` at the root, `f` and `g` within something that no list of theirs names.
const LISTS: [&str; 8] = ["a", "a/b", "a/b/d", "a/b/e", "a/c", "a/x/f", "a/x/g", "z"];

/// Every object of a document has a `v`; so columns read every one of them, records or not.
const COLUMNS: [&str; 10] =
    ["v", "a/v", "a/b/v", "a/b/d/v", "a/b/e/v", "a/c/v", "a/x/v", "a/x/f/v", "a/x/g/v", "z/v"];

fn members_of(way: &str) -> Vec<String> {
    let below = LISTS.iter().chain(&["a/x"]).filter_map(|list| match list.rsplit_once('/') {
        Some((outer, name)) => (outer == way).then_some(name),
        None => way.is_empty().then_some(*list),
    });
    below.map(str::to_owned).collect()
}

/// What may stand where a list is wanted: nothing, null, no element, one without brackets, several.
fn list(way: &str) -> BoxedStrategy<Option<Value>> {
    let record = record(way);
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(Value::Null)),
        1 => Just(Some(Value::Array(Vec::new()))),
        2 => record.clone().prop_map(Some),
        4 => prop::collection::vec(record, 1..4).prop_map(|records| Some(Value::Array(records))),
    ]
    .boxed()
}

/// An object at this place, its members in any order.
fn record(way: &str) -> BoxedStrategy<Value> {
    let below = members_of(way);
    let members = below.iter().map(|name| list(format!("{way}/{name}").trim_start_matches('/')));
    let members = members.collect::<Vec<_>>();
    let mut names = below;
    names.push("v".to_owned());
    let order = Just((0..names.len()).collect::<Vec<_>>()).prop_shuffle();
    (members, prop::option::of("[a-z]{1,3}"), order)
        .prop_map(move |(mut members, own, order)| {
            members.push(own.map(Value::from));
            let members = order.into_iter().filter_map(|at| Some((names[at].clone(), members[at].clone()?)));
            Value::Object(members.collect::<Map<_, _>>())
        })
        .boxed()
}

/// The elements of arrays, however they are nested; anything else but null is one itself.
fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().flat_map(elements).collect(),
        value => vec![value],
    }
}

/// All records at a path, each with the objects on the way to it, the record last.
fn records<'v>(start: &'v Value, steps: &[Step]) -> Vec<Vec<&'v Value>> {
    let mut ways: Vec<Vec<&Value>> = elements(start).into_iter().map(|start| vec![start]).collect();
    for step in steps {
        let Step::Name(name) = step else { panic!("only names are generated") };
        let longer = ways.iter().flat_map(|way| {
            let here = way.last().and_then(|here| here.get(name)).map(elements).unwrap_or_default();
            here.into_iter().map(|next| way.iter().copied().chain([next]).collect())
        });
        ways = longer.collect();
    }
    ways
}

/// The value at a path; through an array, its first element.
fn first(start: &Value, steps: &[Step]) -> Option<String> {
    let mut here = start;
    for step in steps {
        let Step::Name(name) = step else { panic!("only names are generated") };
        here = elements(here).first()?.get(name)?;
    }
    here.as_str().map(str::to_owned)
}

/// The value of each column on one row; none where the row has no record for it.
type Row = Vec<Option<String>>;

fn steps(level: &Level) -> &[Step] {
    match &level.path {
        RowPath::Steps(steps) => steps,
        RowPath::Query(_) => panic!("no query is generated"),
    }
}

/// The rows that a record of this level makes: its values on each combination of the rows of the levels below.
fn rows(extraction: &Extraction, at: usize, record: &Value) -> Vec<Row> {
    let mut own: Row = vec![None; extraction.columns.len()];
    for (cell, source) in own.iter_mut().zip(&extraction.columns) {
        match source {
            ColumnSource::Level(level, steps) if *level == at => *cell = first(record, steps),
            ColumnSource::Row(steps) if extraction.relative.contains(&at) => *cell = first(record, steps),
            _ => {}
        }
    }
    let below = (0..extraction.levels.len()).filter(|&level| extraction.levels[level].parent == Some(at));
    let below = below.map(|level| {
        let records = records(record, steps(&extraction.levels[level]));
        records.iter().flat_map(|way| rows(extraction, level, way.last().unwrap_or(&record))).collect()
    });
    let below: Vec<Vec<Row>> = below.filter(|rows: &Vec<Row>| !rows.is_empty()).collect();
    if below.is_empty() && !extraction.levels[at].kept {
        return Vec::new();
    }
    below.into_iter().fold(vec![own], |made, rows| {
        made.iter().flat_map(|one| rows.iter().map(move |other| joined(one, other))).collect()
    })
}

fn joined(one: &Row, other: &Row) -> Row {
    one.iter().zip(other).map(|(one, other)| one.clone().or_else(|| other.clone())).collect()
}

/// The whole table, by the document as a tree; of several lists of row paths one after the other.
fn plain_join(extraction: &Extraction, document: &Value) -> Vec<Vec<String>> {
    let outermost = (0..extraction.levels.len()).filter(|&level| extraction.levels[level].parent.is_none());
    let outermost: Vec<usize> = outermost.collect();
    let ways: Vec<&[Step]> = outermost.iter().map(|&level| steps(&extraction.levels[level])).collect();
    outermost.into_iter().flat_map(|level| plain_join_of(extraction, level, &ways, document)).collect()
}

fn shared(one: &[Step], other: &[Step]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

fn plain_join_of(
    extraction: &Extraction,
    level: usize,
    ways: &[&[Step]],
    document: &Value,
) -> Vec<Vec<String>> {
    let outer = steps(&extraction.levels[level]);
    let mut table = Vec::new();
    for way in records(document, outer) {
        let Some(record) = way.last() else { continue };
        for mut row in rows(extraction, level, record) {
            for (cell, source) in row.iter_mut().zip(&extraction.columns) {
                let ColumnSource::Outside(steps) = source else { continue };
                // As far as it goes the row's own way is followed; what lies on the way to other rows is theirs.
                let own = shared(steps, outer);
                if ways.iter().all(|other| shared(steps, other) <= own) {
                    *cell = first(way[own], &steps[own..]);
                }
            }
            table.push(row.into_iter().map(|cell| cell.unwrap_or_else(|| "NULL".to_owned())).collect());
        }
    }
    table
}

/// Elements for members, one for each element of an array.
fn to_xml(name: &str, value: &Value, xml: &mut String) {
    for one in elements(value) {
        xml.extend(["<", name, ">"]);
        match one {
            Value::Object(members) => members.iter().for_each(|(name, value)| to_xml(name, value, xml)),
            text => xml.push_str(text.as_str().unwrap_or_default()),
        }
        xml.extend(["</", name, ">"]);
    }
}

fn case(format: ResponseFormat, lists: &[&[&str]], columns: &[&str]) -> Result<Case, Misplaced> {
    let rooted = |list: &&str| format!("/json/{list}");
    let lists: Vec<String> =
        lists.iter().map(|list| list.iter().map(rooted).collect::<Vec<_>>().join(";")).collect();
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    let columns: Vec<String> =
        (0..).zip(columns).map(|(at, column): (u32, _)| format!("c{at} string /json/{column}")).collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    Case::new("").format(format).try_arranged(&lists, &[], &columns)
}

/// The tables of the data model `Relational`, each as an extraction of its own.
fn tables(case: &Case, lists: &[&str]) -> Vec<(Relation, Case)> {
    let written = lists.iter().map(|list| format!("/json/{list}")).collect::<Vec<_>>().join(";");
    let written = Text::verbatim(written, Span::at(0));
    let paths = parse_row_path(&written, ResponseFormat::Json).expect("they are row paths");
    let paths = RowPaths { lists: vec![(1, paths)], subs: Vec::new() };
    let arranged = arrange(&paths, &case.columns, ResponseFormat::Json).expect("levels");
    let relations = relations(&arranged, &case.columns, "whole", Span::at(0), Span::at(0));
    let table = |relation: Relation| {
        let declared = case.columns.len();
        let numbers = declared..declared + relation.numbers.len();
        let own = relation.rows[0].arranged.clone();
        let extraction = Extraction {
            levels: own.levels,
            relative: own.relative,
            columns: own.columns,
            ..case.extraction.clone()
        };
        let columns = case.columns.iter().chain(&relation.numbers).cloned().collect();
        let output = Some(numbers.chain(relation.columns.iter().copied()).collect());
        (relation, Case { columns, output, extraction })
    };
    relations.into_iter().map(table).collect()
}

/// A record with those around it, outermost first, each with its number among all of its level.
type Line<'v> = Vec<(u64, &'v Value)>;

/// All records of the last of these levels, which lie in each other.
fn lines<'v>(levels: &[Level], document: &'v Value) -> Vec<Line<'v>> {
    let mut lines: Vec<Line<'_>> = vec![vec![(0, document)]];
    for level in levels {
        let mut number = 0;
        let mut longer = Vec::new();
        for line in &lines {
            for way in records(line[line.len() - 1].1, steps(level)) {
                number += 1;
                longer.push(line.iter().copied().chain([(number, way[way.len() - 1])]).collect());
            }
        }
        lines = longer;
    }
    lines
}

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(of, 1..=of.len()).prop_shuffle()
}

proptest! {
    #[test]
    fn rows_are_those_of_a_plain_join(document in record(""), lists in some(&LISTS), columns in some(&COLUMNS)) {
        let case = case(ResponseFormat::Json, &[&lists], &columns).unwrap();
        let page = case.extract(document.to_string().as_bytes()).unwrap();
        prop_assert!(page.summary.cut.is_none());
        prop_assert_eq!(cells(&page.batch), plain_join(&case.extraction, &document));
    }

    #[test]
    fn united_lists_give_the_rows_of_each(
        document in record(""),
        one in some(&["a/b", "a/b/d", "a/b/e"]),
        other in prop_oneof![some(&["a/c"]), some(&["a/x/f", "a/x/g"]), some(&["z"])],
        columns in some(&COLUMNS),
    ) {
        let case = case(ResponseFormat::Json, &[&one, &other], &columns).unwrap();
        let page = case.extract(document.to_string().as_bytes()).unwrap();
        let (mut got, mut wanted) = (cells(&page.batch), plain_join(&case.extraction, &document));
        // Records of one list may come before, after and between those of the other.
        got.sort();
        wanted.sort();
        prop_assert_eq!(got, wanted);
    }

    #[test]
    fn tables_number_their_records_and_name_the_record_around(
        document in record(""), lists in some(&LISTS), columns in some(&COLUMNS)
    ) {
        let joined = case(ResponseFormat::Json, &[&lists], &columns).unwrap();
        let tables = tables(&joined, &lists);
        prop_assert_eq!(tables.len(), lists.len());
        for (relation, case) in tables {
            let page = case.extract(document.to_string().as_bytes()).unwrap();
            let got = cells(&page.batch);
            let extraction = &case.extraction;
            let outer = steps(&extraction.levels[0]);
            let value = |line: &Line<'_>, column: usize| match &extraction.columns[column] {
                ColumnSource::Number(level) => Some(line[level + 1].0.to_string()),
                ColumnSource::Level(level, steps) => first(line[level + 1].1, steps),
                ColumnSource::Row(steps) => first(line[extraction.relative[0] + 1].1, steps),
                // What lies on the way of the first level is the row's own.
                ColumnSource::Outside(steps) => {
                    let ways = records(&document, outer);
                    let way = ways.iter().find(|way| std::ptr::eq(way[way.len() - 1], line[1].1)).unwrap();
                    let own = shared(steps, outer);
                    first(way[own], &steps[own..])
                }
                ColumnSource::Nothing => None,
            };
            let wanted: Vec<Vec<String>> = lines(&extraction.levels, &document)
                .iter()
                .map(|line| {
                    let output = case.output.iter().flatten();
                    output.map(|&column| value(line, column).unwrap_or_else(|| "NULL".to_owned())).collect()
                })
                .collect();
            prop_assert_eq!(got, wanted, "{}", relation.name);
        }
    }

    #[test]
    fn xml_gives_the_rows_of_json(document in record(""), lists in some(&LISTS), columns in some(&COLUMNS)) {
        let mut xml = String::new();
        to_xml("json", &document, &mut xml);
        let [json, xml] = [
            case(ResponseFormat::Json, &[&lists], &columns).unwrap().extract(document.to_string().as_bytes()),
            case(ResponseFormat::Xml, &[&lists], &columns).unwrap().extract(xml.as_bytes()),
        ];
        prop_assert_eq!(cells(&xml.unwrap().batch), cells(&json.unwrap().batch));
    }
}
