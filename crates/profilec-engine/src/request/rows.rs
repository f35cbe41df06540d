//! Where a call's rows are: row paths, data model, and the levels that they make.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Arranged, Body, Call, Misplaced, Plan, RowPaths, arrange};
use profilec_syntax::{Anchor, DataModel, RowPath, Step, Text, parse_data_model, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

use super::OperationInputs;
use crate::script::{Value, shape};

/// The levels of a call, and the place that says where its rows are.
///
/// # Errors
/// A path that cannot be read, paths that make no levels, several where one is allowed.
pub(super) fn levels(
    inputs: &OperationInputs<'_>,
    call: &Call,
    plan: &Plan,
    table: Option<(Vec<Step>, Span)>,
) -> Result<(Arranged, Span), Diagnostic> {
    let model = data_model(inputs, call.origin)?;
    let written = match table {
        // A table of arrays says itself where its rows are.
        Some((rows, place)) => {
            let lists = vec![(1, vec![RowPath::Steps(rows)])];
            Written { paths: RowPaths { lists, subs: Vec::new() }, place, subs: Vec::new() }
        }
        // A call whose rows are no table's own joins them.
        None if model == DataModel::Relational && makes_table(call) => {
            let rows = plan.relation.iter().flat_map(|relation| &relation.rows);
            let own = rows.into_iter().find(|rows| rows.call == call.origin);
            let own = own.ok_or_else(|| tables_unknown(inputs, call.origin))?;
            return Ok((own.arranged.clone(), own.origin));
        }
        None => Written::read(inputs, call, plan, model)?,
    };
    if model == DataModel::Document {
        for (_, list) in &written.paths.lists {
            if list.iter().any(|path| Some(path) != list.first()) {
                return Err(several(list, written.place));
            }
        }
    }
    Ok((written.arrange(plan, call.format)?, written.place))
}

/// Whether rows of the call are rows of the output, in a format that has levels.
pub(super) fn makes_table(call: &Call) -> bool {
    matches!(call.format, ResponseFormat::Json | ResponseFormat::Xml)
        && shape::pushes_itself(call.body.block())
}

/// The data model came to be known only now.
fn tables_unknown(inputs: &OperationInputs<'_>, call: Span) -> Diagnostic {
    let model = inputs.value(&["DataModel"]).map_or(call, |value| place(value, call));
    Diagnostic::new(
        &codes::path::tables_unknown,
        "the data model `Relational` is computed",
        Label::new(model, "not known before the run"),
    )
    .help("write it out: which tables there are is asked before the first request")
}

pub(super) fn data_model(inputs: &OperationInputs<'_>, call: Span) -> Result<DataModel, Diagnostic> {
    match inputs.value(&["DataModel"]).filter(|value| !value.text.trim().is_empty()) {
        Some(value) => parse_data_model(&Text::verbatim(value.text.as_str(), place(value, call))),
        None => Ok(DataModel::default()),
    }
}

fn several(list: &[RowPath], place: Span) -> Diagnostic {
    let paths: Vec<_> = list.iter().map(|path| format!("`{path}`")).collect();
    Diagnostic::new(
        &codes::path::several_row_paths,
        format!("{} row paths, but a document has one", paths.len()),
        Label::new(place, format!("names {}", paths.join(", "))),
    )
    .help("set `DataModel` to `FlattenedDocuments` to join them, or name one path")
}

/// What the profile and the connection say.
pub(super) struct Written {
    paths: RowPaths,
    /// The row path's place.
    pub(super) place: Span,
    /// The places of `SubRepeatElement#n`.
    subs: Vec<(u32, Span)>,
}

impl Written {
    pub(super) fn read(
        inputs: &OperationInputs<'_>,
        call: &Call,
        plan: &Plan,
        model: DataModel,
    ) -> Result<Self, Diagnostic> {
        let takes_columns = takes_columns(call, plan);
        let (format, call) = (call.format, call.origin);
        let list = |value: &Value| {
            let place = place(value, call);
            parse_row_path(&Text::verbatim(value.text.as_str(), value.origin), format)
                .map(|paths| (paths, place))
        };
        let mut written = Self { paths: RowPaths::default(), place: call, subs: Vec::new() };
        if let Some(value) = ["JSONPath", "XPath"].iter().find_map(|name| inputs.value(&[name])) {
            let (paths, place) = list(value)?;
            written.paths.lists.push((1, paths));
            written.place = place;
        } else {
            for (number, value) in inputs.family("RepeatElement") {
                let (paths, place) = list(value)?;
                if written.paths.lists.is_empty() {
                    written.place = place;
                }
                written.paths.lists.push((number, paths));
            }
        }
        if written.paths.lists.is_empty() {
            let paths =
                if takes_columns { without_row_path(plan, model) } else { vec![RowPath::Steps(Vec::new())] };
            written.paths.lists.push((1, paths));
        }
        for (number, value) in inputs.family("SubRepeatElement") {
            let text = Text::verbatim(value.text.trim(), value.origin);
            if let Some(path) = parse_path(&text, format)? {
                written.paths.subs.push((number, path));
                written.subs.push((number, place(value, call)));
            }
        }
        Ok(written)
    }

    /// The levels of the paths.
    pub(super) fn arrange(&self, plan: &Plan, format: ResponseFormat) -> Result<Arranged, Diagnostic> {
        arrange(&self.paths, &plan.columns, format).map_err(|fault| self.fault(fault, plan))
    }

    fn fault(&self, fault: Misplaced, plan: &Plan) -> Diagnostic {
        let new = |message: String, place: Span, label: &str| {
            Diagnostic::new(&codes::path::level_misplaced, message, Label::new(place, label))
        };
        match fault {
            Misplaced::Query(query) => new(
                format!("`{query}` cannot be joined with other row paths"),
                self.place,
                "finds rows anywhere, so nothing tells which belong together",
            )
            .help("name the members step by step, without filters, slices and `..`"),
            Misplaced::Sub(number) => {
                let place = self.subs.iter().find(|(other, _)| *other == number).map(|(_, place)| *place);
                new(
                    format!("`SubRepeatElement#{number}` does not lie within the rows"),
                    place.unwrap_or(self.place),
                    "starts with none of the row paths",
                )
                .help("write it from the row on, or as the row path and more steps")
            }
            Misplaced::Column(at, path) => {
                let place = plan.columns.get(at).map_or(self.place, |column| column.origin);
                let name = match path.anchor {
                    Anchor::SubRepeat(number) => format!("SubRepeatElement#{number}"),
                    Anchor::Repeat(number) => format!("RepeatElement#{number}"),
                    Anchor::Root | Anchor::Row => String::new(),
                };
                new(format!("`{path}` starts nowhere"), place, &format!("nothing sets `{name}`"))
                    .help(format!("set `{name}`, or write the path from the root"))
            }
            Misplaced::Overlapping(number) => new(
                format!("`RepeatElement#{number}` and another one lead into each other's records"),
                self.place,
                "rows of several follow each other, so they must be apart",
            )
            .help("join records with `SubRepeatElement#n`, or with `DataModel` `FlattenedDocuments`"),
            Misplaced::TooMany => {
                new("the row paths make more than 64 levels".to_owned(), self.place, "too many")
                    .help("name fewer row paths")
            }
        }
    }
}

fn place(value: &Value, call: Span) -> Span {
    if value.origin == Span::default() { call } else { value.origin }
}

/// Whether columns are read from the answer: one that has a token alone is no list of rows.
fn takes_columns(call: &Call, plan: &Plan) -> bool {
    let is_read = matches!(&call.body, Body::Row { reads, .. } if !reads.is_empty());
    is_read || shape::pushes_itself(call.body.block()) || !shape::pushes(&plan.body)
}

/// Without a row path the rows are where all absolute columns come from; else at the root. Documents that are
/// flattened have records wherever columns do.
fn without_row_path(plan: &Plan, model: DataModel) -> Vec<RowPath> {
    let mut paths = vec![common_parent(plan)];
    if model != DataModel::Document {
        paths.extend(parents(plan).map(<[Step]>::to_vec));
    }
    paths.into_iter().map(RowPath::Steps).collect()
}

/// Where absolute columns come from.
fn parents(plan: &Plan) -> impl Iterator<Item = &[Step]> {
    let paths = plan.columns.iter().filter_map(|column| column.path.as_ref());
    let absolute = paths.filter(|path| path.anchor == Anchor::Root);
    absolute.map(|path| path.steps.split_last().map_or(&[][..], |(_, parent)| parent))
}

fn common_parent(plan: &Plan) -> Vec<Step> {
    let shared = |common: &[Step], parent: &[Step]| {
        let shared = common.iter().zip(parent).take_while(|(a, b)| a == b);
        shared.map(|(step, _)| step.clone()).collect()
    };
    let mut parents = parents(plan);
    let first = parents.next().unwrap_or_default().to_vec();
    parents.fold(first, |common, parent| shared(&common, parent))
}
