//! Formatters: what a pipeline does to a value.
//!
//! A null value stays null through every formatter that does not give one itself.

mod date;
mod date_pattern;
mod number;
mod text;

use profilec_diagnostics::Diagnostic;
use profilec_plan::Formatter;
use profilec_vocabulary::FormatterId as Id;

pub(crate) use date::Moment;
pub(crate) use number::Decimal;
pub(crate) use text::percent_encode;

/// Applies one formatter; `None` is null. `now` is seconds since the epoch and the local offset in seconds.
///
/// # Errors
/// The value or an argument is not what the formatter works on.
pub(crate) fn apply(
    formatter: &Formatter,
    value: Option<&str>,
    arguments: &[String],
    now: (i64, i32),
) -> Result<Option<String>, Diagnostic> {
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let first = argument(0).unwrap_or_default();
    // What gives a value where there is none.
    let made = match formatter.id {
        Id::Def => Some(match (value, argument(1)) {
            (None, _) => first.to_owned(),
            (Some(value), None) => value.to_owned(),
            (Some(_), Some(replacement)) => replacement.to_owned(),
        }),
        Id::Empty => {
            Some(value.filter(|value| !value.is_empty()).map_or_else(|| first.to_owned(), str::to_owned))
        }
        Id::AllowNull => value.map(str::to_owned),
        Id::Now => Some(date::now(formatter, argument(0), now)?),
        Id::UtcNow => Some(date::now(formatter, argument(0), (now.0, 0))?),
        id => match value {
            None => None,
            Some(value) => Some(match id {
                Id::Add | Id::Subtract => number::calculate(formatter, value, argument(0).unwrap_or("1"))?,
                Id::Multiply | Id::Divide => number::calculate(formatter, value, argument(0).unwrap_or("2"))?,
                Id::Replace => text::replace(formatter, value, arguments)?,
                Id::Split => text::split(formatter, value, arguments)?,
                Id::Substring => text::substring(formatter, value, arguments)?,
                Id::ToLower => value.to_lowercase(),
                Id::ToUpper => value.to_uppercase(),
                Id::Trim => value.trim().to_owned(),
                Id::UrlEncode => percent_encode(value),
                Id::Contains => text::answer(value.contains(first), argument(1), argument(2)),
                Id::Equals => text::answer(value == first, argument(1), argument(2)),
                Id::Base64Encode => text::base64_encode(value),
                Id::ToDate => date::todate(formatter, value, arguments)?,
                Id::DateAdd => date::dateadd(formatter, value, arguments)?,
                // Lowering lets none of these pass.
                Id::Def | Id::Empty | Id::AllowNull | Id::Now | Id::UtcNow | Id::Other => value.to_owned(),
            }),
        },
    };
    Ok(made)
}
