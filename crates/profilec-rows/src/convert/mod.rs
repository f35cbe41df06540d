//! From a value's text to a typed cell, exactly.

mod datetime;
mod decimal;

use arrow_buffer::i256;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use profilec_plan::ColumnType;
use profilec_vocabulary::boolean_word;

/// A typed value on its way to a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Text(&'a str),
    Int(i64),
    Float(f64),
    Boolean(bool),
    /// Microseconds since the epoch, or since midnight.
    Micros(i64),
    Days(i32),
    Bytes(Vec<u8>),
    Decimal128(i128),
    Decimal256(i256),
}

/// How a text was written: a string holds numbers too, but a number holds no date and a boolean no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Text,
    Number,
    Boolean,
    /// An array or object, an element with children.
    Markup,
}

/// The cell for a text in a column of this type; `None`: it does not fit. An empty text is null except in a
/// text column.
pub(crate) fn cell(text: &str, written: Written, ty: ColumnType) -> Option<Cell<'_>> {
    if ty == ColumnType::Utf8 {
        return Some(Cell::Text(text));
    }
    let text = if written == Written::Text { text.trim() } else { text };
    if text.is_empty() {
        return Some(Cell::Null);
    }
    let number = matches!(written, Written::Text | Written::Number);
    let words = written == Written::Text;
    match ty {
        ColumnType::Utf8 => Some(Cell::Text(text)),
        ColumnType::Int64 if number => decimal::integer(text).map(Cell::Int),
        ColumnType::Float64 if number => float(text).map(Cell::Float),
        ColumnType::Decimal { precision, scale } if number => decimal::decimal(text, precision, scale),
        ColumnType::Boolean if written != Written::Markup => boolean_word(text).map(Cell::Boolean),
        ColumnType::Timestamp if words => datetime::timestamp(text).map(Cell::Micros),
        ColumnType::Date if words => datetime::date(text).map(Cell::Days),
        ColumnType::Time if words => datetime::time(text).map(Cell::Micros),
        ColumnType::Binary if words => binary(text).map(Cell::Bytes),
        _ => None,
    }
}

/// A finite number; the words that std accepts (`inf`, `nan`) are none.
fn float(text: &str) -> Option<f64> {
    let numeric = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    text.parse().ok().filter(|float: &f64| numeric && float.is_finite())
}

/// Base64 in the standard or the URL-safe alphabet, with or without padding.
fn binary(text: &str) -> Option<Vec<u8>> {
    const CONFIG: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);
    let engine = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    engine.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{Cell, ColumnType, Written, cell};

    #[test]
    fn booleans_come_as_words_and_numbers() {
        let boolean = |text, written| cell(text, written, ColumnType::Boolean);
        assert_eq!(boolean("YES", Written::Text), Some(Cell::Boolean(true)));
        assert_eq!(boolean("0", Written::Number), Some(Cell::Boolean(false)));
        assert_eq!(boolean("maybe", Written::Text), None);
        assert_eq!(boolean("2", Written::Number), None);
    }

    #[test]
    fn base64_comes_in_both_alphabets_padded_or_not() {
        for text in ["+/8=", "+/8", "-_8=", "-_8"] {
            assert_eq!(
                cell(text, Written::Text, ColumnType::Binary),
                Some(Cell::Bytes(vec![0xfb, 0xff])),
                "{text}"
            );
        }
        assert_eq!(cell("*", Written::Text, ColumnType::Binary), None);
    }

    #[test]
    fn an_empty_text_is_null_except_in_a_text_column() {
        assert_eq!(cell("", Written::Text, ColumnType::Int64), Some(Cell::Null));
        assert_eq!(cell("", Written::Text, ColumnType::Utf8), Some(Cell::Text("")));
    }

    #[test]
    fn floats_are_finite() {
        assert_eq!(cell("1e400", Written::Number, ColumnType::Float64), None);
        assert_eq!(cell("NaN", Written::Text, ColumnType::Float64), None);
        assert_eq!(cell("-0.5e1", Written::Number, ColumnType::Float64), Some(Cell::Float(-5.0)));
    }

    #[test]
    fn a_boolean_is_no_number_and_an_epoch_no_date() {
        assert_eq!(cell("true", Written::Boolean, ColumnType::Int64), None);
        assert_eq!(cell("1700000000", Written::Number, ColumnType::Timestamp), None);
    }
}
