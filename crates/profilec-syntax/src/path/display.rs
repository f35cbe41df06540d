//! The canonical spelling of paths, for messages and plans. It reads back as the same path.

use std::fmt::{Display, Formatter, Result};

use super::steps::is_member_char;
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
    /// `/a/b` from the root, `a/b` from the row, `/` and `.` for these two themselves; `$['a/b']` where slashes
    /// cannot say it. One path does not read back: a member `json` of a JSON document is shown as `/json`, which
    /// is read as the document.
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self.anchor {
            Anchor::Root => write_absolute(&self.steps, "/", out),
            Anchor::Row if self.steps.is_empty() => out.write_str("."),
            Anchor::Row => {
                let is_like_root =
                    matches!(self.steps.first(), Some(Step::Name(name)) if name.starts_with('$'));
                out.write_str(if is_like_root { "./" } else { "" })?;
                write_slashed(&self.steps, out)
            }
            Anchor::Repeat(number) => write_from("RepeatElement", number, &self.steps, out),
            Anchor::SubRepeat(number) => write_from("SubRepeatElement", number, &self.steps, out),
        }
    }
}

impl Display for RowPath {
    /// `/a/b`, `/` for the root, or the JSONPath as written. A first member `json` stands without a slash, which
    /// tells it from the document.
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Self::Steps(steps) => {
                let is_like_root = matches!(steps.first(), Some(Step::Name(name)) if name == "json");
                write_absolute(steps, if is_like_root { "" } else { "/" }, out)
            }
            Self::Query(query) => out.write_str(query),
        }
    }
}

fn write_from(name: &str, number: u32, steps: &[Step], out: &mut Formatter<'_>) -> Result {
    write!(out, "{{{name}#{number}}}")?;
    if steps.is_empty() {
        return Ok(());
    }
    out.write_str("/")?;
    write_slashed(steps, out)
}

fn write_absolute(steps: &[Step], root: &str, out: &mut Formatter<'_>) -> Result {
    let mut names = steps.iter().filter_map(|step| match step {
        Step::Name(name) => Some(name.as_str()),
        Step::Index(_) | Step::Any => None,
    });
    if !names.clone().all(is_plain) && names.all(can_be_quoted) {
        return write_members(steps, out);
    }
    out.write_str(root)?;
    write_slashed(steps, out)
}

fn write_slashed(steps: &[Step], out: &mut Formatter<'_>) -> Result {
    for (at, step) in steps.iter().enumerate() {
        let separated = at > 0 && !matches!(step, Step::Index(_));
        write!(out, "{}{step}", if separated { "/" } else { "" })?;
    }
    Ok(())
}

fn write_members(steps: &[Step], out: &mut Formatter<'_>) -> Result {
    out.write_str("$")?;
    for step in steps {
        match step {
            Step::Name(name) if !name.is_empty() && name.chars().all(is_member_char) => {
                write!(out, ".{name}")?;
            }
            Step::Name(name) if name.contains('\'') => write!(out, "[\"{name}\"]")?,
            Step::Name(name) => write!(out, "['{name}']")?,
            Step::Index(_) => write!(out, "{step}")?,
            Step::Any => out.write_str(".*")?,
        }
    }
    Ok(())
}

/// Whether a name means itself between slashes, also in a list of paths, where a bracket may hide a `;`.
fn is_plain(name: &str) -> bool {
    !matches!(name, "" | "." | ".." | "*")
        && !name.contains(['/', '[', ']', '(', ')', ';'])
        && name.trim() == name
}

fn can_be_quoted(name: &str) -> bool {
    !(name.contains('\\') || name.contains('\'') && name.contains('"'))
}
