//! What can stop the reading of a body, and how it is told.

use profilec_diagnostics::{Code, Diagnostic, Label, Span, codes};
use profilec_plan::{ColumnType, PlanColumn};
use profilec_vocabulary::ResponseFormat;

use crate::scan::{MAX_DEPTH, Scanner, Value};
use crate::seen::pointer_to;
use crate::sniff::{first_bytes, other_than_json, other_than_xml};
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

    /// The plan's `column` outgrows what one batch holds.
    pub(crate) fn too_much(column: usize) -> Self {
        Self(Box::new((0, FaultKind::TooMuch { column })))
    }
}

/// What a finding about a body must name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    pub(crate) format: ResponseFormat,
    pub(crate) page: u64,
    pub(crate) rows_origin: Span,
    pub(crate) columns: &'a [PlanColumn],
}

impl Place<'_> {
    /// A finding about the whole body.
    pub(crate) fn finding(&self, code: &'static Code, message: String) -> Diagnostic {
        Diagnostic::new(code, message, Label::new(self.rows_origin, "the rows were to come from here"))
    }

    /// The finding for a fault in `text`. `prefix` is the pointer of `text` within the body.
    pub(crate) fn report(&self, fault: &Fault, text: &str, prefix: &str) -> Diagnostic {
        let page = self.page;
        let (at, kind) = fault.0.as_ref();
        match kind {
            FaultKind::Misfit { column, value } => {
                let pointer = match self.format {
                    ResponseFormat::Xml => path_to(text, value.start as usize),
                    _ => format!("{prefix}{}", pointer_to(text, *value)),
                };
                self.misfit(*column, &pointer, value.source(text))
            }
            FaultKind::TooMuch { column } => {
                let column = self.columns.get(*column);
                let name = column.map_or("", |column| column.name.as_str());
                let message = format!("page {page} holds more than 2 GiB of text for column `{name}`");
                let origin = column.map_or(self.rows_origin, |column| column.origin);
                Diagnostic::new(&codes::data::too_large, message, Label::new(origin, "repeated on every row"))
                    .help("ask for smaller pages, or leave the column out")
            }
            FaultKind::LoneSurrogate => self
                .finding(
                    &codes::data::invalid_encoding,
                    format!("page {page} has half of a surrogate pair in a string, at byte {at}"),
                )
                .help("the server must send both halves of a `\\u` pair; such a text has no meaning"),
            FaultKind::TooDeep => self.finding(
                &codes::data::not_json,
                format!("page {page} nests arrays and objects deeper than {MAX_DEPTH} levels, at byte {at}"),
            ),
            FaultKind::NotWellFormed(_) | FaultKind::Cut(_) if other_than_xml(text.as_bytes()).is_some() => {
                self.not_xml(other_than_xml(text.as_bytes()).unwrap_or_default(), text.as_bytes())
            }
            FaultKind::NotWellFormed(what) => self
                .finding(
                    &codes::data::not_xml,
                    format!("page {page} is not well-formed XML: {what} at byte {at}"),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
            FaultKind::Cut(place) => self
                .finding(
                    &codes::data::not_xml,
                    format!("page {page} is XML cut short: it ends after {at} bytes {place}"),
                )
                .help("the answer did not arrive whole; run again, or ask for smaller pages"),
            FaultKind::Trailing if begins_value(text, *at) => {
                self.not_json("several JSON documents one after another (JSON Lines)", text.as_bytes())
            }
            FaultKind::Truncated(_) | FaultKind::Syntax(_) | FaultKind::Trailing
                if other_than_json(text.as_bytes()).is_some() =>
            {
                self.not_json(other_than_json(text.as_bytes()).unwrap_or_default(), text.as_bytes())
            }
            FaultKind::Trailing => self
                .finding(
                    &codes::data::not_json,
                    format!(
                        "page {page} is not valid JSON: `{}` follows the document at byte {at}",
                        first_bytes(text.as_bytes().get(*at..).unwrap_or_default(), 20)
                    ),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
            FaultKind::Truncated(place) => self
                .finding(
                    &codes::data::not_json,
                    format!("page {page} is JSON cut short: it ends after {at} bytes {place}"),
                )
                .help("the answer did not arrive whole; run again, or ask for smaller pages"),
            FaultKind::Syntax(wanted) => self
                .finding(
                    &codes::data::not_json,
                    format!(
                        "page {page} is not valid JSON: expected {wanted} at byte {at}, found `{}`",
                        first_bytes(text.as_bytes().get(*at..).unwrap_or_default(), 20)
                    ),
                )
                .help(format!("it begins with `{}`", first_bytes(text.as_bytes(), 60))),
        }
    }

    /// The finding for a body that is `what` instead of JSON.
    pub(crate) fn not_json(&self, what: &str, body: &[u8]) -> Diagnostic {
        let finding =
            self.finding(&codes::data::not_json, format!("page {} is not JSON but {what}", self.page));
        let start = first_bytes(body, 60);
        // What people cannot read tells them nothing.
        if start.trim().is_empty() || start.contains(char::REPLACEMENT_CHARACTER) {
            return finding.help("check the address, and that it answers with JSON");
        }
        finding.help(format!("it begins with `{start}`; check the address, and that it answers with JSON"))
    }

    /// The finding for a body that is `what` instead of XML.
    pub(crate) fn not_xml(&self, what: &str, body: &[u8]) -> Diagnostic {
        self.finding(&codes::data::not_xml, format!("page {} is not XML but {what}", self.page)).help(
            format!(
                "it begins with `{}`; check the address, and that it answers with XML",
                first_bytes(body, 60)
            ),
        )
    }

    fn misfit(&self, column: usize, pointer: &str, value: &str) -> Diagnostic {
        let Some(column) = self.columns.get(column) else {
            return self.finding(&codes::data::type_mismatch, format!("`{}` does not fit", shorten(value)));
        };
        let message = format!(
            "column `{}` is declared {}, but page {} has `{}` at `{pointer}`",
            column.name,
            describe(column.ty),
            self.page,
            shorten(value)
        );
        mismatch(column, message)
    }
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

/// A type as messages call it.
pub(crate) fn describe(ty: ColumnType) -> String {
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
