//! Formatters that answer a question: `true` and `false`, or what their last arguments say.

use std::cmp::Ordering;

use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;

use super::{Call, number};
use crate::script::{is_true, number_or_text_order};

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let (value, first) = (call.value, call.text(0));
    let (holds, answers_at) = match call.formatter.id {
        Id::Contains => (value.contains(first), 1),
        Id::StartsWith => (value.starts_with(first), 1),
        Id::EndsWith => (value.ends_with(first), 1),
        Id::Equals | Id::IfEqual => (value == first, 1),
        Id::NotEquals => (value != first, 1),
        Id::GreaterThan => (number_or_text_order(value, first).is_gt(), 1),
        Id::LessThan => (number_or_text_order(value, first).is_lt(), 1),
        Id::IsEqual => (order(call, first)?.is_eq(), 1),
        Id::IsBetween => (order(call, first)?.is_ge() && order(call, call.text(1))?.is_le(), 2),
        Id::And => (truth(call, value)? & truth(call, first)?, 1),
        Id::Or => (truth(call, value)? | truth(call, first)?, 1),
        Id::IsAlphabetic => (all(value, char::is_alphabetic), 0),
        Id::IsAlphanumeric => (all(value, char::is_alphanumeric), 0),
        Id::IsNumeric => (all(value, |c| c.is_ascii_digit()), 0),
        Id::IsSpace => (all(value, char::is_whitespace), 0),
        Id::IsLower => (value.contains(char::is_lowercase) && !value.contains(char::is_uppercase), 0),
        Id::IsUpper => (value.contains(char::is_uppercase) && !value.contains(char::is_lowercase), 0),
        _ => return Ok(None),
    };
    Ok(Some(call.answer(holds, answers_at)))
}

fn all(value: &str, is: fn(char) -> bool) -> bool {
    !value.is_empty() && value.chars().all(is)
}

/// How the value lies to a number.
fn order(call: &Call<'_>, other: &str) -> Result<Ordering, Diagnostic> {
    let (left, right) = (number::number(call.formatter, call.value)?, number::number(call.formatter, other)?);
    left.order(right).ok_or_else(|| number::too_large(call.formatter, other))
}

/// A true or a false word; the empty text is false.
fn truth(call: &Call<'_>, word: &str) -> Result<bool, Diagnostic> {
    let is_false = ["", "0", "false", "no"].iter().any(|no| word.trim().eq_ignore_ascii_case(no));
    if is_false || is_true(word) {
        return Ok(!is_false);
    }
    Err(call
        .wrong(format!("`{word}` is neither true nor false"), "needs true or false")
        .help("true are `true`, `yes` and `1`, false are `false`, `no` and `0`"))
}
