//! `profilec preview`.

use profilec_output::Format;

use crate::{
    args::PreviewArgs,
    exit::Exit,
    failure::Failure,
    session::{Rows, walk},
    terminal::Terminal,
};

/// Shows the first rows as a table.
pub(crate) fn preview(args: &PreviewArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    walk(&args.walk, &Rows { format: Format::Table, output: None, limit: Some(args.limit) }, terminal)
}
