//! The data model `Relational`: a table for each row path, joined by generated numbers.

use profilec_diagnostics::Span;
use profilec_syntax::{RowPath, Step};

use crate::{Arranged, ColumnSource, ColumnType, Level, Plan, PlanColumn};

/// One table of several.
#[derive(Clone, Debug)]
pub struct Relation {
    /// What `--table` calls it: the last name of the way to its records.
    pub name: String,
    /// The way to its records from the root.
    pub path: RowPath,
    /// The table whose records hold those of this one.
    pub parent: Option<String>,
    /// The columns that number records: its own first, then its parent's.
    pub numbers: Vec<PlanColumn>,
    /// Declared columns that it has (indices), in file order.
    pub columns: Vec<usize>,
    /// How each call that emits rows finds them.
    pub rows: Vec<Rows>,
}

/// How a call finds the rows of a table.
#[derive(Clone, Debug)]
pub struct Rows {
    /// The call.
    pub call: Span,
    /// The place that says where rows are.
    pub origin: Span,
    /// The line of levels from the root to the records; a source for each column, numbers included.
    pub arranged: Arranged,
}

impl Plan {
    /// The plan of one of its tables.
    #[must_use]
    pub fn of_relation(mut self, relation: Relation) -> Self {
        let declared = self.columns.len();
        let numbers = declared..declared + relation.numbers.len();
        self.output = numbers.chain(relation.columns.iter().copied()).collect();
        self.columns.extend(relation.numbers.iter().cloned());
        self.table.clone_from(&relation.name);
        self.relation = Some(relation);
        self
    }
}

impl Relation {
    /// The table whose records a column numbers, of those of a plan.
    pub(crate) fn numbered(&self, column: usize) -> Option<&str> {
        let sources = self.rows.first().map(|rows| &rows.arranged.columns);
        let first = sources.map_or(0, Vec::len).checked_sub(self.numbers.len())?;
        match column.checked_sub(first)? {
            0 => Some(&self.name),
            _ => self.parent.as_deref(),
        }
    }
}

/// The tables of arranged levels, parents first. A column belongs to the table whose records hold it; one outside
/// all records, or without a path, to every table; one in records that no row path names, to the tables below.
///
/// `whole` is the name of what lies at the root, `call` and `origin` as in [`Rows`].
pub fn relations(
    arranged: &Arranged,
    columns: &[PlanColumn],
    whole: &str,
    call: Span,
    origin: Span,
) -> Vec<Relation> {
    let mut tables: Vec<(usize, Relation)> = Vec::new();
    let named = (0..arranged.levels.len()).filter(|&at| arranged.named.get(at) == Some(&true));
    for at in named {
        let line = line(&arranged.levels, at);
        let above = line.iter().rev().skip(1).find(|above| arranged.named.get(**above) == Some(&true));
        let parent = above.and_then(|above| tables.iter().find(|(other, _)| other == above));
        let parent = parent.map(|(_, table)| table.name.clone());
        let taken = tables.iter().map(|(_, table)| table.name.as_str()).collect::<Vec<_>>();
        let name = name(&steps(&arranged.levels, &line), whole, parent.as_deref(), &taken);
        let declared = own_columns(arranged, &line, above.copied());
        let numbers = numbers(&name, parent.as_deref(), columns, &declared, origin);
        let rows = rows(arranged, &line, above.copied());
        let path = Level::way(&arranged.levels, at);
        tables.push((
            at,
            Relation {
                name,
                path,
                parent,
                numbers,
                columns: declared,
                rows: vec![Rows { call, origin, arranged: rows }],
            },
        ));
    }
    tables.into_iter().map(|(_, table)| table).collect()
}

/// The levels from the root to this one.
fn line(levels: &[Level], at: usize) -> Vec<usize> {
    let mut line: Vec<usize> =
        std::iter::successors(Some(at), |&at| levels.get(at).and_then(|level| level.parent)).collect();
    line.reverse();
    line
}

/// The names on the way to the records of a line's last level.
fn steps(levels: &[Level], line: &[usize]) -> Vec<String> {
    let mut names = Vec::new();
    for &at in line {
        match &levels[at].path {
            RowPath::Steps(steps) => names.extend(steps.iter().filter_map(|step| match step {
                Step::Name(name) => Some(name.clone()),
                Step::Index(_) | Step::Any => None,
            })),
            RowPath::Query(query) => {
                let mut words = query.split(|c: char| !(c.is_alphanumeric() || c == '_'));
                names.extend(words.rfind(|word| !word.is_empty()).map(str::to_owned));
            }
        }
    }
    names
}

/// The last name; of two tables with the same, the second has its parent's name before it, or a number behind it.
fn name(steps: &[String], whole: &str, parent: Option<&str>, taken: &[&str]) -> String {
    let last = steps.last().map_or(whole, String::as_str);
    free(last, parent.map(|parent| format!("{parent}_{last}")), |name| {
        taken.iter().any(|taken| taken.eq_ignore_ascii_case(name))
    })
}

/// `name`, else the other one, else `name_2` and so on: the first that is not taken.
fn free(name: &str, other: Option<String>, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    let mut names = [name.to_owned()].into_iter().chain(other).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

fn own_columns(arranged: &Arranged, line: &[usize], above: Option<usize>) -> Vec<usize> {
    let is_own = |source: &ColumnSource| match held(arranged, source, line) {
        Held::By(at) => above.is_none_or(|above| at > above),
        Held::ByNone => true,
        Held::Elsewhere => false,
    };
    (0..arranged.columns.len()).filter(|&column| is_own(&arranged.columns[column])).collect()
}

/// Which records hold a column.
enum Held {
    /// Those of a level of the line.
    By(usize),
    /// It is outside all records, or nowhere.
    ByNone,
    /// Those of a level beside or below the line.
    Elsewhere,
}

fn held(arranged: &Arranged, source: &ColumnSource, line: &[usize]) -> Held {
    let at = match source {
        ColumnSource::Nothing | ColumnSource::Outside(_) => return Held::ByNone,
        ColumnSource::Level(at, _) => Some(*at),
        ColumnSource::Row(_) => arranged.relative.iter().copied().find(|at| line.contains(at)),
        ColumnSource::Number(_) => None,
    };
    at.filter(|at| line.contains(at)).map_or(Held::Elsewhere, Held::By)
}

/// The columns that number a table's records and its parent's.
fn numbers(
    table: &str,
    parent: Option<&str>,
    columns: &[PlanColumn],
    own: &[usize],
    origin: Span,
) -> Vec<PlanColumn> {
    let is_taken = |name: &str| own.iter().any(|&at| columns[at].name.eq_ignore_ascii_case(name));
    let own_number = free("_id", Some(format!("{table}_id")), is_taken);
    let parents = parent.map(|parent| {
        let name = format!("{parent}_id");
        free(&name, None, |name| is_taken(name) || name.eq_ignore_ascii_case(&own_number))
    });
    let column = |name: String| PlanColumn {
        name,
        ty: ColumnType::Int64,
        key: false,
        path: None,
        filter: None,
        set_by_script: false,
        origin,
    };
    [column(own_number.clone())].into_iter().chain(parents.map(column)).collect()
}

/// The levels of a line alone: only records of the last make rows, those above number and hold them.
fn rows(arranged: &Arranged, line: &[usize], above: Option<usize>) -> Arranged {
    let new = |old: usize| line.iter().position(|at| *at == old);
    let last = line.len() - 1;
    let level = |(nth, &at): (usize, &usize)| Level {
        parent: nth.checked_sub(1),
        path: arranged.levels[at].path.clone(),
        kept: nth == last,
    };
    let column = |source: &ColumnSource| match (held(arranged, source, line), source) {
        (Held::ByNone, source) => source.clone(),
        (Held::By(at), ColumnSource::Level(_, steps) | ColumnSource::Row(steps)) => {
            new(at).map_or(ColumnSource::Nothing, |at| ColumnSource::Level(at, steps.clone()))
        }
        (Held::By(_) | Held::Elsewhere, _) => ColumnSource::Nothing,
    };
    let numbers = [Some(last), above.and_then(new)].into_iter().flatten().map(ColumnSource::Number);
    Arranged {
        levels: line.iter().enumerate().map(level).collect(),
        relative: arranged.relative.iter().filter_map(|&at| new(at)).collect(),
        columns: arranged.columns.iter().map(column).chain(numbers).collect(),
        named: line.iter().map(|&at| arranged.named.get(at) == Some(&true)).collect(),
    }
}
