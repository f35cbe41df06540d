//! Arithmetic on numbers as written: exact, never through a float.

use std::cmp::Ordering;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_plan::Formatter;
use profilec_vocabulary::FormatterId;

/// Digits after the point of a quotient that does not come out even.
const QUOTIENT_DIGITS: u32 = 28;
/// The most digits after the point that are kept track of.
const DIGITS: u32 = 38;

/// A decimal number: `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// Reads `-12.50`, `1e3`; blanks around it are ignored. `None` when it is not a number, or has more than
    /// 38 digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let digits = if mantissa.starts_with('-') { -digits } else { digits };
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        if let Ok(scale) = u32::try_from(scale) {
            return (scale <= DIGITS).then_some(Self { digits, scale });
        }
        let power = 10_i128.checked_pow(scale.unsigned_abs())?;
        Some(Self { digits: digits.checked_mul(power)?, scale: 0 })
    }

    fn rescaled(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(10_i128.checked_pow(scale.checked_sub(self.scale)?)?)
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        Some((self.rescaled(scale)?, other.rescaled(scale)?, scale))
    }

    /// The order of two numbers; `None` when they are too far apart in size to tell exactly.
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        let (left, right, _) = self.aligned(other)?;
        Some(left.cmp(&right))
    }

    fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self { digits: left.checked_add(right)?, scale })
    }

    fn subtract(self, other: Self) -> Option<Self> {
        self.add(Self { digits: other.digits.checked_neg()?, ..other })
    }

    fn multiply(self, other: Self) -> Option<Self> {
        let scale = self.scale.checked_add(other.scale)?;
        Some(Self { digits: self.digits.checked_mul(other.digits)?, scale })
    }

    /// `None` for a divisor of zero.
    fn divide(self, other: Self) -> Option<Self> {
        let (left, right, _) = self.aligned(other)?;
        let (mut digits, mut rest, mut scale) =
            (left.checked_div(right)?, left.checked_rem(right)?.unsigned_abs(), 0);
        let (divisor, negative) = (right.unsigned_abs(), (left < 0) != (right < 0));
        while rest != 0 && scale < QUOTIENT_DIGITS {
            let Some(next) = rest.checked_mul(10) else { break };
            let digit = i128::try_from(next / divisor).ok()?;
            let Some(longer) = digits
                .checked_mul(10)
                .and_then(|digits| digits.checked_add(if negative { -digit } else { digit }))
            else {
                break;
            };
            (digits, rest, scale) = (longer, next % divisor, scale + 1);
        }
        if rest > divisor / 2 {
            digits = digits.checked_add(if negative { -1 } else { 1 })?;
        }
        Some(Self { digits, scale })
    }
}

impl std::fmt::Display for Decimal {
    /// Digits after the point as they came out, but a whole number has no point.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let power = 10_u128.checked_pow(self.scale).unwrap_or(u128::MAX);
        let digits = self.digits.unsigned_abs();
        let (whole, fraction) = (digits / power, digits % power);
        let sign = if self.digits < 0 { "-" } else { "" };
        if fraction == 0 {
            write!(out, "{sign}{whole}")
        } else {
            write!(out, "{sign}{whole}.{fraction:0width$}", width = self.scale as usize)
        }
    }
}

/// `add`, `subtract`, `multiply`, `divide`.
pub(super) fn calculate(formatter: &Formatter, value: &str, operand: &str) -> Result<String, Diagnostic> {
    let left = number(formatter, value)?;
    let right = number(formatter, operand)?;
    let result = match formatter.id {
        FormatterId::Subtract => left.subtract(right),
        FormatterId::Multiply => left.multiply(right),
        FormatterId::Divide if right.digits == 0 => {
            return Err(not_a_number(formatter, format!("`{value}` cannot be divided by zero")));
        }
        FormatterId::Divide => left.divide(right),
        _ => left.add(right),
    };
    result
        .map(|result| result.to_string())
        .ok_or_else(|| not_a_number(formatter, format!("`{value}` and `{operand}` make too large a number")))
}

/// A whole number as an argument.
pub(super) fn whole(formatter: &Formatter, text: &str) -> Result<i64, Diagnostic> {
    let number = Decimal::parse(text).map(|number| number.to_string());
    number
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| not_a_number(formatter, format!("`{text}` is not a whole number")))
}

fn number(formatter: &Formatter, text: &str) -> Result<Decimal, Diagnostic> {
    Decimal::parse(text).ok_or_else(|| not_a_number(formatter, format!("`{text}` is not a number")))
}

fn not_a_number(formatter: &Formatter, message: String) -> Diagnostic {
    Diagnostic::new(&codes::template::not_a_number, message, Label::new(formatter.origin, "needs a number"))
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_of_different_notation_compare() {
        let order = |left, right| Decimal::parse(left)?.order(Decimal::parse(right)?);
        assert_eq!(order("1.50", "1.5"), Some(std::cmp::Ordering::Equal));
        assert_eq!(order("9", "10"), Some(std::cmp::Ordering::Less));
        assert_eq!(order("-1e3", "-999.9"), Some(std::cmp::Ordering::Less));
    }

    #[test]
    fn what_is_not_a_number_is_none() {
        for text in ["", " ", "-", ".", "1,000", "0x10", "1e", "--1", "1.2.3", "NaN", "1e99999"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }
}
