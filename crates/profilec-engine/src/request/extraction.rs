//! From operation inputs to what is taken of the answer.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Body, Call, Capture, ColumnSource, Extraction, Plan};
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

use super::OperationInputs;
use super::layout::layout;
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
/// A row path that cannot be read, or one of several levels.
pub(crate) fn extraction(
    inputs: &OperationInputs<'_>,
    call: &Call,
    plan: &Plan,
    wanted: Option<&[usize]>,
    captures: Vec<Capture>,
) -> Result<Extraction, Diagnostic> {
    let is_text = call.format == ResponseFormat::Text;
    let (layout, table) = layout(inputs, call)?;
    let (rows, rows_origin) = match table {
        _ if is_text => (Vec::new(), call.origin),
        Some((rows, origin)) => (vec![RowPath::Steps(rows)], origin),
        None => row_path(inputs, call, plan)?,
    };
    let row = rows.last();
    let is_document =
        call.format == ResponseFormat::Xml && row.and_then(prefix).is_some_and(|row| row.is_empty());
    let is_csv = call.format == ResponseFormat::Csv;
    let columns = plan
        .columns
        .iter()
        .map(|column| match &column.path {
            None => ColumnSource::Nothing,
            Some(_) if is_text => ColumnSource::Nothing,
            Some(path) if is_csv => ColumnSource::Row(in_record(path, row)),
            Some(path) if path.anchor == Anchor::Row => ColumnSource::Row(from_row(path, is_document)),
            Some(path) => {
                match row.and_then(prefix).and_then(|row| path.steps.strip_prefix(row.as_slice())) {
                    Some(steps) => ColumnSource::Row(steps.to_vec()),
                    None => ColumnSource::Outside(path.steps.clone()),
                }
            }
        })
        .collect();

    let as_field = |capture: Capture| {
        let path = Path { anchor: Anchor::Row, steps: in_record(&capture.path, row) };
        Capture { path, ..capture }
    };
    let captures = if is_csv { captures.into_iter().map(as_field).collect() } else { captures };
    // Every record of CSV is a row, whatever is called its path.
    let rows = if is_csv { vec![RowPath::Steps(Vec::new())] } else { rows };

    let block = call.body.block();
    let read = match &call.body {
        Body::Row { reads, .. } => reads.clone(),
        Body::Page(_) => Vec::new(),
    };
    let mut materialise = read;
    if shape::calls(block) && shape::pushes(block) {
        // Rows whose body sends requests of its own go out one by one, as text.
        materialise.extend(wanted.map_or_else(|| (0..plan.columns.len()).collect(), <[usize]>::to_vec));
    }
    materialise.sort_unstable();
    materialise.dedup();
    Ok(Extraction { format: call.format, layout, rows, rows_origin, columns, captures, materialise })
}

/// Steps from a row. Where the row is an XML document, they start in its root element.
fn from_row(path: &Path, is_document: bool) -> Vec<Step> {
    is_document.then_some(Step::Any).into_iter().chain(path.steps.iter().cloned()).collect()
}

/// The way to a field of a CSV record: a path may begin with that of the rows.
fn in_record(path: &Path, row: Option<&RowPath>) -> Vec<Step> {
    let within = match (path.anchor, row.and_then(prefix)) {
        (Anchor::Root, Some(row)) => path.steps.strip_prefix(row.as_slice()),
        _ => None,
    };
    within.unwrap_or(&path.steps).to_vec()
}

/// The row path and its place.
fn row_path(
    inputs: &OperationInputs<'_>,
    call: &Call,
    plan: &Plan,
) -> Result<(Vec<RowPath>, Span), Diagnostic> {
    let Some(value) = ROW_PATHS.iter().find_map(|name| inputs.value(&[name])) else {
        return Ok((vec![RowPath::Steps(common_parent(plan))], call.origin));
    };
    let place = if value.origin == Span::default() { call.origin } else { value.origin };
    let rows = parse_row_path(&Text::verbatim(value.text.as_str(), value.origin), call.format)?;
    if rows.len() > 1 {
        return Err(Diagnostic::new(
            &codes::structure::not_supported_yet,
            "rows of several levels are not supported yet",
            Label::new(place, "names more than one level"),
        )
        .help("name only the deepest row path"));
    }
    Ok((rows, place))
}

/// Without a row path the rows are where all absolute columns come from; else at the root.
fn common_parent(plan: &Plan) -> Vec<Step> {
    let mut common: Option<Vec<Step>> = None;
    for path in plan.columns.iter().filter_map(|column| column.path.as_ref()) {
        if path.anchor != Anchor::Root {
            continue;
        }
        let parent = path.steps.split_last().map_or(&[][..], |(_, parent)| parent);
        common = Some(match common {
            None => parent.to_vec(),
            Some(common) => {
                common.into_iter().zip(parent).take_while(|(a, b)| a == *b).map(|(step, _)| step).collect()
            }
        });
    }
    common.unwrap_or_default()
}

/// The plain steps that a row path starts with: those of an absolute column path that lies within the rows.
fn prefix(row: &RowPath) -> Option<Vec<Step>> {
    match row {
        RowPath::Steps(steps) => Some(steps.clone()),
        RowPath::Query(query) => {
            let plain = query.strip_prefix('$').unwrap_or(query);
            let plain = &plain[..plain.find(['[', '*', '?']).unwrap_or(plain.len())];
            let plain = plain.split("..").next().unwrap_or_default();
            let steps: Vec<_> = plain
                .split('.')
                .filter(|name| !name.is_empty())
                .map(|name| Step::Name(name.to_owned()))
                .collect();
            (!steps.is_empty()).then_some(steps)
        }
    }
}
