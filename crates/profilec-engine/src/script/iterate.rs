//! What an `enum` goes through.

use profilec_diagnostics::Diagnostic;
use profilec_plan::{EnumSource, Template};
use profilec_syntax::{Range, parse_range};

use super::machine::{names, too_many_steps};
use super::pattern::glob;
use super::template::{evaluate, name};
use super::{Attribute, Environment, Value, is_true};

/// Iterations of one range.
const RANGE: u32 = 1_000_000;

/// What an `enum` iterates: names and values.
pub(super) fn iterations(
    source: &EnumSource,
    environment: &Environment,
) -> Result<Vec<(String, Value)>, Diagnostic> {
    Ok(match source {
        EnumSource::List { list, separator } => {
            let list = evaluate(list, environment)?;
            let separator = match separator {
                Some(separator) => evaluate(separator, environment)?.text,
                None => "\n".to_owned(),
            };
            if list.text.is_empty() {
                return Ok(Vec::new());
            }
            let Value { origin, from_response, .. } = list;
            let piece = |text: &str| (String::new(), Value { text: text.to_owned(), origin, from_response });
            if separator.is_empty() {
                return Ok(vec![piece(&list.text)]);
            }
            let pieces: Vec<_> =
                list.text.split(separator.as_str()).take(RANGE as usize + 1).map(piece).collect();
            if pieces.len() > RANGE as usize {
                return Err(too_many_steps(format!("the list has more than {RANGE} values"), origin));
            }
            pieces
        }
        EnumSource::Range(range) => range_values(&evaluate(range, environment)?)?,
        EnumSource::Attribute(target) => {
            let (item, attribute) = names(target, environment)?;
            array(item.as_deref(), &attribute, environment)
        }
        EnumSource::Item { item, pattern, expand, separator } => {
            let text = |template: &Option<Template>| {
                template.as_ref().map(|template| evaluate(template, environment)).transpose()
            };
            let item = item.as_ref().map(|item| name(item, environment)).transpose()?;
            let pattern = text(pattern)?.map(|pattern| pattern.text.trim().to_lowercase());
            let expand = text(expand)?.is_some_and(|expand| is_true(&expand.text));
            let separator = text(separator)?.map_or_else(|| "\n".to_owned(), |separator| separator.text);
            let Some(item) = environment.item(item.as_deref().unwrap_or("_")) else { return Ok(Vec::new()) };
            let wanted = |name: &str| pattern.as_ref().is_none_or(|pattern| glob(name, pattern));
            let attributes = item.iter().filter(|(name, _)| wanted(name));
            if expand {
                attributes.flat_map(|(name, attribute)| each(name, attribute)).collect()
            } else {
                attributes.filter_map(|(name, attribute)| joined(name, attribute, &separator)).collect()
            }
        }
    })
}

/// The values of an array attribute, each under its indexed name.
pub(super) fn array(item: Option<&str>, attribute: &str, environment: &Environment) -> Vec<(String, Value)> {
    let bare = attribute.trim_end_matches('#');
    let (item, bare) = match (item, bare.split_once('.')) {
        (Some(item), _) => (environment.item(item), bare),
        (None, Some((item, rest))) if environment.item(item).is_some() => (environment.item(item), rest),
        (None, _) => (environment.default_items().find(|item| item.attribute(bare).is_some()), bare),
    };
    let Some(attribute) = item.and_then(|item| item.attribute(bare)) else { return Vec::new() };
    each(bare, attribute).collect()
}

/// Each value of an attribute under its indexed name.
fn each(name: &str, attribute: &Attribute) -> impl Iterator<Item = (String, Value)> {
    attribute.values.iter().map(move |(index, value)| (format!("{name}#{index}"), value.clone()))
}

/// All values of an attribute as one; `None`: it has none.
fn joined(name: &str, attribute: &Attribute, separator: &str) -> Option<(String, Value)> {
    let mut value = attribute.first()?.clone();
    for more in attribute.values.values().skip(1) {
        value.text.push_str(separator);
        value.text.push_str(&more.text);
        value.from_response |= more.from_response;
    }
    Some((name.to_owned(), value))
}

/// `1..5`, `5..1`, `a..z`, `Z..A`.
fn range_values(range: &Value) -> Result<Vec<(String, Value)>, Diagnostic> {
    let item = |text: String| (String::new(), Value { text, ..range.clone() });
    match parse_range(&range.text, range.origin)? {
        Range::Numbers(from, to) if from.abs_diff(to) >= u64::from(RANGE) => Err(too_many_steps(
            format!("the range `{}` has more than {RANGE} values", range.text),
            range.origin,
        )),
        Range::Numbers(from, to) if from <= to => Ok((from..=to).map(|n| item(n.to_string())).collect()),
        Range::Numbers(from, to) => Ok((to..=from).rev().map(|n| item(n.to_string())).collect()),
        Range::Letters(from, to) if from <= to => Ok((from..=to).map(|c| item(c.to_string())).collect()),
        Range::Letters(from, to) => Ok((to..=from).rev().map(|c| item(c.to_string())).collect()),
    }
}
