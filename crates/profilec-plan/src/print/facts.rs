//! Gathers a plan's facts.

use profilec_syntax::{Anchor, Path};
use profilec_vocabulary::ResponseFormat;

use super::secrets::Secrets;
use super::wire::{ColumnFacts, InputFacts, PlanFacts};
use super::{masks, requests, text};
use crate::{Input, Plan, StatementKind, walk};

pub(crate) fn of(plan: &Plan) -> PlanFacts {
    let secrets = Secrets::of(plan);
    let root = root(plan);
    let declared = |name: &str| plan.inputs.iter().any(|input| input.name.to_lowercase() == name);
    let is_column = |name: &str| plan.columns.iter().any(|column| column.name.to_lowercase() == name);
    PlanFacts {
        format: "profilec-plan",
        version: 1,
        table: plan.table.clone(),
        parent: plan.relation.as_ref().and_then(|relation| relation.parent.clone()),
        columns: plan.output.iter().map(|&at| column(plan, at, root)).collect(),
        inputs: plan.inputs.iter().map(|declared| input(declared, &secrets)).collect(),
        undeclared_inputs: plan
            .inputs_read
            .iter()
            .filter(|name| !declared(name) && !is_column(name) && *name != "rows@next")
            .cloned()
            .collect(),
        connection: plan.connection_read.iter().cloned().collect(),
        origins: plan.literal_origins.iter().cloned().collect(),
        calls: requests::of(plan, &secrets),
    }
}

/// The name of the made-up root element that paths into JSON are written with.
fn root(plan: &Plan) -> &'static str {
    let mut formats = Vec::new();
    walk::statements(&plan.body, &mut |statement, _| {
        if let StatementKind::Call(call) = &statement.kind {
            formats.push(call.format);
        }
    });
    if formats.first() == Some(&ResponseFormat::Json) { "/json" } else { "" }
}

fn path(path: &Path, root: &str) -> String {
    match path.anchor {
        Anchor::Root if path.steps.is_empty() && !root.is_empty() => root.to_owned(),
        Anchor::Root => format!("{root}{path}"),
        Anchor::Row | Anchor::Repeat(_) | Anchor::SubRepeat(_) => path.to_string(),
    }
}

fn column(plan: &Plan, at: usize, root: &str) -> ColumnFacts {
    let column = &plan.columns[at];
    ColumnFacts {
        numbers: plan.relation.as_ref().and_then(|relation| relation.numbered(at)).map(str::to_owned),
        name: column.name.clone(),
        ty: text::column_type(column.ty),
        key: column.key,
        path: column.path.as_ref().map(|way| path(way, root)),
        filter: column.filter.clone(),
        set_by_script: column.set_by_script,
    }
}

fn input(input: &Input, secrets: &Secrets) -> InputFacts {
    let is_secret = masks::is_secret_name(&input.name) || secrets.contains(&format!("_input.{}", input.name));
    let shown = |text: &String| if is_secret { masks::MASK.to_owned() } else { text.clone() };
    InputFacts {
        name: input.name.clone(),
        required: input.required,
        default: input.default.as_ref().map(shown),
        values: input.values.iter().map(shown).collect(),
        filter: input.filter.clone(),
        read: input.read_at.is_some() || input.name.eq_ignore_ascii_case("rows@next"),
    }
}
