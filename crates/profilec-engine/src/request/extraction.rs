//! From operation inputs to what is taken of the answer.

use profilec_diagnostics::Diagnostic;
use profilec_plan::{Arranged, Body, Call, Capture, ColumnSource, Extraction, Level, Plan};
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, parse_path};
use profilec_vocabulary::ResponseFormat;

use super::layout::layout;
use super::{OperationInputs, rows};
use crate::script::shape;

/// The row path inputs, the stronger first.
pub(super) const ROW_PATHS: [&str; 3] = ["JSONPath", "XPath", "RepeatElement"];

/// The attribute that holds a whole answer.
const CONTENT: &str = "http:content";

/// Values that the profile maps: `ElementMapPath#` and `ElementMapName#` of the same number.
///
/// # Errors
/// A path that cannot be read.
pub(crate) fn mapped(inputs: &OperationInputs<'_>, call: &Call) -> Result<Vec<Capture>, Diagnostic> {
    let mut captures = Vec::new();
    if call.format == ResponseFormat::Text {
        let name = CONTENT.to_owned();
        return Ok(vec![Capture { name, path: Path::default(), origin: call.origin }]);
    }
    for (path, name) in inputs.pairs("ElementMapPath", "ElementMapName") {
        if name.text.trim().is_empty() {
            continue;
        }
        if let Some(parsed) = parse_path(&Text::verbatim(path.text.trim(), path.origin), call.format)? {
            captures.push(Capture { name: name.text.trim().to_owned(), path: parsed, origin: path.origin });
        }
    }
    Ok(captures)
}

/// What to take from the answer. `wanted` are the columns that the output has.
///
/// # Errors
/// A row path that cannot be read, row paths that make no levels.
pub(crate) fn extraction(
    inputs: &OperationInputs<'_>,
    call: &Call,
    plan: &Plan,
    wanted: Option<&[usize]>,
    captures: Vec<Capture>,
) -> Result<Extraction, Diagnostic> {
    let (layout, table) = layout(inputs, call)?;
    let (arranged, rows_origin) = if call.format == ResponseFormat::Text {
        let columns = plan.columns.iter().map(|_| ColumnSource::Nothing).collect();
        let (levels, relative, named) = (Vec::new(), Vec::new(), Vec::new());
        (Arranged { levels, relative, columns, named }, call.origin)
    } else {
        rows::levels(inputs, call, plan, table)?
    };
    let (Arranged { levels, relative, columns, .. }, captures) = match call.format {
        ResponseFormat::Csv => fields(&arranged, plan, captures),
        _ => (arranged, captures),
    };
    let block = call.body.block();
    let read = match &call.body {
        Body::Row { reads, .. } => reads.clone(),
        Body::Page(_) => Vec::new(),
    };
    let mut materialise = read;
    if shape::calls(block) && shape::pushes(block) {
        // Rows whose body sends requests of its own go out one by one, as text.
        materialise.extend(wanted.unwrap_or(&plan.output));
    }
    materialise.sort_unstable();
    materialise.dedup();
    Ok(Extraction {
        format: call.format,
        layout,
        levels,
        relative,
        rows_origin,
        columns,
        captures,
        materialise,
    })
}

/// The fields of CSV: every record is a row, whatever is called its path.
fn fields(arranged: &Arranged, plan: &Plan, captures: Vec<Capture>) -> (Arranged, Vec<Capture>) {
    let row = arranged.levels.first().map(|level| &level.path);
    let columns = plan.columns.iter().map(|column| match &column.path {
        Some(path) => ColumnSource::Row(in_record(path, row)),
        None => ColumnSource::Nothing,
    });
    let capture = |capture: Capture| {
        let path = Path { anchor: Anchor::Row, steps: in_record(&capture.path, row) };
        Capture { path, ..capture }
    };
    let levels = vec![Level::rows(RowPath::Steps(Vec::new()))];
    let fields = Arranged { levels, relative: vec![0], columns: columns.collect(), named: vec![true] };
    (fields, captures.into_iter().map(capture).collect())
}

/// The way to a field of a CSV record: a path may begin with that of the rows.
fn in_record(path: &Path, row: Option<&RowPath>) -> Vec<Step> {
    let within = match (path.anchor, row) {
        (Anchor::Root, Some(RowPath::Steps(row))) => path.steps.strip_prefix(row.as_slice()),
        _ => None,
    };
    within.unwrap_or(&path.steps).to_vec()
}
