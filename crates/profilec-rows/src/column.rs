//! Columns being built.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    BinaryBuilder, BooleanBuilder, Date32Builder, Decimal128Builder, Decimal256Builder, Float64Builder,
    Int64Builder, StringBuilder, Time64MicrosecondBuilder, TimestampMicrosecondBuilder,
};
use arrow_schema::{DataType, TimeUnit};
use profilec_plan::ColumnType;
use xxhash_rust::xxh3::xxh3_64;

use crate::convert::{Cell, Written, cell};
use crate::fault::{Fault, Scan};
use crate::scan::{Kind, Value};
use crate::string::text_of;
use crate::survey::Facts;

/// The Arrow type of a column.
pub(crate) fn data_type(ty: ColumnType) -> DataType {
    match ty {
        ColumnType::Utf8 => DataType::Utf8,
        ColumnType::Int64 => DataType::Int64,
        ColumnType::Float64 => DataType::Float64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        ColumnType::Date => DataType::Date32,
        ColumnType::Time => DataType::Time64(TimeUnit::Microsecond),
        ColumnType::Binary => DataType::Binary,
        ColumnType::Decimal { precision, scale } if precision <= 38 => DataType::Decimal128(precision, scale),
        ColumnType::Decimal { precision, scale } => DataType::Decimal256(precision, scale),
    }
}

/// A column of a page: its array, its texts for the script, or both.
#[derive(Debug)]
pub(crate) struct Column {
    /// Index into the plan's columns.
    pub(crate) index: usize,
    ty: ColumnType,
    pub(crate) builder: Option<Builder>,
    pub(crate) texts: Option<Vec<Option<String>>>,
    /// Of a column of the key: a hash a row, zero for null.
    pub(crate) keys: Option<Vec<u64>>,
    /// Of a page that is surveyed: what its values show. One that does not fit is null then.
    pub(crate) facts: Option<Facts>,
}

/// What a column of a page is for.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a column may have any of these uses")]
pub(crate) struct Uses {
    pub(crate) is_output: bool,
    pub(crate) is_text: bool,
    pub(crate) is_key: bool,
    pub(crate) is_surveyed: bool,
}

impl Column {
    /// A column without rows.
    pub(crate) fn new(index: usize, ty: ColumnType, uses: Uses, rows: usize) -> Self {
        Self {
            index,
            ty,
            builder: uses.is_output.then(|| Builder::new(ty, rows)),
            texts: uses.is_text.then(Vec::new),
            keys: uses.is_key.then(Vec::new),
            facts: uses.is_surveyed.then(Facts::default),
        }
    }

    /// Appends a value, the same for `times` rows.
    #[inline]
    pub(crate) fn fill(&mut self, text: &str, value: Value, times: usize, scratch: &mut String) -> Scan<()> {
        if self.builder.is_none() && self.texts.is_none() && self.keys.is_none() {
            return Ok(());
        }
        let words = text_of(text, value, scratch).map_err(|lone| Fault::lone_surrogate(lone.0))?;
        if let Some(texts) = &mut self.texts {
            texts.extend(std::iter::repeat_n(words.map(str::to_owned), times));
        }
        if let Some(keys) = &mut self.keys {
            // A hash of zero would be null.
            let key = words.map_or(0, |words| xxh3_64(words.as_bytes()).max(1));
            keys.extend(std::iter::repeat_n(key, times));
        }
        if let Some(facts) = &mut self.facts {
            facts.note(value, words, self.ty, times);
        }
        if let Some(builder) = &mut self.builder {
            let cell = match words.map(|words| cell(words, written(value.kind), self.ty)) {
                None => Cell::Null,
                Some(Some(cell)) => cell,
                Some(None) => {
                    let Some(facts) = &mut self.facts else { return Err(Fault::misfit(self.index, value)) };
                    facts.misfit(value, times);
                    Cell::Null
                }
            };
            builder.push(&cell, times).map_err(|_| Fault::too_much(self.index))?;
        }
        Ok(())
    }
}

impl Column {
    /// Appends a number, the same for `times` rows.
    pub(crate) fn count(&mut self, number: u64, times: usize) -> Scan<()> {
        if let Some(texts) = &mut self.texts {
            texts.extend(std::iter::repeat_n(Some(number.to_string()), times));
        }
        if let Some(builder) = &mut self.builder {
            let cell = i64::try_from(number).map_or(Cell::Null, Cell::Int);
            builder.push(&cell, times).map_err(|_| Fault::too_much(self.index))?;
        }
        Ok(())
    }
}

fn written(kind: Kind) -> Written {
    match kind {
        Kind::Number => Written::Number,
        Kind::True | Kind::False => Written::Boolean,
        Kind::Array | Kind::Object | Kind::Element => Written::Markup,
        Kind::Text | Kind::Characters | Kind::Attribute | Kind::Field | Kind::Null | Kind::Absent => {
            Written::Text
        }
    }
}

/// More than 2 GiB of text in one column.
#[derive(Debug)]
pub(crate) struct TooMuch;

/// An array being built.
#[derive(Debug)]
pub(crate) enum Builder {
    Text(StringBuilder),
    Int(Int64Builder),
    Float(Float64Builder),
    Boolean(BooleanBuilder),
    Timestamp(TimestampMicrosecondBuilder),
    Date(Date32Builder),
    Time(Time64MicrosecondBuilder),
    Binary(BinaryBuilder),
    Decimal128(Decimal128Builder),
    Decimal256(Decimal256Builder),
}

impl Builder {
    /// An empty array with room for so many rows.
    pub(crate) fn new(ty: ColumnType, rows: usize) -> Self {
        match ty {
            ColumnType::Utf8 => Self::Text(StringBuilder::with_capacity(rows, rows * 16)),
            ColumnType::Int64 => Self::Int(Int64Builder::with_capacity(rows)),
            ColumnType::Float64 => Self::Float(Float64Builder::with_capacity(rows)),
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::with_capacity(rows)),
            ColumnType::Timestamp => Self::Timestamp(
                TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(data_type(ty)),
            ),
            ColumnType::Date => Self::Date(Date32Builder::with_capacity(rows)),
            ColumnType::Time => Self::Time(Time64MicrosecondBuilder::with_capacity(rows)),
            ColumnType::Binary => Self::Binary(BinaryBuilder::with_capacity(rows, rows * 16)),
            ColumnType::Decimal { precision, .. } if precision <= 38 => {
                Self::Decimal128(Decimal128Builder::with_capacity(rows).with_data_type(data_type(ty)))
            }
            ColumnType::Decimal { .. } => {
                Self::Decimal256(Decimal256Builder::with_capacity(rows).with_data_type(data_type(ty)))
            }
        }
    }

    /// Appends a cell of the column's type `times` times.
    #[inline]
    pub(crate) fn push(&mut self, cell: &Cell<'_>, times: usize) -> Result<(), TooMuch> {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => {
                room(builder.values_slice().len(), text.len(), times)?;
                (0..times).for_each(|_| builder.append_value(text));
            }
            (Self::Binary(builder), Cell::Bytes(bytes)) => {
                room(builder.values_slice().len(), bytes.len(), times)?;
                (0..times).for_each(|_| builder.append_value(bytes));
            }
            (Self::Int(builder), Cell::Int(int)) => builder.append_value_n(*int, times),
            (Self::Float(builder), Cell::Float(float)) => builder.append_value_n(*float, times),
            (Self::Boolean(builder), Cell::Boolean(boolean)) => builder.append_n(times, *boolean),
            (Self::Timestamp(builder), Cell::Micros(micros)) => builder.append_value_n(*micros, times),
            (Self::Time(builder), Cell::Micros(micros)) => builder.append_value_n(*micros, times),
            (Self::Date(builder), Cell::Days(days)) => builder.append_value_n(*days, times),
            (Self::Decimal128(builder), Cell::Decimal128(decimal)) => builder.append_value_n(*decimal, times),
            (Self::Decimal256(builder), Cell::Decimal256(decimal)) => builder.append_value_n(*decimal, times),
            (builder, Cell::Null) => builder.push_null(times),
            (_, _) => unreachable!("a cell is made for its column's type"),
        }
        Ok(())
    }

    fn push_null(&mut self, times: usize) {
        match self {
            Self::Text(builder) => builder.append_nulls(times),
            Self::Int(builder) => builder.append_nulls(times),
            Self::Float(builder) => builder.append_nulls(times),
            Self::Boolean(builder) => builder.append_nulls(times),
            Self::Timestamp(builder) => builder.append_nulls(times),
            Self::Date(builder) => builder.append_nulls(times),
            Self::Time(builder) => builder.append_nulls(times),
            Self::Binary(builder) => builder.append_nulls(times),
            Self::Decimal128(builder) => builder.append_nulls(times),
            Self::Decimal256(builder) => builder.append_nulls(times),
        }
    }

    /// The array.
    pub(crate) fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut builder) => Arc::new(builder.finish()),
            Self::Int(mut builder) => Arc::new(builder.finish()),
            Self::Float(mut builder) => Arc::new(builder.finish()),
            Self::Boolean(mut builder) => Arc::new(builder.finish()),
            Self::Timestamp(mut builder) => Arc::new(builder.finish()),
            Self::Date(mut builder) => Arc::new(builder.finish()),
            Self::Time(mut builder) => Arc::new(builder.finish()),
            Self::Binary(mut builder) => Arc::new(builder.finish()),
            Self::Decimal128(mut builder) => Arc::new(builder.finish()),
            Self::Decimal256(mut builder) => Arc::new(builder.finish()),
        }
    }
}

/// Whether `times` more texts fit behind `held` bytes.
fn room(held: usize, length: usize, times: usize) -> Result<(), TooMuch> {
    let whole = length.checked_mul(times).and_then(|more| more.checked_add(held));
    if whole.is_some_and(|whole| i32::try_from(whole).is_ok()) { Ok(()) } else { Err(TooMuch) }
}
