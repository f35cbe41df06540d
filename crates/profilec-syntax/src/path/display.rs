//! The canonical spelling of paths, for messages and plans.

use std::fmt::{Display, Formatter, Result};

use super::{Anchor, Path, RowPath, Step};

impl Display for Step {
    /// `name`, `[1]`, `*`.
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Name(name) => out.write_str(name),
            Self::Index(index) => write!(out, "[{index}]"),
            Self::Any => out.write_str("*"),
        }
    }
}

impl Display for Path {
    /// `/a/b` from the root, `a/b` from the row, `/` and `.` for these two themselves.
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self.anchor {
            Anchor::Root => write_absolute(&self.steps, out),
            Anchor::Row if self.steps.is_empty() => out.write_str("."),
            Anchor::Row => write_steps(&self.steps, out),
        }
    }
}

impl Display for RowPath {
    /// `/a/b`, `/` for the root, or the JSONPath as written.
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Steps(steps) => write_absolute(steps, out),
            Self::Query(query) => out.write_str(query),
        }
    }
}

fn write_absolute(steps: &[Step], out: &mut Formatter<'_>) -> Result {
    out.write_str("/")?;
    write_steps(steps, out)
}

fn write_steps(steps: &[Step], out: &mut Formatter<'_>) -> Result {
    for (at, step) in steps.iter().enumerate() {
        let separated = at > 0 && !matches!(step, Step::Index(_));
        write!(out, "{}{step}", if separated { "/" } else { "" })?;
    }
    Ok(())
}
