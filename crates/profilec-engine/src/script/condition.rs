//! Conditions.

use std::cmp::Ordering;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::{Comparand, Operand, Target, Test, Word};
use profilec_syntax::Comparison;

use super::template::{evaluate, name, word};
use super::{Environment, Found};
use crate::formatters::{Decimal, Moment};

/// Whether a text is one of the true words `true`, `yes`, `1`.
pub(crate) fn is_true(text: &str) -> bool {
    profilec_vocabulary::boolean_word(text) == Some(true)
}

/// The order of two texts: as numbers if both are, else as text.
pub(crate) fn number_or_text_order(left: &str, right: &str) -> Ordering {
    numbers(left, right).unwrap_or_else(|| left.cmp(right))
}

fn numbers(left: &str, right: &str) -> Option<Ordering> {
    Decimal::parse(left)?.order(Decimal::parse(right)?)
}

/// Whether a condition holds.
///
/// # Errors
/// A reference to nothing; a strict comparison with an attribute that does not exist.
pub(crate) fn holds(test: &Test, environment: &Environment) -> Result<bool, Diagnostic> {
    match test {
        Test::HasValue(target) => {
            Ok(find(target, environment)?.value().is_some_and(|value| !value.text.is_empty()))
        }
        Test::IsTrue(target, value) => {
            let has = find(target, environment)?.value().is_some_and(|value| !value.text.is_empty());
            Ok(has && is_true(&evaluate(value, environment)?.text))
        }
        Test::Compare { target, how, value, strict } => compare(target, how, value, *strict, environment),
        Test::Not(inner) => Ok(!holds(inner, environment)?),
        Test::And(left, right) => Ok(holds(left, environment)? && holds(right, environment)?),
        Test::Or(left, right) => Ok(holds(left, environment)? || holds(right, environment)?),
        Test::Expression(left, comparison, right) => expression(left, *comparison, right, environment),
        Test::Matches { value, pattern, how } => {
            let (value, pattern) = (evaluate(value, environment)?, evaluate(pattern, environment)?);
            environment.patterns.matches(&value.text, &pattern, word(how, environment)?)
        }
        Test::IsFirst => Ok(environment.position().at == 1),
        Test::IsLast => {
            let position = environment.position();
            Ok(position.at == position.of)
        }
        Test::Truth(operand) => Ok(match operand {
            Operand::Null => false,
            Operand::Value(template) => is_true(&evaluate(template, environment)?.text),
        }),
    }
}

/// What a target names.
fn find<'e>(target: &Target, environment: &'e Environment) -> Result<Found<'e>, Diagnostic> {
    let attribute = name(&target.attribute, environment)?;
    Ok(match &target.item {
        Some(item) => environment.find_in_item(&name(item, environment)?, &attribute),
        None => environment.find(&attribute),
    })
}

fn compare(
    target: &Target,
    how: &Word<Comparand>,
    value: &profilec_plan::Template,
    strict: bool,
    environment: &Environment,
) -> Result<bool, Diagnostic> {
    let how = word(how, environment)?;
    let left = match find(target, environment)? {
        Found::Missing if how == Comparand::HasNoValue => return Ok(true),
        Found::Value(value) => value.text.as_str(),
        Found::Null => "",
        Found::Missing if strict => {
            let attribute = name(&target.attribute, environment)?;
            return Err(Diagnostic::new(
                &codes::reference::undefined,
                format!("`{attribute}` has no value to compare"),
                Label::new(target.origin, "nothing has set it when this is read"),
            )
            .help("put the comparison into an `api:check` of the attribute, or use `api:if`"));
        }
        Found::Missing => return Ok(how == Comparand::NotEquals),
    };
    let right = evaluate(value, environment)?.text;
    Ok(match how {
        Comparand::HasValue => !left.is_empty(),
        Comparand::HasNoValue => left.is_empty(),
        Comparand::Equals => left == right,
        Comparand::NotEquals => left != right,
        Comparand::EqualsIgnoreCase => left.to_lowercase() == right.to_lowercase(),
        Comparand::LessThan => number_or_text_order(left, &right).is_lt(),
        Comparand::GreaterThan => number_or_text_order(left, &right).is_gt(),
    })
}

fn expression(
    left: &Operand,
    comparison: Comparison,
    right: &Operand,
    environment: &Environment,
) -> Result<bool, Diagnostic> {
    let order = match (left, right) {
        (Operand::Null, Operand::Null) => Some(Ordering::Equal),
        (Operand::Null, Operand::Value(value)) | (Operand::Value(value), Operand::Null) => {
            // An undefined reference is what is asked for here, so it is no error.
            let is_null = evaluate(value, environment).map_or(true, |value| value.text.is_empty());
            is_null.then_some(Ordering::Equal)
        }
        (Operand::Value(left), Operand::Value(right)) => {
            let (left, right) = (evaluate(left, environment)?.text, evaluate(right, environment)?.text);
            Some(numbers(&left, &right).or_else(|| dates(&left, &right)).unwrap_or_else(|| left.cmp(&right)))
        }
    };
    Ok(match (comparison, order) {
        (Comparison::Equal, order) => order == Some(Ordering::Equal),
        (Comparison::NotEqual, order) => order != Some(Ordering::Equal),
        // Nothing is smaller or greater than null.
        (_, None) => false,
        (Comparison::Less, Some(order)) => order.is_lt(),
        (Comparison::LessOrEqual, Some(order)) => order.is_le(),
        (Comparison::Greater, Some(order)) => order.is_gt(),
        (Comparison::GreaterOrEqual, Some(order)) => order.is_ge(),
    })
}

fn dates(left: &str, right: &str) -> Option<Ordering> {
    Some(Moment::detect(left)?.instant().cmp(&Moment::detect(right)?.instant()))
}
