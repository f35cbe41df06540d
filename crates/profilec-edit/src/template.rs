//! Where in a half-typed template the cursor is.

use std::ops::Range;

/// What stands around a place in a template; ranges are those of the word there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Outside of every reference.
    Literal,
    /// The name of a reference.
    Source(Range<usize>),
    /// The name of a formatter.
    Formatter(Range<usize>),
    /// An argument: of which formatter, which one from 0, where, without quotes, and whether there are any.
    Argument { of: String, number: usize, word: Range<usize>, quoted: bool },
}

struct Frame {
    /// Where the current word starts.
    word: usize,
    part: Part,
}

enum Part {
    Source,
    Formatter,
    /// The formatter's name and the number of the argument.
    Arguments(Range<usize>, usize),
}

/// The spot at a cursor; the template need not be whole behind it.
pub(crate) fn spot(value: &str, cursor: usize) -> Spot {
    let mut frames: Vec<Frame> = Vec::new();
    let mut quote: Option<char> = None;
    let mut escaped = false;
    for (at, c) in value.char_indices().take_while(|(at, _)| *at < cursor) {
        let next = at + c.len_utf8();
        if std::mem::take(&mut escaped) {
            continue;
        }
        if c == '\\' {
            escaped = true;
            continue;
        }
        let Some(frame) = frames.last_mut() else {
            if c == '[' {
                frames.push(Frame { word: next, part: Part::Source });
            }
            continue;
        };
        if matches!(c, '\'' | '"') && quote.is_none_or(|open| open == c) {
            quote = if quote.is_some() { None } else { Some(c) };
            frame.word = next;
            continue;
        }
        if quote.is_some() {
            continue;
        }
        match (c, &mut frame.part) {
            ('[', _) => frames.push(Frame { word: next, part: Part::Source }),
            (']', _) => {
                frames.pop();
            }
            ('|', _) => *frame = Frame { word: next, part: Part::Formatter },
            ('(', Part::Formatter) => {
                *frame = Frame { word: next, part: Part::Arguments(frame.word..at, 0) };
            }
            (',', Part::Arguments(_, number)) => {
                *number += 1;
                frame.word = next;
            }
            _ => {}
        }
    }
    let Some(frame) = frames.last() else { return Spot::Literal };
    let typed = value.get(frame.word..cursor).unwrap_or_default();
    let start = cursor - typed.trim_start().len();
    let rest = value.get(cursor..).unwrap_or_default();
    let to = |ends: &dyn Fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
    let length = match frame.part {
        _ if quote.is_some() => to(&|c| Some(c) == quote || c == ']'),
        Part::Source => rest_of_name(rest),
        Part::Formatter => to(&|c| !(c.is_alphanumeric() || c == '_')),
        Part::Arguments(..) => {
            to(&|c| matches!(c, ')' | ',' | ']' | '|' | '\'' | '"' | '&') || c.is_whitespace())
        }
    };
    let word = start..cursor + length;
    match &frame.part {
        Part::Source if quote.is_some() => Spot::Literal,
        Part::Source => Spot::Source(word),
        Part::Formatter => Spot::Formatter(word),
        Part::Arguments(name, number) => {
            let name = value.get(name.clone()).unwrap_or_default().trim().to_owned();
            Spot::Argument { of: name, number: *number, word, quoted: quote.is_some() }
        }
    }
}

/// How far a name goes on: to the end of its part, or, in a reference without an end, over what is in every name.
/// What follows there may be the URL in which a reference is being written.
fn rest_of_name(rest: &str) -> usize {
    let end = rest.find(['[', ']', '|', '\'', '"', '?', '=', '<', '{', '}']);
    let closed = end
        .and_then(|end| rest.get(..end))
        .filter(|name| rest.get(name.len()..).is_some_and(|rest| rest.starts_with([']', '|'])));
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '@' | '#');
    match closed {
        Some(name) => name.trim_end().len(),
        None => rest.find(|c| !is_plain(c)).unwrap_or(rest.len()),
    }
}
