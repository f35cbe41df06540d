//! Arrow IPC, as a file with a footer or as a stream.

use std::{io, io::Write};

use arrow_array::RecordBatch;
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, SchemaRef};

use crate::{RowSink, SinkError, Writer, Written};

/// Each batch leaves at once, so that what is there of an unfinished stream is whole batches.
pub(crate) struct Ipc {
    stage: Stage,
    rows: u64,
}

enum Stage {
    /// Nothing written yet.
    New {
        writer: Writer,
        stream: bool,
    },
    File(FileWriter<Counted>),
    Stream(StreamWriter<Counted>),
    /// `begin` failed, or was not called.
    Nothing,
}

impl Ipc {
    pub(crate) fn file(writer: Writer) -> Self {
        Self { stage: Stage::New { writer, stream: false }, rows: 0 }
    }

    pub(crate) fn stream(writer: Writer) -> Self {
        Self { stage: Stage::New { writer, stream: true }, rows: 0 }
    }
}

impl RowSink for Ipc {
    fn begin(&mut self, schema: &SchemaRef) -> Result<(), SinkError> {
        let Stage::New { writer, stream } = std::mem::replace(&mut self.stage, Stage::Nothing) else {
            return Ok(());
        };
        let counted = Counted { writer: io::BufWriter::with_capacity(64 * 1024, writer), bytes: 0 };
        self.stage = if stream {
            Stage::Stream(StreamWriter::try_new(counted, schema)?)
        } else {
            Stage::File(FileWriter::try_new(counted, schema)?)
        };
        Ok(())
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), SinkError> {
        match &mut self.stage {
            Stage::File(writer) => writer.write(batch)?,
            Stage::Stream(writer) => writer.write(batch)?,
            Stage::New { .. } | Stage::Nothing => return Ok(()),
        }
        self.rows += batch.num_rows() as u64;
        self.flush()
    }

    fn flush(&mut self) -> Result<(), SinkError> {
        match &mut self.stage {
            Stage::File(writer) => writer.flush()?,
            Stage::Stream(writer) => writer.flush()?,
            Stage::New { .. } | Stage::Nothing => {}
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Written, SinkError> {
        let mut counted = match self.stage {
            Stage::File(mut writer) => {
                writer.finish()?;
                writer.into_inner()?
            }
            Stage::Stream(mut writer) => {
                writer.finish()?;
                writer.into_inner()?
            }
            Stage::New { .. } | Stage::Nothing => return Ok(Written::default()),
        };
        counted.flush()?;
        Ok(Written { rows: self.rows, bytes: counted.bytes })
    }
}

/// A buffered writer that knows how much went through.
struct Counted {
    writer: io::BufWriter<Writer>,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.writer.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl From<ArrowError> for SinkError {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::IoError(_, source) => source.into(),
            other => io::Error::other(other).into(),
        }
    }
}
