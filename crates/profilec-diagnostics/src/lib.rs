//! Spans, source text, the table of codes, findings with fixes, and their renderers.
//!
//! A [`Diagnostic`] is plain data without source text; only the renderers join the two.
//! This crate never touches files, the environment or the network.

mod apply;
mod codes_table;
mod diagnostic;
mod elements;
mod excerpt;
mod findings;
mod gitlab;
mod junit;
mod level;
mod lines;
mod render;
mod sarif;
mod source;
mod span;
mod tally;
mod wire;

pub use apply::{Applied, apply_fixes};
pub use codes_table::{Code, Status, codes};
pub use diagnostic::{Applicability, Diagnostic, Edit, Fix, Label, Severity};
pub use elements::{keep_lines, with_its_line};
pub use findings::{Allowed, AllowedBy, FileFindings, Summary};
pub use gitlab::render_gitlab;
pub use junit::render_junit;
pub use level::{Kind, Level, Levels};
pub use lines::{render_github, render_short};
pub use render::{RenderOptions, render_pretty};
pub use sarif::render_sarif;
pub use source::{Encoding, LineIndex, Position, Source, SourceFile};
pub use span::{Span, Spanned};
pub use tally::Tally;
pub use wire::render_json;
