//! `profilec run`.

use profilec_output::Format;

use crate::{
    args::{RowFormat, RunArgs},
    exit::Exit,
    failure::Failure,
    session::{Rows, walk},
    terminal::Terminal,
};

/// Fetches all rows.
pub(crate) fn run(args: &RunArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let format = match args.format {
        Some(RowFormat::Csv) => Format::Csv,
        Some(RowFormat::Jsonl) => Format::JsonLines,
        Some(RowFormat::Arrow) => Format::Arrow,
        Some(RowFormat::Arrows) => Format::ArrowStream,
        Some(RowFormat::Table) => Format::Table,
        Some(RowFormat::Parquet) => return Err(parquet()),
        None => match args.output.as_deref().and_then(|path| path.extension()) {
            Some(ending) if ending.eq_ignore_ascii_case("parquet") => return Err(parquet()),
            Some(ending) => ending.to_str().and_then(Format::of_ending).unwrap_or_default(),
            None => Format::default(),
        },
    };
    walk(&args.walk, &Rows { format, output: args.output.clone(), limit: args.limit }, terminal)
}

fn parquet() -> Failure {
    Failure::new("the format `parquet` comes later").help("`arrow` keeps the same types")
}
