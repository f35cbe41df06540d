//! Formatters of all values of an array attribute.

use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;

use super::decimal::{Decimal, Rounding};
use super::{Call, number};

/// Applies a formatter that takes an array; there is at least one value.
pub(super) fn apply(call: &Call<'_>, mut values: Vec<String>) -> Result<Vec<String>, Diagnostic> {
    let made = match call.formatter.id {
        Id::Reverse => {
            values.reverse();
            return Ok(values);
        }
        Id::Sort => {
            sort(&mut values);
            return Ok(values);
        }
        Id::ArrayFind => {
            let at = values.iter().position(|value| value == call.text(0));
            at.map_or_else(|| "-1".to_owned(), |at| (at + 1).to_string())
        }
        Id::Count => {
            let target = call.text(0);
            let count = |value: &String| if target.is_empty() { 0 } else { value.matches(target).count() };
            values.iter().map(count).sum::<usize>().to_string()
        }
        Id::ArraySum => sum(call, &values)?.to_string(),
        Id::ArrayAverage => average(call, &values)?,
        Id::ArrayMax => extreme(call, &values, std::cmp::Ordering::is_gt)?,
        Id::ArrayMin => extreme(call, &values, std::cmp::Ordering::is_lt)?,
        _ => {
            let between = call.argument(0).unwrap_or(",");
            let length = |sum: usize, value: &String| sum.saturating_add(value.len() + between.len());
            call.room(values.iter().fold(0, length))?;
            values.join(between)
        }
    };
    Ok(vec![made])
}

/// As numbers if all are, else as text; equal values keep their order.
fn sort(values: &mut [String]) {
    if values.iter().all(|value| Decimal::parse(value).is_some()) {
        values.sort_by(|left, right| {
            let order = Decimal::parse(left).zip(Decimal::parse(right)).and_then(|(l, r)| l.order(r));
            order.unwrap_or(std::cmp::Ordering::Equal)
        });
    } else {
        values.sort();
    }
}

fn sum(call: &Call<'_>, values: &[String]) -> Result<Decimal, Diagnostic> {
    let mut sum = number::number(call.formatter, "0")?;
    for value in values {
        sum = sum
            .add(number::number(call.formatter, value)?)
            .ok_or_else(|| number::too_large(call.formatter, value))?;
    }
    Ok(sum)
}

/// Rounded when one of the arguments says so.
fn average(call: &Call<'_>, values: &[String]) -> Result<String, Diagnostic> {
    let sum = sum(call, values)?;
    let average = number::number(call.formatter, &values.len().to_string())
        .map(|count| sum.divide(count))?
        .ok_or_else(|| number::too_large(call.formatter, call.value))?;
    let rounding = match call.text(0).trim().to_lowercase().as_str() {
        "" | "toeven" => Rounding::ToEven,
        "awayfromzero" => Rounding::AwayFromZero,
        "tozero" => Rounding::ToZero,
        "tonegativeinfinity" => Rounding::ToNegativeInfinity,
        "topositiveinfinity" => Rounding::ToPositiveInfinity,
        _ => {
            return Err(call
                .wrong(format!("`{}` is not a way of rounding", call.text(0)), "rounds in one of these")
                .help(
                    "write `ToEven`, `AwayFromZero`, `ToZero`, `ToNegativeInfinity` or `ToPositiveInfinity`",
                ));
        }
    };
    if call.arguments.is_empty() {
        return Ok(average.to_string());
    }
    Ok(average.round(number::digits(call, 1, 0)?, rounding).to_string())
}

/// The first value, as written, that no other one beats.
fn extreme(
    call: &Call<'_>,
    values: &[String],
    beats: fn(std::cmp::Ordering) -> bool,
) -> Result<String, Diagnostic> {
    let mut best = (number::number(call.formatter, call.value)?, call.value);
    for value in values {
        let number = number::number(call.formatter, value)?;
        let order = number.order(best.0).ok_or_else(|| number::too_large(call.formatter, value))?;
        if beats(order) {
            best = (number, value);
        }
    }
    Ok(best.1.to_owned())
}
