//! The lines of a profile that a finding shows, cut to the width of the terminal.
//!
//! A profile is untrusted text: lines may have 100 kB, and control characters may steer a terminal. So the
//! renderer never sees the text itself but this copy: a window of each line, tabs as blanks, control and
//! direction characters replaced.

use unicode_width::UnicodeWidthChar;

use crate::{Label, LineIndex, Span};

/// Columns of a tab stop.
const TAB: usize = 4;
/// Columns kept in front of a label when a line is cut.
const LEAD: usize = 12;
/// Columns between the middle of an underline and its text: `╰── `.
const ARM: usize = 4;

/// Some lines of a profile, ready to print, and where labels stand in them.
#[derive(Debug)]
pub(crate) struct Excerpt {
    /// The shown lines, each ended by `\n`.
    pub(crate) text: String,
    /// Ascending by number.
    pub(crate) lines: Vec<ExcerptLine>,
    /// The place of each label in `text`, in the order given. Never crosses a line end.
    pub(crate) labels: Vec<std::ops::Range<usize>>,
}

/// One line of an [`Excerpt`].
#[derive(Debug)]
pub(crate) struct ExcerptLine {
    /// In the profile, from 0.
    pub(crate) number: u32,
    /// Where it starts in the excerpt's text.
    pub(crate) start: usize,
    /// Where it ends there, before its `\n`.
    pub(crate) end: usize,
}

/// How wide a line may be, and what marks a cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) columns: usize,
    pub(crate) ellipsis: &'static str,
}

impl Excerpt {
    /// The lines of the labels and one before and after each. The first label is the primary one: where a
    /// line does not fit, the window is about the first label on it. All labels are of the file of these lines.
    pub(crate) fn new(text: &str, lines: &LineIndex, labels: &[&Label], window: Window) -> Self {
        let spans: Vec<Span> = labels.iter().map(|label| within_one_line(text, lines, label.span)).collect();
        let mut wanted: Vec<u32> = spans
            .iter()
            .map(|span| lines.line_of(span.start()))
            .flat_map(|line| [line.saturating_sub(1), line, line + 1])
            .filter(|line| (*line as usize) < lines.count())
            .collect();
        wanted.sort_unstable();
        wanted.dedup();

        let mut excerpt = Self { text: String::new(), lines: Vec::new(), labels: vec![0..0; labels.len()] };
        for number in wanted {
            let line = lines.span_of_line(text, number);
            let is_here = |at: &usize| lines.line_of(spans[*at].start()) == number;
            let here = (0..spans.len()).filter(is_here).collect();
            excerpt.push_line(text, (number, line), here, labels, &spans, window);
        }
        excerpt
    }

    /// Adds a line, on which the labels of these indices stand.
    fn push_line(
        &mut self,
        text: &str,
        (number, line): (u32, Span),
        here: Vec<usize>,
        labels: &[&Label],
        spans: &[Span],
        window: Window,
    ) {
        let about = here.first().map(|at| (spans[*at], labels[*at].text.chars().count()));
        // A place at the very end of a line is marked one column after it.
        let beyond = here.iter().any(|at| spans[*at].start() >= line.end());
        let window = Window { columns: window.columns.saturating_sub(usize::from(beyond)), ..window };
        let start = self.text.len();
        let cells = shown_cells(text, line, about, window);
        let mut places = Vec::with_capacity(cells.len());
        for cell in &cells {
            places.push((cell.offset, self.text.len()));
            cell.write(&mut self.text);
        }
        // What a cut hides at the right is pointed at by the mark of the cut.
        let is_cut = cells.last().is_some_and(|cell| matches!(cell.look, Look::Mark(_)));
        let last = places.last().filter(|_| is_cut).map(|(_, to)| *to);
        let end = self.text.len();
        places.push((cells.last().map_or(line.start(), |cell| cell.end), end));
        self.text.push('\n');
        let place = |offset: u32| {
            let next = places.partition_point(|(from, _)| *from < offset);
            places.get(next).map_or(end, |(_, to)| *to)
        };
        let is_hidden = |at: usize| last.is_some() && place(spans[at].start()) == end;
        // The mark belongs to the labels that the cut hides, and to no other then.
        let reach = last.filter(|_| here.iter().any(|at| is_hidden(*at))).unwrap_or(end);
        for at in here {
            let (from, to) = (place(spans[at].start()), place(spans[at].end()));
            self.labels[at] = match last {
                Some(mark) if is_hidden(at) => mark..end,
                _ => from.min(reach)..to.max(from).min(reach),
            };
        }
        self.lines.push(ExcerptLine { number, start, end });
    }
}

/// A piece of a shown line: a character of the profile, or the mark of a cut.
struct Cell {
    /// Where it stands in the profile.
    offset: u32,
    /// Where the next one stands.
    end: u32,
    columns: usize,
    look: Look,
}

enum Look {
    Char(char),
    Blanks,
    Mark(&'static str),
}

impl Cell {
    fn write(&self, out: &mut String) {
        match self.look {
            Look::Char(c) => out.push(c),
            Look::Blanks => out.extend(std::iter::repeat_n(' ', self.columns)),
            Look::Mark(mark) => out.push_str(mark),
        }
    }
}

/// The cells of a line that fit the window. `about` is the label to keep in sight, with the width of its text.
fn shown_cells(text: &str, line: Span, about: Option<(Span, usize)>, window: Window) -> Vec<Cell> {
    // No more of a long line is looked at than could be shown.
    let reach = u32::try_from(window.columns.saturating_mul(8)).unwrap_or(u32::MAX / 2);
    let (from, to) = match about {
        Some((span, _)) => (span.start().saturating_sub(reach), span.end().saturating_add(reach)),
        None => (line.start(), line.start().saturating_add(reach)),
    };
    let from = boundary(text, from.max(line.start()));
    let to = boundary(text, to.min(line.end()));
    let cells = cells_of(text, from, to);

    let total: usize = cells.iter().map(|cell| cell.columns).sum();
    let (cut_left, cut_right) = (from > line.start(), to < line.end());
    let column_of = |offset: u32| -> usize {
        cells.iter().take_while(|cell| cell.offset < offset).map(|cell| cell.columns).sum()
    };
    let (first, needed) = about.map_or((0, 0), |(span, label)| {
        let (start, end) = (column_of(span.start()), column_of(span.end()));
        let end = end.max(start + 1);
        let text = if label == 0 { 0 } else { usize::midpoint(start, end) + ARM + label };
        (start, end.max(text))
    });
    if !cut_left && !cut_right && total.max(needed) <= window.columns {
        return cells;
    }
    let mark = window.ellipsis.chars().count();
    let skip = if needed + mark <= window.columns && !cut_left {
        0
    } else {
        (needed + 2 * mark).saturating_sub(window.columns).min(first.saturating_sub(LEAD))
    };
    cut(cells, skip, cut_left, cut_right, line, window)
}

/// Drops the cells before column `skip` and those beyond the window, and marks both cuts.
fn cut(
    cells: Vec<Cell>,
    skip: usize,
    cut_left: bool,
    cut_right: bool,
    line: Span,
    window: Window,
) -> Vec<Cell> {
    let mark = window.ellipsis.chars().count();
    let left = cut_left || skip > 0;
    let mut room = window.columns.saturating_sub(if left { mark } else { 0 });
    let total: usize = cells.iter().map(|cell| cell.columns).sum();
    let right = cut_right || total.saturating_sub(skip) > room;
    if right {
        room = room.saturating_sub(mark);
    }
    let mut shown = Vec::new();
    let mut column = 0;
    let mut used = 0;
    for cell in cells {
        let at = column;
        column += cell.columns;
        if at < skip {
            continue;
        }
        if used + cell.columns > room {
            break;
        }
        used += cell.columns;
        shown.push(cell);
    }
    let marker =
        |offset: u32, end: u32| Cell { offset, end, columns: mark, look: Look::Mark(window.ellipsis) };
    if left {
        let end = shown.first().map_or(line.end(), |cell| cell.offset);
        shown.insert(0, marker(line.start(), end));
    }
    if right {
        let offset = shown.last().map_or(line.start(), |cell| cell.end);
        shown.push(marker(offset, line.end()));
    }
    shown
}

fn cells_of(text: &str, from: u32, to: u32) -> Vec<Cell> {
    let mut column = 0;
    let slice = text.get(from as usize..to as usize).unwrap_or_default();
    let mut cells = Vec::with_capacity(slice.len());
    let mut offset = from;
    for c in slice.chars() {
        let end = offset + u32::try_from(c.len_utf8()).unwrap_or(4);
        let (look, columns) = match c {
            '\t' => (Look::Blanks, TAB - column % TAB),
            '\u{FEFF}' => (Look::Blanks, 0),
            c if hidden(c) => (Look::Char('\u{FFFD}'), 1),
            c => (Look::Char(c), c.width().unwrap_or(0)),
        };
        column += columns;
        cells.push(Cell { offset, end, columns, look });
        offset = end;
    }
    cells
}

/// Whether a character would steer the terminal instead of being seen: controls, and marks that turn the
/// direction of writing.
pub(crate) fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The part of a span that stands on its first line, on character boundaries of the text.
fn within_one_line(text: &str, lines: &LineIndex, span: Span) -> Span {
    let start = boundary(text, span.start());
    let line = lines.span_of_line(text, lines.line_of(start));
    let start = start.min(line.end()).max(line.start());
    let end = boundary(text, span.end()).min(line.end()).max(start);
    Span::new(start, end)
}

/// The nearest character boundary at or before an offset.
fn boundary(text: &str, offset: u32) -> u32 {
    u32::try_from(text.floor_char_boundary(offset as usize)).unwrap_or(u32::MAX)
}
