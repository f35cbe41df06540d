//! The async loop that joins engine, transport, rows and output, and the run report.
//!
//! [`run`] walks all pages and always comes back with a [`Finished`]: a failure is an outcome, not an `Err`,
//! because the rows before it count. It decides nothing about paging; the engine does.

mod finding;
mod finished;
mod trace;
mod walk;
mod wire;

pub use finished::{ColumnCount, Counts, Ending, Finished, Signal};
pub use trace::{Decision, PageLine};
pub use walk::{Run, run};
pub use wire::{Partial, report_json};
