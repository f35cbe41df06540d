//! Formatters: what a pipeline does to a value.
//!
//! A null value stays null through every formatter that does not give one itself.

mod array;
mod calendar;
mod call;
mod chance;
mod date;
mod date_pattern;
mod decimal;
mod encoding;
mod layout;
mod logic;
mod number;
mod pattern;
mod text;

use profilec_diagnostics::Diagnostic;
use profilec_plan::Formatter;
use profilec_vocabulary::FormatterId as Id;

use call::Call;
pub(crate) use call::{LONGEST, too_long};
pub(crate) use chance::{Ambient, Chance};
pub(crate) use date::Moment;
pub(crate) use decimal::Decimal;
pub(crate) use encoding::percent_encode;

/// A group of formatters: the text that one of it makes, `None` when the formatter is of another group.
type Group = fn(&Call<'_>) -> Result<Option<String>, Diagnostic>;

const GROUPS: [Group; 8] = [
    text::apply,
    logic::apply,
    number::apply,
    date::apply,
    calendar::apply,
    encoding::apply,
    layout::apply,
    pattern::apply,
];

/// Applies one formatter to the values of an attribute: none is null, several are an array.
///
/// # Errors
/// The value or an argument is not what the formatter works on.
pub(crate) fn apply(
    formatter: &Formatter,
    values: Vec<String>,
    arguments: &[String],
    ambient: &Ambient,
) -> Result<Vec<String>, Diagnostic> {
    let value = values.first().map(String::as_str);
    let call = Call { formatter, value: value.unwrap_or_default(), arguments, ambient };
    let made = match formatter.id {
        // What gives a value where there is none.
        Id::Def => match (value, call.argument(1)) {
            (None, _) => call.text(0).to_owned(),
            (Some(_), Some(replacement)) => replacement.to_owned(),
            (Some(_), None) => return Ok(values),
        },
        Id::Empty if value.is_none_or(str::is_empty) => call.text(0).to_owned(),
        Id::Empty | Id::AllowNull => return Ok(values),
        Id::Now | Id::Date => date::now(&call, ambient.now.1)?,
        Id::UtcNow => date::now(&call, 0)?,
        Id::FileTimeNow => calendar::file_time_now(&call)?,
        Id::Guid => chance::guid(&call),
        Id::Rand => chance::rand(&call)?,
        _ if values.is_empty() => return Ok(values),
        id if id.takes_array() => return array::apply(&call, values.clone()),
        _ => {
            for group in GROUPS {
                if let Some(text) = group(&call)? {
                    call.room(text.len())?;
                    return Ok(vec![text]);
                }
            }
            // Only `vault`, which lowering lets not pass.
            return Ok(values);
        }
    };
    Ok(vec![made])
}
