//! Bytes on their way out.

use std::io::Write;

use crate::{SinkError, Writer, Written};

/// Bytes are handed on once so many wait.
const FULL: usize = 64 * 1024;

/// Collects small pieces and hands them on in large ones, counting.
pub(crate) struct Buffer {
    /// What waits; sinks append here.
    pub(crate) bytes: Vec<u8>,
    writer: Writer,
    written: Written,
}

impl Buffer {
    pub(crate) fn new(writer: Writer) -> Self {
        Self { bytes: Vec::with_capacity(FULL + FULL / 4), writer, written: Written::default() }
    }

    /// Ends a row; hands on what waits when it is enough.
    pub(crate) fn end_row(&mut self) -> Result<(), SinkError> {
        self.written.rows += 1;
        if self.bytes.len() >= FULL { self.hand_on() } else { Ok(()) }
    }

    /// Hands on everything and flushes the writer.
    pub(crate) fn flush(&mut self) -> Result<Written, SinkError> {
        self.hand_on()?;
        self.writer.flush()?;
        Ok(self.written)
    }

    fn hand_on(&mut self) -> Result<(), SinkError> {
        self.writer.write_all(&self.bytes)?;
        self.written.bytes += self.bytes.len() as u64;
        self.bytes.clear();
        Ok(())
    }
}
