//! The two spellings of plain paths: `/a/b[1]` and `$.a['b'][1]`.

use std::ops::Range;

use super::Step;

/// What is wrong with a path, counted in the decoded text it was read from.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) what: &'static str,
    pub(super) help: &'static str,
}

const INDEX_HELP: &str = "write an index as `name[0]`; it counts from 0";
const MEMBER_HELP: &str = "separate steps with `.` and quote other names: `$.a['b c']`";

/// Steps separated by `/`, from `text[from..]`. A trailing `/` and `.` steps are harmless.
pub(super) fn slash_steps(text: &str, range: Range<usize>) -> Result<Vec<Step>, Fault> {
    let mut steps = Vec::new();
    let mut at = range.start;
    let path = text.get(range.clone()).unwrap_or_default();
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() {
        return Ok(steps);
    }
    for segment in path.split('/') {
        let start = at;
        at += segment.len() + 1;
        if segment.trim().is_empty() {
            return Err(Fault {
                range: start.saturating_sub(1)..start + segment.len() + 1,
                what: "a step is missing between these slashes",
                help: "name every step from the root on; a path cannot search at any depth",
            });
        }
        slash_step(segment, start, &mut steps)?;
    }
    Ok(steps)
}

/// `name`, `name[1]`, `name[*]`, `*`, `.`.
fn slash_step(segment: &str, start: usize, steps: &mut Vec<Step>) -> Result<(), Fault> {
    let name_len = segment.find(['[', ']']).unwrap_or(segment.len());
    let (name, mut brackets) = segment.split_at(name_len);
    match name.trim() {
        "" | "." => {}
        ".." => {
            return Err(Fault {
                range: start..start + name.len(),
                what: "a path cannot go up",
                help: "write the path from the root, starting with `/`",
            });
        }
        "*" => steps.push(Step::Any),
        name => steps.push(Step::Name(name.to_owned())),
    }
    let mut at = start + name_len;
    while !brackets.trim().is_empty() {
        let blanks = brackets.len() - brackets.trim_start().len();
        at += blanks;
        brackets = brackets.trim_start();
        let Some(end) = brackets.strip_prefix('[').and_then(|inner| inner.find(']')) else {
            let what = if brackets.starts_with('[') {
                "no `]` for this bracket follows"
            } else {
                "only an index in brackets can stand here"
            };
            let len = brackets.chars().next().map_or(0, char::len_utf8);
            return Err(Fault { range: at..at + len, what, help: INDEX_HELP });
        };
        let inner = brackets.get(1..=end).unwrap_or_default();
        if inner.trim() != "*" {
            let Some(index) = index(inner.trim()) else {
                return Err(Fault {
                    range: at + 1..at + 1 + inner.len(),
                    what: "this is not an index",
                    help: INDEX_HELP,
                });
            };
            steps.push(Step::Index(index));
        }
        at += end + 2;
        brackets = brackets.get(end + 2..).unwrap_or_default();
    }
    Ok(())
}

/// Members after `$`, from `text[range]`: `.name`, `['name']`, `[1]`, `[*]`, `.*`. A lone `.` at the end is
/// harmless.
pub(super) fn member_steps(text: &str, range: Range<usize>) -> Result<Vec<Step>, Fault> {
    let path = text.get(range.clone()).unwrap_or_default();
    let fault = |from: usize, to: usize, what, help| {
        Err(Fault { range: range.start + from..range.start + to, what, help })
    };
    let mut steps = Vec::new();
    let mut at = 0;
    while let Some(rest) = path.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(rest) = rest.strip_prefix('[') {
            let Some((step, len)) = bracket(rest) else {
                return fault(at, at + 1, "this bracket holds no plain member or index", MEMBER_HELP);
            };
            steps.extend(step);
            at += 1 + len;
        } else if let Some(rest) = rest.strip_prefix('.') {
            let len = rest.find(|c| !is_member_char(c)).unwrap_or(rest.len());
            match rest.get(..len).unwrap_or_default() {
                "" if rest.is_empty() => {}
                "" if rest.starts_with('[') => {}
                "" if rest.starts_with('*') => {
                    steps.push(Step::Any);
                    at += 1;
                }
                "" if rest.starts_with('.') => {
                    return fault(at, at + 2, "this path would search at any depth", MEMBER_HELP);
                }
                "" => {
                    return fault(at, at + 1, "a member name is missing after this dot", MEMBER_HELP);
                }
                name => steps.push(Step::Name(name.to_owned())),
            }
            at += 1 + len;
        } else {
            let len = rest.chars().next().map_or(0, char::len_utf8);
            return fault(at, at + len, "this character cannot stand here", MEMBER_HELP);
        }
    }
    Ok(steps)
}

/// The inside of `[…]` and its closing bracket: the step, if it is one that is kept, and the bytes read.
fn bracket(rest: &str) -> Option<(Option<Step>, usize)> {
    let (step, after) = match rest.chars().next()? {
        quote @ ('\'' | '"') => {
            let inner = rest.get(1..)?;
            let len = inner.find(quote)?;
            let name = inner.get(..len)?;
            if name.contains('\\') {
                return None;
            }
            (Some(Step::Name(name.to_owned())), inner.get(len + 1..)?)
        }
        '*' => (None, rest.get(1..)?),
        _ => {
            let len = rest.find(']')?;
            (Some(Step::Index(index(rest.get(..len)?)?)), rest.get(len..)?)
        }
    };
    let after = after.strip_prefix(']')?;
    Some((step, rest.len() - after.len()))
}

fn index(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Characters of a member name after a dot. Wider than the standard, which quotes names such as `order-id`.
pub(super) fn is_member_char(c: char) -> bool {
    c.is_alphanumeric() || "_-@#$:{}".contains(c) || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
}
