//! Values that say how a body is laid out: encodings, formats and their kinds, the characters of CSV.

use encoding_rs::Encoding;
use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_vocabulary::{CHARSETS, Kind, ResponseFormat, boolean_word, closest, instead, operation_input};

use crate::Text;

/// The kinds of JSON: `JSONFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFormat {
    /// One document.
    Json,
    /// Rows are arrays, the names of the columns stand in one of their own.
    JsonRows,
    /// One document a line.
    LdJson,
}

/// How nested arrays become rows: `DataModel`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataModel {
    /// One row path; what is nested is text.
    #[default]
    Document,
    /// Parents and children joined in one table.
    FlattenedDocuments,
    /// A table for each row path.
    Relational,
}

const SEPARATORS: [&str; 3] = ["CsvDelimited", "TabDelimited", "FixedLength"];
/// Characters that a separator may have.
const LONGEST_SEPARATOR: usize = 8;

/// Parses `Charset`: a label of the WHATWG encodings. Gives the encoding's name.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_charset(text: &Text) -> Result<&'static str, Diagnostic> {
    let label = text.as_str().trim();
    let encoding = Encoding::for_label_no_replacement(label.as_bytes());
    encoding.map(Encoding::name).ok_or_else(|| {
        let help = near_or(label, CHARSETS, "write a name such as `UTF-8` or `windows-1252`");
        unknown(text, "Charset", &help)
    })
}

/// Parses `Format`.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_format(text: &Text) -> Result<ResponseFormat, Diagnostic> {
    Ok(match word("Format", text)? {
        "XML" => ResponseFormat::Xml,
        "CSV" => ResponseFormat::Csv,
        _ => ResponseFormat::Json,
    })
}

/// Parses `JSONFormat`.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_json_format(text: &Text) -> Result<JsonFormat, Diagnostic> {
    Ok(match word("JSONFormat", text)? {
        "JSONRows" => JsonFormat::JsonRows,
        "LDJSON" => JsonFormat::LdJson,
        _ => JsonFormat::Json,
    })
}

/// Parses `DataModel`.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_data_model(text: &Text) -> Result<DataModel, Diagnostic> {
    Ok(match word("DataModel", text)? {
        "FlattenedDocuments" => DataModel::FlattenedDocuments,
        "Relational" => DataModel::Relational,
        _ => DataModel::Document,
    })
}

/// Parses `XMLFormat`: `XML` is read, `XMLTable` never.
///
/// # Errors
/// Finding: `structure::unknown_word`, or `structure::not_supported_yet` for `XMLTable`.
pub fn parse_xml_format(text: &Text) -> Result<(), Diagnostic> {
    if word("XMLFormat", text)? == "XML" {
        return Ok(());
    }
    Err(refused(
        text,
        "`XMLTable` is never read",
        "columns that are named by the values beside them differ from row to row",
        "read names and values as rows of two columns: leave `XMLFormat` out and let the row path end at the \
         element that holds both",
    ))
}

/// Parses `FMT`: what separates the fields of CSV. `CsvDelimited` is the comma, `TabDelimited` and `\t` the tab,
/// `Delimited(x)` and `x` stand for the character or characters `x`, `0x1F` for the one with this number.
///
/// # Errors
/// Finding: `structure::unknown_word`, or `structure::not_supported_yet` for `FixedLength`.
pub fn parse_separator(text: &Text) -> Result<String, Diagnostic> {
    let written = text.as_str();
    // Blanks around words are none of theirs, but a blank alone is meant.
    let trimmed = written.trim_matches(' ');
    let word = if trimmed.is_empty() { written } else { trimmed };
    let is = |known: &str| word.eq_ignore_ascii_case(known);
    if is("CsvDelimited") {
        return Ok(",".to_owned());
    }
    if is("TabDelimited") || word == "\\t" {
        return Ok("\t".to_owned());
    }
    if is("FixedLength") {
        return Err(refused(
            text,
            "`FixedLength` is never read",
            "fields of fixed width need a `Schema.ini`, which a response has none of",
            "ask the server for CSV, or for JSON",
        ));
    }
    let inner = strip_ignoring_case(word, "Delimited(").and_then(|rest| rest.strip_suffix(')'));
    let separator = match word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from),
        None => Some(inner.unwrap_or(word).to_owned()),
    };
    let fits = |separator: &String| {
        let letters = separator.chars().filter(|char| char.is_alphanumeric()).count();
        !separator.is_empty()
            && !separator.contains(['\r', '\n'])
            && separator.chars().count() <= LONGEST_SEPARATOR
            && (letters == 0 || separator.chars().count() == 1)
    };
    separator.filter(fits).ok_or_else(|| {
        let help = "write the character itself, `0x` and its number, `CsvDelimited` or `TabDelimited`";
        unknown(text, "FMT", &near_or(written, &SEPARATORS, help))
    })
}

/// Parses `QuoteCharacter`: one ASCII character that is no letter, digit or control character.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_quote(text: &Text) -> Result<u8, Diagnostic> {
    match text.as_str().trim().as_bytes() {
        [quote] if quote.is_ascii_punctuation() => Ok(*quote),
        _ => Err(unknown(text, "QuoteCharacter", "write one character, such as `\"` or `'`")),
    }
}

/// Parses a switch such as `IncludeColumnHeaders`.
///
/// # Errors
/// Finding: `structure::unknown_word`.
pub fn parse_switch(name: &str, text: &Text) -> Result<bool, Diagnostic> {
    boolean_word(text.as_str()).ok_or_else(|| unknown(text, name, "write `TRUE` or `FALSE`"))
}

fn strip_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// The word of an operation's input, as the vocabulary writes it.
fn word(input: &str, text: &Text) -> Result<&'static str, Diagnostic> {
    let kind = operation_input(input).map(|known| known.parameter.kind);
    kind.and_then(|kind| kind.word(text.as_str())).ok_or_else(|| {
        let words = kind.and_then(Kind::words).unwrap_or_default();
        unknown(text, input, &instead(text.as_str().trim(), words))
    })
}

fn unknown(text: &Text, name: &str, help: &str) -> Diagnostic {
    Diagnostic::new(
        &codes::structure::unknown_word,
        format!("`{name}` cannot be `{}`", text.as_str().trim()),
        Label::new(text.span(), "not one of the words that it takes"),
    )
    .help(help)
}

/// The help for a word near to a known one, else this one.
fn near_or(written: &str, words: &[&str], otherwise: &str) -> String {
    let near = closest(written.trim(), words.iter().copied());
    near.map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

fn refused(text: &Text, message: &str, why: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&codes::structure::not_supported_yet, message, Label::new(text.span(), why)).help(help)
}

#[cfg(test)]
mod tests {
    use profilec_diagnostics::Span;
    use profilec_vocabulary::CHARSETS;

    use super::*;

    fn text(written: &str) -> Text {
        Text::verbatim(written, Span::new(5, 9))
    }

    fn help(finding: Diagnostic) -> String {
        format!("{}; {}", finding.message, finding.help.unwrap_or_default())
    }

    #[test]
    fn charsets_are_labels_of_encodings() {
        assert_eq!(parse_charset(&text(" latin1 ")).ok(), Some("windows-1252"));
        let finding = parse_charset(&text("windows-1225")).expect_err("nobody knows it");
        assert_eq!(help(finding), "`Charset` cannot be `windows-1225`; did you mean `windows-1252`?");
        for name in CHARSETS {
            assert!(parse_charset(&text(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn separators_are_words_numbers_and_characters() {
        for (written, expected) in [
            ("csvdelimited", ","),
            (" TabDelimited ", "\t"),
            ("\\t", "\t"),
            ("\t", "\t"),
            (" ", " "),
            (";", ";"),
            ("||", "||"),
            ("Delimited(;)", ";"),
            ("0x1f", "\u{1f}"),
        ] {
            assert_eq!(parse_separator(&text(written)).ok().as_deref(), Some(expected), "{written:?}");
        }
        for written in ["0x", "0xzz", "SemicolonDelimited", "", "\n"] {
            assert!(parse_separator(&text(written)).is_err(), "{written:?}");
        }
        let finding = parse_separator(&text("TabDelimted")).expect_err("it is a slip");
        assert_eq!(help(finding), "`FMT` cannot be `TabDelimted`; did you mean `TabDelimited`?");
    }

    #[test]
    fn formats_are_words_in_any_case() {
        assert_eq!(parse_json_format(&text("ldjson")).ok(), Some(JsonFormat::LdJson));
        assert_eq!(parse_format(&text(" csv ")).ok(), Some(ResponseFormat::Csv));
        assert!(parse_xml_format(&text("xml")).is_ok());
        let finding = parse_xml_format(&text("XMLTABLE")).expect_err("it is refused");
        assert_eq!(finding.message, "`XMLTable` is never read");
        assert_eq!(
            help(parse_json_format(&text("LDJSN")).expect_err("it is a slip")),
            "`JSONFormat` cannot be `LDJSN`; did you mean `LDJSON`?"
        );
    }
}
