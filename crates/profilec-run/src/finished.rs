//! What a run came to.

use arrow_array::RecordBatch;
use arrow_schema::{DataType, SchemaRef};
use profilec_auth::Masker;
use profilec_engine::Outcome;

/// The end of a run, whatever it was. Its texts are masked.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Verdict, reason and evidence.
    pub outcome: Outcome,
    /// Who ended it.
    pub ending: Ending,
    /// What it took.
    pub counts: Counts,
    /// The output's columns.
    pub columns: Vec<ColumnCount>,
}

/// Who ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The walk itself.
    Walk,
    /// The reader of the output went away.
    ReaderGone,
    /// A signal.
    Signal(Signal),
}

/// A request to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

/// What a run took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that stand in the output.
    pub rows: u64,
    /// Of them those that the page before had already, told by the columns with `key="true"`.
    pub repeated_rows: u64,
    /// Pages that were answered.
    pub pages: u64,
    /// Requests; retries and redirects count.
    pub requests: u64,
    /// Of them retries.
    pub retries: u64,
    /// Bytes of all bodies, decompressed.
    pub bytes: u64,
    /// From start to end.
    pub elapsed_ms: u64,
    /// Of it spent waiting between tries.
    pub waited_ms: u64,
    /// Requests to OAuth servers, which `requests` leaves out.
    pub token_requests: u64,
}

/// A column of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnCount {
    /// As written in the profile.
    pub name: String,
    /// `string`, `int64`, `float64`, `boolean`, `timestamp`, `date`, `time`, `binary` or `decimal(38,2)`.
    pub ty: String,
    /// Rows without a value.
    pub nulls: u64,
}

/// The columns of a schema, nothing counted yet.
pub(crate) fn columns_of(schema: &SchemaRef) -> Vec<ColumnCount> {
    let column = |field: &arrow_schema::FieldRef| ColumnCount {
        name: field.name().clone(),
        ty: type_name(field.data_type()),
        nulls: 0,
    };
    schema.fields().iter().map(column).collect()
}

/// Counts the nulls of a batch that was written.
pub(crate) fn count_nulls(columns: &mut [ColumnCount], batch: &RecordBatch) {
    for (column, array) in columns.iter_mut().zip(batch.columns()) {
        column.nulls += array.null_count() as u64;
    }
}

/// Hides secrets in everything that people will read of an outcome.
pub(crate) fn masked(mut outcome: Outcome, masker: &Masker) -> Outcome {
    let reason = &mut outcome.reason;
    reason.message = masker.mask_message(&reason.message);
    reason.help = reason.help.as_deref().map(|help| masker.mask_message(help));
    for label in std::iter::once(&mut reason.primary).chain(&mut reason.others) {
        label.text = masker.mask_message(&label.text);
    }
    for evidence in &mut outcome.evidence {
        evidence.value = masker.mask_message(&evidence.value);
    }
    outcome
}

fn type_name(ty: &DataType) -> String {
    match ty {
        DataType::Utf8 => "string".to_owned(),
        DataType::Timestamp(..) => "timestamp".to_owned(),
        DataType::Date32 => "date".to_owned(),
        DataType::Time64(_) => "time".to_owned(),
        DataType::Decimal128(precision, scale) | DataType::Decimal256(precision, scale) => {
            format!("decimal({precision},{scale})")
        }
        // `Int64`, `Float64`, `Boolean`, `Binary`.
        other => other.to_string().to_ascii_lowercase(),
    }
}
