//! Integers and decimals from their text, exactly.

use arrow_buffer::i256;

use super::Cell;

/// The integer that a numeric text stands for: `7`, `7.0`, `7e3`. `None`: none, or it needs more than 64 bits.
pub(super) fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() <= 18 && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let value = digits.bytes().fold(0_i64, |value, digit| value * 10 + i64::from(digit - b'0'));
        return Some(if digits.len() < text.len() { -value } else { value });
    }
    i64::try_from(Numeral::parse(text)?.scaled(0, 19)?.parse::<i128>().ok()?).ok()
}

/// The decimal that a numeric text stands for. `None`: none, or it has more digits than the column.
pub(super) fn decimal(text: &str, precision: u8, scale: i8) -> Option<Cell<'static>> {
    let digits = Numeral::parse(text)?.scaled(scale, precision)?;
    if precision <= 38 {
        digits.parse().ok().map(Cell::Decimal128)
    } else {
        i256::from_string(&digits).map(Cell::Decimal256)
    }
}

/// `digits × 10^exponent`, without zeros at either end.
#[derive(Debug)]
struct Numeral {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Numeral {
    fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            Some(at) => (&unsigned[..at], exponent(&unsigned[at + 1..])?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_end_matches('0');
        let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
        let exponent = exponent - i64::try_from(fraction.len()).ok()? + dropped;
        Some(Self { negative, digits: significant.trim_start_matches('0').to_owned(), exponent })
    }

    /// The signed digits of this number times `10^scale`, when that is whole and has at most `most` digits.
    fn scaled(&self, scale: i8, most: u8) -> Option<String> {
        if self.digits.is_empty() {
            return Some("0".to_owned());
        }
        let zeros = usize::try_from(self.exponent.checked_add(i64::from(scale))?).ok()?;
        if self.digits.len().checked_add(zeros)? > usize::from(most) {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        Some(format!("{sign}{}{}", self.digits, "0".repeat(zeros)))
    }
}

/// An exponent; one with more than nine digits is as good as endless, and fits no column.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.trim_start_matches('0');
    let size = if size.len() > 9 { 999_999_999 } else { format!("0{size}").parse().ok()? };
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use arrow_buffer::i256;

    use super::{Cell, decimal, integer};

    #[test]
    fn integers_are_exact_to_the_last_bit() {
        for (text, value) in [
            ("9007199254740993", 9_007_199_254_740_993),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("7.0", 7),
            ("1e3", 1000),
            ("120e-1", 12),
            ("-0", 0),
            ("0e999999999999", 0),
            ("000000000000000000000000007", 7),
        ] {
            assert_eq!(integer(text), Some(value), "{text}");
        }
        for text in ["9223372036854775808", "-9223372036854775809", "7.5", "1e400", "", "-", "1,000", "0x10"]
        {
            assert_eq!(integer(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_keep_every_digit_and_refuse_one_more() {
        assert_eq!(decimal("1.10", 10, 2), Some(Cell::Decimal128(110)));
        assert_eq!(decimal("1.1000", 10, 2), Some(Cell::Decimal128(110)));
        assert_eq!(decimal("1.101", 10, 2), None);
        assert_eq!(decimal("-12e2", 10, 2), Some(Cell::Decimal128(-120_000)));
        assert_eq!(decimal("123456789.00", 10, 2), None);
        let wide = "99999999999999999999999999999999999999";
        assert_eq!(decimal(wide, 38, 0), Some(Cell::Decimal128(10_i128.pow(38) - 1)));
        let wider = "9".repeat(76);
        assert_eq!(decimal(&wider, 76, 0), i256::from_string(&wider).map(Cell::Decimal256));
        assert_eq!(decimal(&"9".repeat(77), 76, 0), None);
    }
}
