//! What can stop the reading of a body, and how it is told.

use profilec_diagnostics::{Code, Diagnostic, Label, Span, codes};
use profilec_engine::RowsCut;
use profilec_plan::{ColumnType, PlanColumn};
use profilec_syntax::Step;
use profilec_vocabulary::ResponseFormat;

use crate::join::MOST_JOINED;
use crate::scan::{Kind, MAX_DEPTH, Scanner, Value};
use crate::seen::pointer_to;
use crate::sniff::{first_bytes, other_than_json, other_than_xml};
use crate::table::joined;
use crate::xml::path_to;

/// The outcome of a step over the text.
pub(crate) type Scan<T> = Result<T, Fault>;

/// Why reading stopped: the byte offset in the text that was read, and what was there. Boxed, since every step
/// returns one or a value.
#[derive(Debug)]
pub(crate) struct Fault(Box<(usize, FaultKind)>);

#[derive(Debug)]
enum FaultKind {
    Syntax(&'static str),
    Truncated(&'static str),
    Trailing,
    TooDeep,
    LoneSurrogate,
    Misfit { column: usize, value: Value },
    TooMuch { column: usize },
    NotWellFormed(String),
    Cut(&'static str),
    OpenQuote,
    AfterQuote,
    Ragged { row: Value, width: usize },
}

impl Fault {
    /// Something else than `wanted` stands at `at`.
    pub(crate) fn syntax(at: usize, wanted: &'static str) -> Self {
        Self(Box::new((at, FaultKind::Syntax(wanted))))
    }

    /// The text ends at `at`.
    pub(crate) fn truncated(at: usize, place: &'static str) -> Self {
        Self(Box::new((at, FaultKind::Truncated(place))))
    }

    /// Something follows the document.
    pub(crate) fn trailing(at: usize) -> Self {
        Self(Box::new((at, FaultKind::Trailing)))
    }

    /// The first fault in a text that should be one JSON document.
    pub(crate) fn check(text: &str) -> Scan<()> {
        let mut scan = Scanner::new(text);
        scan.blank();
        scan.skip()?;
        scan.blank();
        if scan.peek().is_some() { Err(Self::trailing(scan.at)) } else { Ok(()) }
    }

    /// Nested deeper than is read.
    pub(crate) fn too_deep(at: usize) -> Self {
        Self(Box::new((at, FaultKind::TooDeep)))
    }

    /// An escape at `at` is half of a surrogate pair.
    pub(crate) fn lone_surrogate(at: usize) -> Self {
        Self(Box::new((at, FaultKind::LoneSurrogate)))
    }

    /// `value` does not fit the plan's `column`.
    pub(crate) fn misfit(column: usize, value: Value) -> Self {
        Self(Box::new((value.start as usize, FaultKind::Misfit { column, value })))
    }

    /// The XML is broken at `at`: `what`, told in words that `at byte …` can follow.
    pub(crate) fn not_well_formed(at: usize, what: String) -> Self {
        Self(Box::new((at, FaultKind::NotWellFormed(what))))
    }

    /// The XML ends at `at`.
    pub(crate) fn cut(at: usize, place: &'static str) -> Self {
        Self(Box::new((at, FaultKind::Cut(place))))
    }

    /// A quote of CSV at `at` is never closed.
    pub(crate) fn open_quote(at: usize) -> Self {
        Self(Box::new((at, FaultKind::OpenQuote)))
    }

    /// Something else than a separator or a line end follows a closing quote of CSV.
    pub(crate) fn after_quote(at: usize) -> Self {
        Self(Box::new((at, FaultKind::AfterQuote)))
    }

    /// A row has not the values that all rows have.
    pub(crate) fn ragged(row: Value, width: usize) -> Self {
        Self(Box::new((row.start as usize, FaultKind::Ragged { row, width })))
    }

    /// The plan's `column` outgrows what one batch holds.
    pub(crate) fn too_much(column: usize) -> Self {
        Self(Box::new((0, FaultKind::TooMuch { column })))
    }
}

/// What a finding about a body must name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) format: ResponseFormat,
    /// What messages call the page: `page 1`, or the name of a sample.
    pub(crate) page: &'a str,
    /// The line of the page that was read, when documents or records have their own.
    pub(crate) line: Option<usize>,
    pub(crate) rows_origin: Span,
    pub(crate) columns: &'a [PlanColumn],
}

impl Place<'_> {
    /// The same, in a line counted from 1.
    pub(crate) fn at_line(&self, line: usize) -> Self {
        Self { line: Some(line), ..*self }
    }

    /// `page 1`, `line 3 of page 1`.
    fn name(&self) -> String {
        let page = self.page;
        self.line.map_or_else(|| page.to_owned(), |line| format!("line {line} of {page}"))
    }

    /// Where a value stands, as messages say it: `/kilns/0/id`, `/id` in line 3, line 3.
    pub(crate) fn of(&self, text: &str, value: Value, prefix: &str) -> String {
        let pointer = match self.format {
            ResponseFormat::Xml => path_to(text, value.start as usize),
            ResponseFormat::Json => format!("{prefix}{}", pointer_to(text, value)),
            ResponseFormat::Csv | ResponseFormat::Text => {
                return format!("line {} of {}", line_at(text, value.start as usize), self.page);
            }
        };
        format!("`{pointer}` of {}", self.name())
    }

    /// A finding about the whole body.
    pub(crate) fn finding(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, message, Label::new(self.rows_origin, "the rows were to come from here"))
    }

    /// What is told of a record whose rows were cut.
    pub(crate) fn cut(&self, text: &str, (record, all): &(Value, u64), prefix: &str) -> RowsCut {
        let pointer = match self.format {
            ResponseFormat::Xml => path_to(text, record.start as usize),
            _ => format!("{prefix}{}", pointer_to(text, *record)),
        };
        RowsCut { pointer, all: *all, written: MOST_JOINED }
    }

    /// The finding for a fault in `text`. `prefix` is the pointer of `text` within the body.
    pub(crate) fn report(&self, fault: &Fault, text: &str, prefix: &str) -> Diagnostic {
        let (at, kind) = fault.0.as_ref();
        if self.format == ResponseFormat::Csv && self.line.is_none() {
            return self.at_line(line_at(text, *at)).report(fault, text, prefix);
        }
        let page = self.name();
        match kind {
            FaultKind::Misfit { column, value } => {
                let pointer = match self.format {
                    ResponseFormat::Xml => format!(" at `{}`", path_to(text, value.start as usize)),
                    ResponseFormat::Json => format!(" at `{prefix}{}`", pointer_to(text, *value)),
                    ResponseFormat::Csv | ResponseFormat::Text => String::new(),
                };
                self.misfit(*column, &pointer, value.source(text))
            }
            FaultKind::TooMuch { column } => {
                let column = self.columns.get(*column);
                let name = column.map_or("", |column| column.name.as_str());
                let message = format!("{page} holds more than 2 GiB of text for column `{name}`");
                let origin = column.map_or(self.rows_origin, |column| column.origin);
                Diagnostic::new(&codes::data::too_large, message, Label::new(origin, "repeated on every row"))
                    .help("ask for smaller pages, or leave the column out")
            }
            FaultKind::LoneSurrogate => self
                .finding(
                    &codes::data::invalid_encoding,
                    format!("{page} has half of a surrogate pair in a string, at byte {at}"),
                )
                .help("the server must send both halves of a `\\u` pair; such a text has no meaning"),
            FaultKind::TooDeep => self.finding(
                &codes::data::not_json,
                format!("{page} nests arrays and objects deeper than {MAX_DEPTH} levels, at byte {at}"),
            ),
            FaultKind::NotWellFormed(_) | FaultKind::Cut(_) if other_than_xml(text.as_bytes()).is_some() => {
                self.not(other_than_xml(text.as_bytes()).unwrap_or_default(), text.as_bytes())
            }
            FaultKind::NotWellFormed(what) => self
                .finding(
                    &codes::data::not_xml,
                    format!("{page} is not well-formed XML: {what} at byte {at}"),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
            FaultKind::Cut(place) => self
                .finding(
                    &codes::data::not_xml,
                    format!("{page} is XML cut short: it ends after {at} bytes {place}"),
                )
                .help("the answer did not arrive whole; run again, or ask for smaller pages"),
            FaultKind::OpenQuote => self
                .finding(&codes::data::not_csv, format!("{page} opens a quote that is never closed"))
                .help(format!("it begins with `{}`; the answer may not have arrived whole", excerpt(text, *at))),
            FaultKind::AfterQuote => self
                .finding(
                    &codes::data::not_csv,
                    format!("{page} goes on after a closing quote with `{}`", excerpt(text, *at)),
                )
                .help(
                    "a quote within quotes must be doubled; `FMT` says what separates fields, `QuoteCharacter` \
                     what stands around them",
                ),
            FaultKind::Ragged { row, width } => self.ragged(*row, *width, text),
            FaultKind::Trailing if begins_value(text, *at) && self.line.is_none() => self
                .not("several JSON documents one after another (JSON Lines)", text.as_bytes())
                .help("set `JSONFormat` to `LDJSON`: then each line is a document of its own"),
            FaultKind::Truncated(_) | FaultKind::Syntax(_) | FaultKind::Trailing
                if other_than_json(text.as_bytes()).is_some() =>
            {
                self.not(other_than_json(text.as_bytes()).unwrap_or_default(), text.as_bytes())
            }
            FaultKind::Trailing => self
                .finding(
                    &codes::data::not_json,
                    format!(
                        "{page} is not valid JSON: `{}` follows the document at byte {at}",
                        first_bytes(text.as_bytes().get(*at..).unwrap_or_default(), 20)
                    ),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
            FaultKind::Truncated(place) => self
                .finding(
                    &codes::data::not_json,
                    format!("{page} is JSON cut short: it ends after {at} bytes {place}"),
                )
                .help("the answer did not arrive whole; run again, or ask for smaller pages"),
            FaultKind::Syntax(wanted) => self
                .finding(
                    &codes::data::not_json,
                    format!(
                        "{page} is not valid JSON: expected {wanted} at byte {at}, found `{}`",
                        first_bytes(text.as_bytes().get(*at..).unwrap_or_default(), 20)
                    ),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
        }
    }

    /// The finding for a body that is `what` instead of the format that is read.
    pub(crate) fn not(&self, what: &str, body: &[u8]) -> Diagnostic {
        let (code, format) = match self.format {
            ResponseFormat::Json => (&codes::data::not_json, "JSON"),
            ResponseFormat::Xml => (&codes::data::not_xml, "XML"),
            ResponseFormat::Csv => (&codes::data::not_csv, "CSV"),
            // Whatever is text is taken: only its encoding can be wrong.
            ResponseFormat::Text => (&codes::data::invalid_encoding, "text"),
        };
        let finding = self.finding(code, format!("{} is not {format} but {what}", self.name()));
        let start = first_bytes(body, 60);
        // What people cannot read tells them nothing.
        if start.trim().is_empty() || start.contains(char::REPLACEMENT_CHARACTER) {
            return finding.help(format!("check the address, and that it answers with {format}"));
        }
        finding
            .help(format!("it begins with `{start}`; check the address, and that it answers with {format}"))
    }

    /// The finding for a document where each line should be one.
    pub(crate) fn one_document(&self) -> Diagnostic {
        let message = format!("{} is one JSON document over several lines", self.name());
        self.finding(&codes::data::not_json, message)
            .help("leave `JSONFormat` out: with `LDJSON` each line is a document of its own")
    }

    /// The finding for a query that cannot be carried out.
    pub(crate) fn query_failed(&self, query: &str, error: &str) -> Diagnostic {
        let message = format!("`{query}` cannot be looked for in {}: {error}", self.name());
        self.finding(&codes::data::not_json, message)
    }

    /// The finding for rows of a table without the names of its columns.
    pub(crate) fn names_missing(&self, columns: &[Step]) -> Diagnostic {
        let message = format!("{} has rows but no column names at `/{}`", self.name(), joined(columns));
        self.finding(&codes::data::header_mismatch, message)
            .help("let `column:` lead to the array of names, and `columnname:` to the name in its elements")
    }

    /// The finding for a row whose values cannot be told apart by their positions.
    fn ragged(&self, row: Value, width: usize, text: &str) -> Diagnostic {
        let (place, count) = (self.name(), row.count);
        let start = excerpt(text, row.start as usize);
        let message = match row.kind {
            Kind::Field => format!("{place} has {}, the first record has {width}", number(count, "field")),
            Kind::Array => format!(
                "{place} has a row of {} at `{}`, the table has {}",
                number(count, "value"),
                pointer_to(text, row),
                number(u32::try_from(width).unwrap_or(u32::MAX), "column")
            ),
            _ => format!("{place} has a row at `{}` that is no array", pointer_to(text, row)),
        };
        let finding = self.finding(&codes::data::ragged_row, message);
        match row.kind {
            Kind::Field => finding.help(format!(
                "it begins with `{start}`; a value with a separator or line break in it must be quoted, and `FMT` \
                 says what separates fields"
            )),
            _ => finding.help(format!("it begins with `{start}`; every row must have a value for each column")),
        }
    }

    fn misfit(&self, column: usize, pointer: &str, value: &str) -> Diagnostic {
        let Some(column) = self.columns.get(column) else {
            return self.finding(&codes::data::type_mismatch, format!("`{}` does not fit", shorten(value)));
        };
        let message = format!(
            "column `{}` is declared {}, but {} has `{}`{pointer}",
            column.name,
            describe(column.ty),
            self.name(),
            shorten(value)
        );
        mismatch(column, message)
    }
}

/// `1 field`, `2 fields`.
fn number(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A few characters from `at` on.
fn excerpt(text: &str, at: usize) -> String {
    first_bytes(text.as_bytes().get(at..).unwrap_or_default(), 40)
}

/// The line of a place, counted from 1; lines end with CRLF, LF or CR.
fn line_at(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let is_end =
        |(at, byte): (usize, &u8)| *byte == b'\n' || (*byte == b'\r' && before.get(at + 1) != Some(&b'\n'));
    1 + before.iter().enumerate().filter(|place| is_end(*place)).count()
}

/// Whether an object or array begins at `at`.
fn begins_value(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b'{' | b'['))
}

/// The finding for a value that does not fit its column.
pub(crate) fn mismatch(column: &PlanColumn, message: String) -> Diagnostic {
    Diagnostic::new(&codes::data::type_mismatch, message, Label::new(column.origin, "this type does not fit"))
        .help("declare the column with a type that holds every value; `string` holds all")
}

/// A type as messages call it: `as an integer`.
pub fn describe(ty: ColumnType) -> String {
    match ty {
        ColumnType::Utf8 => "as text".into(),
        ColumnType::Int64 => "as an integer".into(),
        ColumnType::Float64 => "as a double".into(),
        ColumnType::Boolean => "as a boolean".into(),
        ColumnType::Timestamp => "as a date-time".into(),
        ColumnType::Date => "as a date".into(),
        ColumnType::Time => "as a time".into(),
        ColumnType::Binary => "as binary (base64)".into(),
        ColumnType::Decimal { precision, scale } => {
            format!("as a decimal of {precision} digits, {scale} after the point")
        }
    }
}

/// The first sixty characters.
pub(crate) fn shorten(value: &str) -> String {
    match value.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
