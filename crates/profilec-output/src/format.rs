//! The formats by name.

use crate::{RowSink, TableOptions, Writer, csv::Csv, ipc::Ipc, jsonl::JsonLines, table::TerminalTable};

/// A format that rows are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 with LF line ends and a header row; null is an empty field, the empty string is `""`.
    #[default]
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Arrow IPC file (Feather version 2).
    Arrow,
    /// Arrow IPC stream.
    ArrowStream,
    /// A table for people.
    Table,
}

impl Format {
    /// The format that a file's ending stands for, ignoring case.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Some(match ending.to_ascii_lowercase().as_str() {
            "csv" => Self::Csv,
            "jsonl" | "ndjson" => Self::JsonLines,
            "arrow" | "feather" => Self::Arrow,
            "arrows" => Self::ArrowStream,
            "txt" => Self::Table,
            _ => return None,
        })
    }
}

/// A sink of this format. `table` counts for [`Format::Table`] alone.
pub fn open(format: Format, writer: Writer, table: &TableOptions) -> Box<dyn RowSink> {
    match format {
        Format::Csv => Box::new(Csv::new(writer)),
        Format::JsonLines => Box::new(JsonLines::new(writer)),
        Format::Arrow => Box::new(Ipc::file(writer)),
        Format::ArrowStream => Box::new(Ipc::stream(writer)),
        Format::Table => Box::new(TerminalTable::new(writer, table.clone())),
    }
}
