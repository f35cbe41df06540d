//! Row sinks over any writer: CSV, JSON Lines, Arrow IPC file and stream, terminal table.
//!
//! [`open`] gives the sink of a [`Format`]. This crate opens no files: names, renames and `.partial` are the
//! binary's.
//!
//! ```
//! use profilec_output::{Format, TableOptions, open};
//!
//! let mut sink = open(Format::Csv, Box::new(std::io::sink()), &TableOptions::default());
//! sink.begin(&arrow_schema::Schema::empty().into())?;
//! assert_eq!(sink.finish()?.rows, 0);
//! # Ok::<(), profilec_output::SinkError>(())
//! ```

mod buffer;
mod cells;
mod clock;
mod csv;
mod format;
mod ipc;
mod jsonl;
mod sink;
mod table;

pub use format::{Format, open};
pub use sink::{RowSink, SinkError, Writer, Written};
pub use table::TableOptions;
