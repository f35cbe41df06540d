//! Row sinks over any writer: CSV, JSON Lines, Arrow IPC file and stream, terminal table.
//!
//! This crate opens no files: names, renames and `.partial` are the binary's.

mod sink;

pub use sink::{RowSink, SinkError, Written};
