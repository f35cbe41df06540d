//! The seam between rows and a format.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

/// Where a sink writes.
pub type Writer = Box<dyn std::io::Write + Send>;

/// Called in order: `begin` once, `write` any number of times, `finish` once.
///
/// `finish` ends an output that was cut short, too: what was written of it stays readable.
pub trait RowSink {
    /// Writes what comes before the rows.
    ///
    /// # Errors
    /// The writer failed.
    fn begin(&mut self, schema: &SchemaRef) -> Result<(), SinkError>;

    /// Writes rows.
    ///
    /// # Errors
    /// The writer failed.
    fn write(&mut self, batch: &RecordBatch) -> Result<(), SinkError>;

    /// Hands on what is buffered, so that a reader sees every row that was written.
    ///
    /// # Errors
    /// The writer failed.
    fn flush(&mut self) -> Result<(), SinkError>;

    /// Flushes and reports. Consumes the sink, because `Drop` cannot report a failed flush.
    ///
    /// # Errors
    /// The writer failed.
    fn finish(self: Box<Self>) -> Result<Written, SinkError>;
}

/// What went out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Rows.
    pub rows: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A writer failed.
#[derive(Debug)]
pub struct SinkError {
    source: std::io::Error,
}

impl SinkError {
    /// The reader of the output went away: not an error of the run's own.
    pub fn is_broken_pipe(&self) -> bool {
        self.source.kind() == std::io::ErrorKind::BrokenPipe
    }

    /// A column of a type that no plan has.
    pub(crate) fn unsupported(ty: &arrow_schema::DataType) -> Self {
        std::io::Error::other(format!("columns of the Arrow type `{ty}` cannot be written")).into()
    }
}

impl From<std::io::Error> for SinkError {
    fn from(source: std::io::Error) -> Self {
        Self { source }
    }
}

impl std::fmt::Display for SinkError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.source)
    }
}

impl std::error::Error for SinkError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
