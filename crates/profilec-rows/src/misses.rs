//! Columns that are null on every row because the response spells their names differently.

use profilec_engine::Miss;
use profilec_plan::{ColumnSource, Extraction, Level, PlanColumn};
use profilec_syntax::{RowPath, Step};
use serde_json::Value;

/// Records that are looked through.
const RECORDS: usize = 1_000;

/// Of these columns (indices), those whose name no record has while a name that differs by case, `_`, `-` or blanks
/// is there and no column reads it.
pub(crate) fn misses(
    text: &str,
    extraction: &Extraction,
    columns: &[PlanColumn],
    empty: &[usize],
    page: u64,
) -> Vec<Miss> {
    // A body that is no single document has been read in another way.
    let Ok(document) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let miss = |&column: &usize| {
        let way = way(extraction, column)?;
        let (at, found) = slip(&document, &way)?;
        let is_read = (0..columns.len()).any(|other| {
            self::way(extraction, other).is_some_and(|other| {
                other.get(..at) == way.get(..at) && other.get(at) == Some(&Step::Name(found.clone()))
            })
        });
        let Some(Step::Name(name)) = way.get(at).filter(|_| !is_read) else { return None };
        Some(Miss { column: columns[column].name.clone(), name: name.clone(), found, page })
    };
    empty.iter().filter_map(miss).collect()
}

/// The way from the root to a column's values.
fn way(extraction: &Extraction, column: usize) -> Option<Vec<Step>> {
    let (level, rest) = match extraction.columns.get(column)? {
        ColumnSource::Row(steps) => (extraction.relative.first().copied(), steps),
        ColumnSource::Level(level, steps) => (Some(*level), steps),
        ColumnSource::Outside(steps) => (None, steps),
        ColumnSource::Number(_) | ColumnSource::Nothing => return None,
    };
    let mut way = match level.map(|level| Level::way(&extraction.levels, level)) {
        Some(RowPath::Steps(way)) => way,
        Some(RowPath::Query(_)) => return None,
        None => Vec::new(),
    };
    way.extend(rest.iter().cloned());
    Some(way)
}

/// The step that nothing has, and how the response spells it.
fn slip(document: &Value, way: &[Step]) -> Option<(usize, String)> {
    let mut here = vec![document];
    for (at, step) in way.iter().enumerate() {
        let next: Vec<&Value> = match step {
            Step::Name(name) => {
                here = elements(&here);
                here.iter().filter_map(|value| value.get(name)).collect()
            }
            Step::Index(index) => here.iter().filter_map(|value| value.get(*index as usize)).collect(),
            Step::Any => return None,
        };
        if next.is_empty() {
            let Step::Name(name) = step else { return None };
            let members = here.iter().filter_map(|value| value.as_object()).flat_map(serde_json::Map::keys);
            let found = members.into_iter().find(|other| plain(other) == plain(name))?;
            return Some((at, found.clone()));
        }
        here = next;
    }
    None
}

/// The values themselves, the elements of arrays in their place.
fn elements<'v>(values: &[&'v Value]) -> Vec<&'v Value> {
    let elements = values.iter().flat_map(|value| match value {
        Value::Array(elements) => elements.iter().collect(),
        value => vec![*value],
    });
    elements.take(RECORDS).collect()
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}
