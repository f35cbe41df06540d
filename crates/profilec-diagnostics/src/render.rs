//! Findings for people: the only place that meets miette, joining source at print time.

use std::fmt::Write;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents};
use miette::{SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles};

use crate::excerpt::{Excerpt, ExcerptLine, Window, hidden};
use crate::{Applicability, Diagnostic, Label, Severity, Source};

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderOptions {
    /// With ANSI colours.
    pub color: bool,
    /// With box-drawing characters; ASCII otherwise.
    pub unicode: bool,
    /// Columns of the terminal; less than 40 count as 40.
    pub width: usize,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { color: false, unicode: true, width: 80 }
    }
}

/// Prints findings about one profile, in the order given, an empty line between them.
///
/// Each shows its code, message, places with a line around them, help, places in other files, and what its
/// fixes would do.
pub fn render_pretty(findings: &[Diagnostic], source: &Source, options: &RenderOptions) -> String {
    let width = options.width.max(40);
    let theme = GraphicalTheme {
        characters: if options.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if options.color { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    let ellipsis = if options.unicode { "…" } else { "..." };
    let handler = GraphicalReportHandler::new_themed(theme.clone()).with_width(width).with_urls(false);

    let mut out = String::new();
    for (at, finding) in findings.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let lines = source.file_at(finding.primary.span.start()).lines().count();
        let window = Window { columns: width - (digits(lines) + 4), ellipsis };
        let report = Report::new(finding, source, window);
        // Writing to a string fails only when a part's own formatting does, and none of ours does.
        let _ = handler.render_report(&mut out, &report);
        for label in finding.others.iter().filter(|label| !is_beside(label, finding, source)) {
            let at = source.position(label.span.start());
            let name = visible(source.file_at(label.span.start()).name());
            let (see, text) = (theme.styles.help.style("   see:"), visible(&label.text));
            let _ = writeln!(out, "{see} {text} at {name}:{}:{}", at.line, at.column);
        }
        for fix in &finding.fixes {
            let caution = match fix.applicability {
                Applicability::Safe => "",
                Applicability::Unsafe => " (may change what the profile does)",
            };
            let _ = writeln!(out, "{} {}{caution}", theme.styles.help.style("   fix:"), visible(&fix.title));
        }
    }
    out
}

/// Whether a label stands in the file of the finding itself.
fn is_beside(label: &Label, finding: &Diagnostic, source: &Source) -> bool {
    let file = |label: &Label| source.file_at(label.span.start()).span();
    file(label) == file(&finding.primary)
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Text without characters that steer a terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if hidden(c) { '\u{FFFD}' } else { c }).collect()
}

/// A finding joined with the lines that it shows.
#[derive(Debug)]
struct Report<'a> {
    finding: &'a Diagnostic,
    message: String,
    labels: Vec<LabeledSpan>,
    code: Shown,
}

impl<'a> Report<'a> {
    fn new(finding: &'a Diagnostic, source: &Source, window: Window) -> Self {
        let beside = finding.others.iter().filter(|label| is_beside(label, finding, source));
        let places: Vec<&Label> = std::iter::once(&finding.primary).chain(beside).collect();
        let file = source.file_at(finding.primary.span.start());
        let excerpt = Excerpt::new(source.shown(), file.lines(), &places, window);
        let labels = places
            .iter()
            .zip(&excerpt.labels)
            .enumerate()
            .map(|(at, (label, place))| {
                let text = (!label.text.is_empty()).then(|| visible(&label.text));
                let span = SourceSpan::from((place.start, place.len()));
                if at == 0 {
                    LabeledSpan::new_primary_with_span(text, span)
                } else {
                    LabeledSpan::new_with_span(text, span)
                }
            })
            .collect();
        let start = source.position(finding.primary.span.start());
        let code = Shown {
            name: visible(file.name()),
            text: excerpt.text,
            lines: excerpt.lines,
            primary: excerpt.labels.first().map_or(0, |place| place.start),
            column: start.column.saturating_sub(1) as usize,
        };
        Self { finding, message: visible(&finding.message), labels, code }
    }
}

impl std::fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code(&self) -> Option<Box<dyn std::fmt::Display + '_>> {
        Some(Box::new(self.finding.code.id))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn std::fmt::Display + '_>> {
        self.finding.help.as_deref().map(|help| Box::new(visible(help)) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.code)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// An excerpt as miette reads it: lines keep the numbers that they have in the profile.
#[derive(Debug)]
struct Shown {
    name: String,
    text: String,
    lines: Vec<ExcerptLine>,
    /// Where the primary label starts in `text`.
    primary: usize,
    /// Its column in the profile, from 0.
    column: usize,
}

impl Shown {
    /// The index of the line that holds an offset.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.start <= offset).saturating_sub(1)
    }

    /// Whether the line at this index directly follows the one before.
    fn follows(&self, at: usize) -> bool {
        let number = |at: usize| self.lines.get(at).map(|line| line.number);
        at.checked_sub(1).and_then(number).is_some_and(|before| number(at) == Some(before + 1))
    }
}

impl SourceCode for Shown {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut first = self.line_at(span.offset());
        let mut last = self.line_at(span.offset() + span.len());
        for _ in 0..before {
            first -= usize::from(self.follows(first));
        }
        for _ in 0..after {
            last += usize::from(self.follows(last + 1));
        }
        let (Some(from), Some(to)) = (self.lines.get(first), self.lines.get(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        // With the last line end: miette shows a line only when there is something of it.
        let text = self.text.get(from.start..=to.end).ok_or(MietteError::OutOfBounds)?;
        let column = if span.offset() == self.primary { self.column } else { span.offset() - from.start };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            text.as_bytes(),
            (from.start, text.len()).into(),
            from.number as usize,
            column,
            last - first + 1,
        )))
    }
}
