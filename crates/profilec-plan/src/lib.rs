//! Lowers an AST to the [`Plan`] that the engine runs.
//!
//! A plan is pure data: printable, complete, and in no need of checking. Every node keeps its origin, so
//! that a failure on page 37 points at the profile's element.

mod extraction;
mod levels;
mod lower;
mod plan;
mod print;
mod relation;
mod sets;
mod walk;

pub use extraction::{Capture, ColumnSource, CsvLayout, Extraction, JsonLayout, Layout, Level};
pub use levels::{Arranged, Misplaced, RowPaths, arrange};
pub use lower::{LowerOptions, lower, lower_checked};
pub use plan::{
    Block, Body, Call, Case, Catch, ColumnType, Comparand, EnumSource, Formatter, Input, Leave, Matching,
    Name, Operand, Plan, PlanColumn, Reference, Select, Statement, StatementKind, Target, Template,
    TemplatePart, Test, Value, Window, Word, Words,
};
pub use print::{describe, to_json};
pub use relation::{Relation, Rows, relations};
pub use sets::{CallSets, SetName, sets_at_calls};
