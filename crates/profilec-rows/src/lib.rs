//! One pass from page bytes to an Arrow record batch, captured scalars and a page summary.
//!
//! [`Extractor`] is made once for a table; each page is [`Extractor::extract`]ed from its body. Numbers go
//! from source text to the column exactly; nothing passes through a float unless the column is a float.
//!
//! The way of the data: `scan` finds where values end, `walk` follows the `compile`d paths over them and hands
//! the places of needed values to the `sink`, which at the end of a row `convert`s them into its columns; where a
//! row is made of records that lie in each other, `join` puts it together. `xml`
//! and `csv` do for their formats what `scan` and `walk` do for JSON. Where rows have positions instead of names,
//! `table` rewrites the extraction by the names that stand elsewhere. `watch` goes with the walk over a
//! sample, or over a page of a run that leaves columns empty, and `survey` holds what it saw.

mod column;
mod compile;
mod convert;
mod csv;
mod emit;
mod encoding;
mod fault;
mod join;
mod json;
mod page;
mod positions;
mod query;
mod scan;
mod seen;
mod sink;
mod sniff;
mod string;
mod survey;
mod table;
mod walk;
mod watch;
mod xml;

pub use fault::describe;
pub use page::{Extractor, Page};
pub use survey::{Broken, ColumnSurvey, Example, Near, Survey, Unfit};
