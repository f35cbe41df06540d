//! Columns: types, places, and which of them the script writes.

use std::collections::HashSet;

use profilec_syntax::{self as syntax, Anchor, Document, Path, Step, Text, parse_path};
use profilec_vocabulary::{ResponseFormat, TypeId, column_type};

use super::findings::Findings;
use crate::walk::{self, Access};
use crate::{Block, ColumnType, Name, PlanColumn, StatementKind, Template};

/// The most digits of a decimal that Arrow holds.
const MOST_DIGITS: u8 = 76;
/// The digits of a decimal that says only its scale.
const USUAL_DIGITS: u8 = 38;

pub(crate) fn columns(document: &Document, body: &Block, findings: &mut Findings) -> Vec<PlanColumn> {
    let written = Written::by(body);
    let format = format(body);
    let mut seen = HashSet::new();
    let mut columns = Vec::new();
    for column in document.info.iter().flat_map(syntax::Info::all_columns) {
        let Some(name) = column.name() else { continue };
        if let Some(prefix) = name.as_str().trim().strip_suffix('*') {
            for matching in names_with(prefix, body) {
                if seen.insert(matching.to_lowercase()) {
                    columns.push(by_pattern(matching, column, name));
                }
            }
            continue;
        }
        let lower = name.as_str().to_lowercase();
        if !seen.insert(lower.clone()) {
            continue;
        }
        let set = written.names.contains(&lower);
        columns.push(PlanColumn {
            name: name.as_str().to_owned(),
            ty: ty(column),
            key: column.is_key(),
            path: path(column, name, set, format, findings),
            filter: column.filter().and_then(placeholder),
            set_by_script: set || written.computed,
            origin: name.span(),
        });
    }
    columns
}

/// The names with this prefix that the program sets, as first written. Names that are known only when it runs
/// cannot be columns: the columns are fixed before.
fn names_with(prefix: &str, body: &Block) -> Vec<String> {
    let prefix = prefix.to_lowercase();
    let mut names: Vec<String> = Vec::new();
    walk::statements(body, &mut |statement, _| {
        let StatementKind::Set { target, .. } = &statement.kind else { return };
        let access = Access::new(target.item.as_ref(), &target.attribute);
        let (Some(name), Some(written)) = (access.attribute, target.attribute.literal()) else { return };
        let is_meant = name.starts_with(&prefix)
            && !access.item.as_deref().is_some_and(|item| ["_input", "_connection"].contains(&item));
        if is_meant && !names.iter().any(|known| known.to_lowercase() == name) {
            let start = written.trim_end().len().saturating_sub(name.len());
            names.push(written.trim_end().get(start..).map_or(name, str::to_owned));
        }
    });
    names
}

/// A column that a pattern stands for.
fn by_pattern(name: String, column: &syntax::Column, pattern: &Text) -> PlanColumn {
    PlanColumn {
        name,
        ty: ty(column),
        key: false,
        path: None,
        filter: None,
        set_by_script: true,
        origin: pattern.span(),
    }
}

/// How the responses are read: as the first call says.
pub(crate) fn format(body: &Block) -> ResponseFormat {
    let mut format = None;
    walk::statements(body, &mut |statement, _| {
        if let StatementKind::Call(call) = &statement.kind
            && call.format != ResponseFormat::Text
        {
            format.get_or_insert(call.format);
        }
    });
    format.unwrap_or(ResponseFormat::Json)
}

/// The name in `{name}`.
pub(crate) fn placeholder(filter: &Text) -> Option<String> {
    let name = filter.as_str().trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// A column without a path is where its name says, unless the script makes it.
fn path(
    column: &syntax::Column,
    name: &Text,
    set: bool,
    format: ResponseFormat,
    findings: &mut Findings,
) -> Option<Path> {
    match column.path() {
        Some(path) => parse_path(path, format).unwrap_or_else(|finding| {
            findings.push(finding);
            None
        }),
        None if set || of_response(name.as_str()) => None,
        None if format == ResponseFormat::Csv => {
            Some(Path { anchor: Anchor::Row, steps: vec![Step::Name(name.as_str().to_owned())] })
        }
        None => {
            let steps = name.as_str().split('.').map(|step| Step::Name(step.to_owned())).collect();
            Some(Path { anchor: Anchor::Row, steps })
        }
    }
}

/// Whether an attribute of this name tells of the answer itself: its status, a header, its text.
fn of_response(name: &str) -> bool {
    let name = name.to_lowercase();
    name.starts_with("header:") || name.starts_with("http:")
}

fn ty(column: &syntax::Column) -> ColumnType {
    let known = column.ty().and_then(|ty| column_type(ty.as_str()));
    match known.map_or(TypeId::String, |ty| ty.id) {
        TypeId::String | TypeId::Uuid => ColumnType::Utf8,
        TypeId::Int | TypeId::Long => ColumnType::Int64,
        TypeId::Double => ColumnType::Float64,
        TypeId::Boolean => ColumnType::Boolean,
        TypeId::DateTime => ColumnType::Timestamp,
        TypeId::Date => ColumnType::Date,
        TypeId::Time => ColumnType::Time,
        TypeId::Binary => ColumnType::Binary,
        TypeId::Decimal => decimal(column).unwrap_or(ColumnType::Utf8),
    }
}

/// `None` without a usable scale: the number stays as it is written, as text.
fn decimal(column: &syntax::Column) -> Option<ColumnType> {
    let scale: i8 = column.digits()?.as_str().trim().parse().ok()?;
    let precision = match column.size() {
        Some(size) => size.as_str().trim().parse().ok()?,
        None => USUAL_DIGITS,
    };
    let fits = (1..=MOST_DIGITS).contains(&precision) && u8::try_from(scale).is_ok_and(|s| s <= precision);
    fits.then_some(ColumnType::Decimal { precision, scale })
}

/// What call bodies write into the row item.
struct Written {
    /// Names, lower case.
    names: HashSet<String>,
    /// Some name is computed, or a whole item is copied: any column may be meant.
    computed: bool,
}

impl Written {
    fn by(body: &Block) -> Self {
        let mut written = Self { names: HashSet::new(), computed: false };
        // Rows that are emitted outside calls are made of what is set there.
        let mut emitted = Vec::new();
        walk::statements(body, &mut |statement, in_call| {
            if let (StatementKind::Push { item }, false) = (&statement.kind, in_call) {
                emitted.push(RowItem::of(item.as_ref()));
            }
        });
        for row in &emitted {
            walk::statements(body, &mut |statement, in_call| {
                if !in_call {
                    written.add(&statement.kind, row);
                }
            });
        }
        walk::statements(body, &mut |statement, _| {
            if let StatementKind::Call(call) = &statement.kind {
                let row = RowItem::of(call.output.as_ref());
                let mut rows = vec![row];
                rows.extend(items_pushed(call.body.block()));
                for row in &rows {
                    walk::statements(call.body.block(), &mut |inner, _| written.add(&inner.kind, row));
                }
            }
        });
        written
    }

    fn add(&mut self, kind: &StatementKind, row: &RowItem) {
        match kind {
            StatementKind::Set { target, .. } => {
                let access = Access::new(target.item.as_ref(), &target.attribute);
                self.computed |= access.attribute.is_none() && row.may_be(access.item.as_deref());
                if row.may_be(access.item.as_deref()) {
                    self.names.extend(access.attribute);
                }
                self.names.extend(access.whole);
            }
            StatementKind::CopyItem { to, .. } | StatementKind::Map { to, .. } => {
                let item = to.literal().map(|item| item.trim().to_lowercase());
                self.computed |= item.is_none() || row.may_be(item.as_deref());
            }
            _ => {}
        }
    }
}

/// The items that a call's body emits instead of its row item; none where it emits that one too, whose columns are
/// read from the response then.
fn items_pushed(body: &Block) -> Vec<RowItem> {
    let mut items = Vec::new();
    let mut emits_row = false;
    walk::statements(body, &mut |statement, _| match &statement.kind {
        StatementKind::Push { item: Some(item) } => items.push(RowItem::of(Some(item))),
        StatementKind::Push { item: None } => emits_row = true,
        _ => {}
    });
    if emits_row { Vec::new() } else { items }
}

/// The names of a call's row item; `None`: computed, so that it may be any.
#[derive(Clone, Debug)]
pub(crate) struct RowItem(Option<Vec<String>>);

impl RowItem {
    pub(crate) fn of(output: Option<&Name>) -> Self {
        Self(output.map_or_else(|| Some(Vec::new()), Template::names))
    }

    /// Whether this item (none: the default one) is the row's: `out`, `_`, `_out`, `_out2`.
    pub(crate) fn may_be(&self, item: Option<&str>) -> bool {
        let Some(item) = item else { return true };
        let level = item.strip_prefix("_out").is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
        let is_own = || match &self.0 {
            Some(names) => names.iter().any(|name| name == item),
            None => !item.starts_with('_'),
        };
        item == "_" || level || is_own()
    }
}
