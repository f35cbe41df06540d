//! Numbers as written: exact, never through a float.

use std::cmp::Ordering;

/// Digits after the point of a quotient that does not come out even.
const QUOTIENT_DIGITS: u32 = 28;
/// The most digits after the point of a number that is read.
const DIGITS: u32 = 38;
/// The most digits after the point of a result.
const RESULT_DIGITS: u32 = 2 * DIGITS;

/// What becomes of digits that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounding {
    ToEven,
    AwayFromZero,
    ToZero,
    ToNegativeInfinity,
    ToPositiveInfinity,
}

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

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self { digits: left.checked_add(right)?, scale })
    }

    pub(super) fn subtract(self, other: Self) -> Option<Self> {
        self.add(Self { digits: other.digits.checked_neg()?, ..other })
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let scale = self.scale.checked_add(other.scale).filter(|scale| *scale <= RESULT_DIGITS)?;
        Some(Self { digits: self.digits.checked_mul(other.digits)?, scale })
    }

    /// `None` for a divisor of zero.
    pub(super) fn divide(self, other: Self) -> Option<Self> {
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

    /// The remainder of a division, with the sign of this number; `None` for a divisor of zero.
    pub(super) fn remainder(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self { digits: left.checked_rem(right)?, scale })
    }

    /// Without its sign.
    pub(super) fn magnitude(self) -> Option<Self> {
        Some(Self { digits: self.digits.checked_abs()?, ..self })
    }

    /// Whether it is zero.
    pub(super) fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// With at most so many digits after the point.
    pub(super) fn round(self, digits: u32, rounding: Rounding) -> Self {
        let left_out = self.scale.saturating_sub(digits);
        if left_out == 0 {
            return self;
        }
        // A power beyond the type is greater than twice any number of it.
        let power = 10_i128.checked_pow(left_out);
        let (kept, rest, half) = match power {
            Some(power) => {
                let rest = self.digits % power;
                (self.digits / power, rest, rest.unsigned_abs().cmp(&(power.unsigned_abs() / 2)))
            }
            None => (0, self.digits, Ordering::Less),
        };
        let away = match rounding {
            Rounding::ToEven => half.is_gt() || (half.is_eq() && kept % 2 != 0),
            Rounding::AwayFromZero => half.is_ge(),
            Rounding::ToZero => false,
            Rounding::ToNegativeInfinity => rest < 0,
            Rounding::ToPositiveInfinity => rest > 0,
        };
        Self { digits: if away { kept + self.digits.signum() } else { kept }, scale: digits }
    }

    /// The square root, with 18 or 19 digits when it does not come out even; `None` below zero.
    pub(super) fn square_root(self) -> Option<Self> {
        let (mut digits, mut scale) = (u128::try_from(self.digits).ok()?, self.scale);
        if scale % 2 == 1 {
            (digits, scale) = (digits.checked_mul(10)?, scale + 1);
        }
        while scale < RESULT_DIGITS && digits.isqrt().pow(2) != digits {
            let Some(longer) = digits.checked_mul(100) else { break };
            (digits, scale) = (longer, scale + 2);
        }
        let root = digits.isqrt();
        let root = if digits - root * root > root { root + 1 } else { root };
        Some(Self { digits: i128::try_from(root).ok()?, scale: scale / 2 })
    }

    /// A power: exact when the exponent is a whole number, else to 15 digits.
    pub(super) fn power(self, exponent: Self) -> Option<Self> {
        let Ok(whole) = exponent.to_string().parse::<i64>() else {
            let (base, exponent): (f64, f64) =
                (self.to_string().parse().ok()?, exponent.to_string().parse().ok()?);
            let written = format!("{:.14e}", base.powf(exponent));
            return Self::parse(&written).map(Self::without_trailing_zeros);
        };
        let one = Self { digits: 1, scale: 0 };
        let (mut result, mut base, mut left) = (one, self, whole.unsigned_abs());
        while left > 0 {
            if left % 2 == 1 {
                result = result.multiply(base)?;
            }
            left /= 2;
            if left > 0 {
                base = base.multiply(base)?;
            }
        }
        if whole < 0 { one.divide(result) } else { Some(result) }
    }

    fn without_trailing_zeros(mut self) -> Self {
        while self.scale > 0 && self.digits % 10 == 0 {
            self = Self { digits: self.digits / 10, scale: self.scale - 1 };
        }
        self
    }

    /// Its sign, the digits before the point, and exactly so many after it, rounded.
    pub(super) fn parts(self, digits: u32) -> (&'static str, String, String) {
        let rounded = self.round(digits, Rounding::ToEven);
        let sign = if rounded.digits < 0 { "-" } else { "" };
        let written =
            Self { digits: rounded.digits.checked_abs().unwrap_or(i128::MAX), ..rounded }.to_string();
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        (sign, whole.to_owned(), format!("{fraction:0<width$}", width = digits as usize))
    }
}

impl std::fmt::Display for Decimal {
    /// Digits after the point as they came out, but a whole number has no point.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.digits.unsigned_abs();
        // A power beyond the type is greater than any number of it.
        let (whole, fraction) =
            10_u128.checked_pow(self.scale).map_or((0, digits), |power| (digits / power, digits % power));
        let sign = if self.digits < 0 { "-" } else { "" };
        if fraction == 0 {
            write!(out, "{sign}{whole}")
        } else {
            write!(out, "{sign}{whole}.{fraction:0width$}", width = self.scale as usize)
        }
    }
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
