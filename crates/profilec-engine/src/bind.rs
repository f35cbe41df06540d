//! Inputs and connection options, bound before anything runs.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::{Input, Plan};
use profilec_vocabulary::closest;

use crate::request::carried_out;
use crate::script::{Item, Value, item_of, split_index};
use crate::{EngineOptions, Inputs, Settings};

/// The items that every pass starts with.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    /// `_input`.
    pub(crate) input: Item,
    /// `_query`: the inputs, and what is known of the query that a run stands for.
    pub(crate) query: Item,
    /// `_connection`.
    pub(crate) connection: Item,
}

/// Binds values to inputs and options.
///
/// # Errors
/// A required input is missing, a value is not allowed, an authentication is not carried out.
pub(crate) fn bind(
    plan: &Plan,
    inputs: &Inputs,
    connection: &Settings,
    options: &EngineOptions,
) -> Result<Bound, Diagnostic> {
    let mut values: Vec<(&str, &str)> = Vec::new();
    for input in &plan.inputs {
        let is_given = inputs.iter().any(|(name, _)| bare(name) == bare(&input.name));
        if let Some(default) = input.default.as_ref().filter(|_| !is_given && !input.name.ends_with('*')) {
            values.push((&input.name, default));
        }
    }
    values.extend(inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let query = query(plan, options);
    let query = query.iter().map(|(name, value)| (*name, value.as_str()));
    let query = item_of(query.chain(values.iter().copied()));
    let input = item_of(values);
    for declared in &plan.inputs {
        check(declared, &input)?;
    }
    let connection = options_of(connection);
    carried_out(plan, &connection)?;
    Ok(Bound { input, query, connection })
}

/// A run is `select columns from table limit n`: no criteria of its own, no order, no join.
fn query(plan: &Plan, options: &EngineOptions) -> Vec<(&'static str, String)> {
    let name = |column: usize| plan.columns.get(column).map(|column| column.name.as_str());
    let columns: Vec<&str> = match &options.select {
        Some(select) => select.iter().filter_map(|column| name(*column)).collect(),
        None => plan.output.iter().filter_map(|column| name(*column)).collect(),
    };
    let mut query = vec![
        ("table", plan.table.clone()),
        ("selectcolumns", columns.join(",")),
        ("isjoin", "false".to_owned()),
        ("isschemaonly", "false".to_owned()),
    ];
    query.extend(options.limit.map(|limit| ("limit", limit.to_string())));
    query
}

fn check(declared: &Input, bound: &Item) -> Result<(), Diagnostic> {
    let name = &declared.name;
    let values = values_of(name, bound);
    if values.is_empty() {
        if !declared.required {
            return Ok(());
        }
        let label = |text| Label::new(declared.read_at.unwrap_or(declared.origin), text);
        let finding = Diagnostic::new(
            &codes::reference::input_missing,
            format!("the input `{name}` is required"),
            label(if declared.read_at.is_some() { "needs its value" } else { "has no default" }),
        );
        let finding = match declared.read_at {
            Some(_) => finding.label(Label::new(declared.origin, "declared here")),
            None => finding,
        };
        return Err(finding.help(format!("pass `-i {}=…`", name.trim_end_matches('#'))));
    }
    let is_allowed = |given: &&str| declared.values.iter().any(|allowed| allowed.trim() == *given);
    let Some(given) = values.into_iter().find(|given| !declared.values.is_empty() && !is_allowed(given))
    else {
        return Ok(());
    };
    let allowed: Vec<_> = declared.values.iter().map(|allowed| format!("`{}`", allowed.trim())).collect();
    let allowed = allowed.join(", ");
    let finding = Diagnostic::new(
        &codes::reference::input_value_not_allowed,
        format!("`{given}` is not allowed for the input `{name}`"),
        Label::new(declared.origin, "declared with a list of values"),
    );
    Err(match closest(given, declared.values.iter().map(|allowed| allowed.trim())) {
        Some(near) => finding.help(format!("did you mean `{near}`? allowed are {allowed}")),
        None => finding.help(format!("allowed are {allowed}")),
    })
}

/// The values of a declared input: of `name#` all, of `prefix:*` those of every name that it stands for.
fn values_of<'b>(declared: &str, bound: &'b Item) -> Vec<&'b str> {
    let text = |value: &'b Value| value.text.as_str();
    if let Some(prefix) = declared.strip_suffix('*') {
        let prefix = prefix.to_lowercase();
        let matching = bound.iter().filter(|(name, _)| name.starts_with(&prefix));
        return matching.flat_map(|(_, attribute)| attribute.values.values()).map(text).collect();
    }
    match declared.strip_suffix('#') {
        Some(name) => {
            bound.attribute(name).into_iter().flat_map(|found| found.values.values()).map(text).collect()
        }
        None => bound.value(declared).map(text).into_iter().collect(),
    }
}

/// A name without its number, for comparing.
fn bare(name: &str) -> String {
    split_index(name).0.to_lowercase()
}

/// `_connection`.
pub(crate) fn options_of(connection: &Settings) -> Item {
    let hidden = connection.iter().flat_map(|(name, value)| hidden_options(name, value));
    let all = hidden.chain(connection.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    with_bare_names(item_of(all))
}

/// `Other` and `ProfileSettings` hold options of their own: `a=1;b=2`.
fn hidden_options<'a>(name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    if !name.eq_ignore_ascii_case("Other") && !name.eq_ignore_ascii_case("ProfileSettings") {
        return Vec::new();
    }
    let pairs = value.trim_matches(['\'', '"']).split(';').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim())).filter(|(name, _)| !name.is_empty()).collect()
}

/// `Auth Scheme` is `AuthScheme`.
fn with_bare_names(item: Item) -> Item {
    let spaced: Vec<_> = item
        .iter()
        .filter(|(name, _)| name.contains(' '))
        .filter_map(|(name, attribute)| Some((name.replace(' ', ""), attribute.first()?.clone())))
        .collect();
    let mut item = item;
    for (name, value) in spaced {
        if !item.knows(&name) {
            item.bind(&name, Some(value));
        }
    }
    item
}
