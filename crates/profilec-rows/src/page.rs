//! From a body to a page.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use profilec_diagnostics::Diagnostic;
use profilec_engine::{Emit, PageSummary, PushedRow};
use profilec_plan::{Extraction, PlanColumn};

/// Turns bodies into pages of one table.
#[derive(Debug)]
pub struct Extractor {
    schema: SchemaRef,
    output: Vec<usize>,
}

/// One page's rows and what was seen beside them.
#[derive(Debug)]
pub struct Page {
    /// Summary for the engine.
    pub summary: PageSummary,
    /// Rows in the table's output schema.
    pub batch: RecordBatch,
}

/// A value that does not fit its declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Index into the plan's columns.
    pub column: usize,
    /// JSON pointer into the body.
    pub pointer: String,
    /// The value as written, shortened.
    pub value: String,
}

impl Extractor {
    /// For a table with these columns, of which `output` (indices, in order) are written.
    pub fn new(columns: &[PlanColumn], output: &[usize]) -> Self {
        let _ = columns;
        Self { schema: arrow_schema::Schema::empty().into(), output: output.to_vec() }
    }

    /// The schema of every batch, also of an empty one.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// Reads one body.
    ///
    /// # Errors
    /// A finding: not JSON (says what it is), invalid UTF-8 with its offset, a value that does not fit its
    /// column (at the column, with page, pointer and value), a row path that matches nothing is NOT an error
    /// here but [`profilec_engine::RowPathSeen::Missing`].
    pub fn extract(&mut self, body: &[u8], extraction: &Extraction, page: u64) -> Result<Page, Diagnostic> {
        let _ = (body, extraction, page, &self.output);
        unimplemented!("contract only")
    }

    /// Carries out what the engine decided about a page's rows; `None`: nothing to write.
    ///
    /// # Errors
    /// A finding: a value that the script set does not fit its column.
    pub fn emit(&self, batch: RecordBatch, emit: Emit) -> Result<Option<RecordBatch>, Diagnostic> {
        let _ = (batch, emit);
        Ok(None)
    }

    /// Rows that the script made itself, typed.
    ///
    /// # Errors
    /// A finding: a value does not fit its column.
    pub fn from_script(&self, rows: Vec<PushedRow>) -> Result<RecordBatch, Diagnostic> {
        let _ = rows;
        Ok(RecordBatch::new_empty(self.schema.clone()))
    }
}
