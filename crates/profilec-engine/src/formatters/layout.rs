//! Formatters that lay text out for people.

use std::fmt::Write as _;

use profilec_diagnostics::Diagnostic;
use profilec_vocabulary::FormatterId as Id;

use super::Call;

/// The widest layout: a wider one is a slip, and would fill the memory.
const WIDEST: usize = 100_000;

/// The formatters of this group; `None`: it is of another.
pub(super) fn apply(call: &Call<'_>) -> Result<Option<String>, Diagnostic> {
    let value = call.value;
    let made = match call.formatter.id {
        Id::Center => pad(call, |missing| missing / 2)?,
        Id::LJust | Id::Just => pad(call, |_| 0)?,
        Id::RJust => pad(call, |missing| missing)?,
        Id::ExpandTabs => {
            let width = width(call, 8)?;
            call.room(value.matches('\t').count().saturating_mul(width))?;
            expand_tabs(value, width)
        }
        Id::Wrap => wrap(value, width(call, 80)?.max(1)),
        _ => return Ok(None),
    };
    Ok(Some(made))
}

fn width(call: &Call<'_>, default: usize) -> Result<usize, Diagnostic> {
    let width = call.count(0)?.unwrap_or(default);
    if width > WIDEST {
        return Err(call.wrong(format!("`{width}` is too wide"), "lays out at most 100000 characters"));
    }
    Ok(width)
}

/// Fills up to the width; `before` says how much of what is missing goes before the text.
fn pad(call: &Call<'_>, before: fn(usize) -> usize) -> Result<String, Diagnostic> {
    let fill = call.text(1).chars().next().unwrap_or(' ');
    let missing = width(call, 0)?.saturating_sub(call.value.chars().count());
    let before = before(missing);
    let fill = |count| std::iter::repeat_n(fill, count);
    Ok(fill(before).chain(call.value.chars()).chain(fill(missing - before)).collect())
}

/// Blanks up to the next multiple of the width, counted from the start of the line.
fn expand_tabs(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let blanks = if width == 0 { 0 } else { width - column % width };
                // Writing to a string cannot fail.
                let _ = write!(out, "{:blanks$}", "");
                column += blanks;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            c => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

/// Lines of at most the width, broken between words; a longer word is cut.
fn wrap(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut length) = (String::new(), 0);
        for word in paragraph.split_whitespace() {
            let letters: Vec<char> = word.chars().collect();
            for piece in letters.chunks(width) {
                if length > 0 && length + 1 + piece.len() > width {
                    lines.push(std::mem::take(&mut line));
                    length = 0;
                }
                if length > 0 {
                    line.push(' ');
                    length += 1;
                }
                line.extend(piece);
                length += piece.len();
            }
        }
        lines.push(line);
    }
    lines.join("\n")
}
