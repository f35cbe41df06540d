//! Formatters of numbers.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Formatter;
use profilec_vocabulary::FormatterId as Id;

use super::Call;
use super::decimal::{Decimal, Rounding};

/// The most digits after the point that can be asked for.
const MOST_DIGITS: u32 = 38;

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let made = match call.formatter.id {
        Id::Add | Id::Subtract => calculate(call, call.argument(0).unwrap_or("1"))?,
        Id::Multiply | Id::Divide | Id::Pow => calculate(call, call.argument(0).unwrap_or("2"))?,
        Id::Modulus => calculate(call, call.text(0))?,
        Id::Abs => number(call.formatter, call.value)?
            .magnitude()
            .ok_or_else(|| too_large(call.formatter, call.value))?
            .to_string(),
        Id::Ceiling => rounded(call, 0, Rounding::ToPositiveInfinity)?,
        Id::Floor => rounded(call, 0, Rounding::ToNegativeInfinity)?,
        Id::Round => rounded(call, digits(call, 0, 0)?, Rounding::ToEven)?,
        Id::Sqrt => {
            let number = number(call.formatter, call.value)?;
            let root = number.square_root().ok_or_else(|| {
                not_a_number(call.formatter, format!("`{}` has no square root here", call.value))
            })?;
            root.to_string()
        }
        Id::Currency => {
            let (sign, whole, fraction) = parts(call)?;
            format!("{sign}${}{}", grouped(&whole), point(&fraction))
        }
        Id::Decimal => {
            let (sign, whole, fraction) = parts(call)?;
            format!("{sign}{whole}{}", point(&fraction))
        }
        Id::Percentage => {
            let percent = number(call.formatter, call.value)?
                .multiply(number(call.formatter, "100")?)
                .ok_or_else(|| too_large(call.formatter, call.value))?;
            let (sign, whole, fraction) = percent.parts(digits(call, 0, 2)?);
            format!("{sign}{whole}{}%", point(&fraction))
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}

fn calculate(call: &Call<'_>, operand: &str) -> Result<String, Diagnostic> {
    let (formatter, value) = (call.formatter, call.value);
    let left = number(formatter, value)?;
    let right = number(formatter, operand)?;
    let by_zero = match formatter.id {
        Id::Divide | Id::Modulus => right.is_zero(),
        Id::Pow => left.is_zero() && operand.trim_start().starts_with('-'),
        _ => false,
    };
    if by_zero {
        return Err(not_a_number(formatter, format!("`{value}` cannot be divided by zero")));
    }
    let result = match formatter.id {
        Id::Subtract => left.subtract(right),
        Id::Multiply => left.multiply(right),
        Id::Divide => left.divide(right),
        Id::Modulus => left.remainder(right),
        Id::Pow => left.power(right),
        _ => left.add(right),
    };
    result
        .map(|result| result.to_string())
        .ok_or_else(|| not_a_number(formatter, format!("`{value}` and `{operand}` make too large a number")))
}

fn rounded(call: &Call<'_>, digits: u32, rounding: Rounding) -> Result<String, Diagnostic> {
    Ok(number(call.formatter, call.value)?.round(digits, rounding).to_string())
}

fn parts(call: &Call<'_>) -> Result<(&'static str, String, String), Diagnostic> {
    Ok(number(call.formatter, call.value)?.parts(digits(call, 0, 2)?))
}

fn point(fraction: &str) -> String {
    if fraction.is_empty() { String::new() } else { format!(".{fraction}") }
}

/// Digits with a comma before each three.
fn grouped(whole: &str) -> String {
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many digits an argument asks for.
pub(super) fn digits(call: &Call<'_>, at: usize, default: u32) -> Result<u32, Diagnostic> {
    let Some(wanted) = call.whole(at)? else { return Ok(default) };
    u32::try_from(wanted).ok().filter(|wanted| *wanted <= MOST_DIGITS).ok_or_else(|| {
        call.wrong(format!("`{wanted}` is not a number of digits"), "rounds to 0 to 38 digits")
    })
}

/// A whole number as an argument.
pub(super) fn whole(formatter: &Formatter, text: &str) -> Result<i64, Diagnostic> {
    let number = Decimal::parse(text).map(|number| number.to_string());
    number
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| not_a_number(formatter, format!("`{text}` is not a whole number")))
}

pub(super) fn number(formatter: &Formatter, text: &str) -> Result<Decimal, Diagnostic> {
    Decimal::parse(text).ok_or_else(|| not_a_number(formatter, format!("`{text}` is not a number")))
}

pub(super) fn too_large(formatter: &Formatter, value: &str) -> Diagnostic {
    not_a_number(formatter, format!("`{value}` makes too large a number"))
}

pub(super) fn not_a_number(formatter: &Formatter, message: String) -> Diagnostic {
    Diagnostic::new(&codes::template::not_a_number, message, Label::new(formatter.origin, "needs a number"))
}
