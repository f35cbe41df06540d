//! One column of a batch, its type settled once, its values written as text.

use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, Float64Array,
    Int64Array, RecordBatch, StringArray, Time64MicrosecondArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, TimeUnit};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{SinkError, clock};

/// A column's values.
pub(crate) enum Cells<'a> {
    Text(&'a StringArray),
    Integer(&'a Int64Array),
    Float(&'a Float64Array),
    Boolean(&'a BooleanArray),
    Timestamp(&'a TimestampMicrosecondArray),
    Date(&'a Date32Array),
    Time(&'a Time64MicrosecondArray),
    Binary(&'a BinaryArray),
    Decimal(&'a Decimal128Array, i8),
    Wide(&'a Decimal256Array, i8),
}

/// The columns of a batch.
pub(crate) fn cells_of(batch: &RecordBatch) -> Result<Vec<Cells<'_>>, SinkError> {
    batch.columns().iter().map(Cells::of).collect()
}

impl<'a> Cells<'a> {
    fn of(array: &'a ArrayRef) -> Result<Self, SinkError> {
        let any = array.as_any();
        let cells = match array.data_type() {
            DataType::Utf8 => any.downcast_ref().map(Self::Text),
            DataType::Int64 => any.downcast_ref().map(Self::Integer),
            DataType::Float64 => any.downcast_ref().map(Self::Float),
            DataType::Boolean => any.downcast_ref().map(Self::Boolean),
            DataType::Timestamp(TimeUnit::Microsecond, _) => any.downcast_ref().map(Self::Timestamp),
            DataType::Date32 => any.downcast_ref().map(Self::Date),
            DataType::Time64(TimeUnit::Microsecond) => any.downcast_ref().map(Self::Time),
            DataType::Binary => any.downcast_ref().map(Self::Binary),
            DataType::Decimal128(_, scale) => any.downcast_ref().map(|array| Self::Decimal(array, *scale)),
            DataType::Decimal256(_, scale) => any.downcast_ref().map(|array| Self::Wide(array, *scale)),
            _ => None,
        };
        cells.ok_or_else(|| SinkError::unsupported(array.data_type()))
    }

    pub(crate) fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Text(array) => array.is_null(row),
            Self::Integer(array) => array.is_null(row),
            Self::Float(array) => array.is_null(row),
            Self::Boolean(array) => array.is_null(row),
            Self::Timestamp(array) => array.is_null(row),
            Self::Date(array) => array.is_null(row),
            Self::Time(array) => array.is_null(row),
            Self::Binary(array) => array.is_null(row),
            Self::Decimal(array, _) => array.is_null(row),
            Self::Wide(array, _) => array.is_null(row),
        }
    }

    /// Writes a value that is not null.
    pub(crate) fn write(&self, row: usize, out: &mut Vec<u8>) {
        match self {
            Self::Text(array) => out.extend_from_slice(array.value(row).as_bytes()),
            Self::Integer(array) => {
                out.extend_from_slice(itoa::Buffer::new().format(array.value(row)).as_bytes());
            }
            Self::Float(array) => {
                out.extend_from_slice(zmij::Buffer::new().format(array.value(row)).as_bytes());
            }
            Self::Boolean(array) => {
                out.extend_from_slice(if array.value(row) { b"true" } else { b"false" });
            }
            Self::Timestamp(array) => clock::timestamp(array.value(row), out),
            Self::Date(array) => clock::date(array.value(row), out),
            Self::Time(array) => clock::time(array.value(row), out),
            Self::Binary(array) => base64(array.value(row), out),
            Self::Decimal(array, scale) => {
                let value = array.value(row);
                let mut buffer = itoa::Buffer::new();
                decimal(value < 0, buffer.format(value.unsigned_abs()).as_bytes(), *scale, out);
            }
            Self::Wide(array, scale) => {
                let text = array.value(row).to_string();
                let digits = text.strip_prefix('-');
                decimal(digits.is_some(), digits.unwrap_or(&text).as_bytes(), *scale, out);
            }
        }
    }
}

/// Appends base64 (RFC 4648, padded).
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + bytes.len().div_ceil(3) * 4, b'=');
    let written = STANDARD.encode_slice(bytes, &mut out[start..]).unwrap_or(0);
    out.truncate(start + written);
}

/// Puts the point into a whole number's digits: all `scale` digits after it are written.
fn decimal(negative: bool, digits: &[u8], scale: i8, out: &mut Vec<u8>) {
    if negative {
        out.push(b'-');
    }
    let Ok(after) = usize::try_from(scale) else {
        out.extend_from_slice(digits);
        if digits != b"0" {
            out.resize(out.len() + usize::from(scale.unsigned_abs()), b'0');
        }
        return;
    };
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(after));
    out.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
    if after > 0 {
        out.push(b'.');
        out.resize(out.len() + after - fraction.len(), b'0');
        out.extend_from_slice(fraction);
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    fn text(negative: bool, digits: &str, scale: i8) -> String {
        let mut out = Vec::new();
        decimal(negative, digits.as_bytes(), scale, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn decimals_keep_every_digit_of_their_scale() {
        assert_eq!(text(false, "110", 2), "1.10");
        assert_eq!(text(true, "5", 3), "-0.005");
        assert_eq!(text(false, "0", 2), "0.00");
        assert_eq!(text(false, "42", 0), "42");
        assert_eq!(text(false, "42", -3), "42000");
        assert_eq!(text(false, "0", -3), "0");
    }
}
