//! From operation inputs to how the answer is laid out.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Call, CsvLayout, JsonLayout, Layout};
use profilec_syntax::{
    JsonFormat, Step, TablePaths, Text, parse_charset, parse_json_format, parse_quote, parse_separator,
    parse_switch, parse_table_paths, parse_xml_format,
};
use profilec_vocabulary::ResponseFormat;

use super::OperationInputs;
use super::extraction::ROW_PATHS;
use crate::script::Value;

/// The rows of a table, and the place of their path.
type TableRows = (Vec<Step>, Span);

/// How the answer of a call is laid out; where its rows are, when they make a table.
///
/// # Errors
/// A value that cannot be read, or says what is never read.
pub(super) fn layout(
    inputs: &OperationInputs<'_>,
    call: &Call,
) -> Result<(Layout, Option<TableRows>), Diagnostic> {
    let mut layout = Layout::default();
    let mut table = None;
    layout.charset =
        given(inputs, &["Charset", "Encoding"], call).map(|text| parse_charset(&text)).transpose()?;
    match call.format {
        ResponseFormat::Json => {
            let format = given(inputs, &["JSONFormat"], call);
            match format.as_ref().map(parse_json_format).transpose()? {
                None | Some(JsonFormat::Json) => {}
                Some(JsonFormat::LdJson) => layout.json = JsonLayout::Lines,
                Some(JsonFormat::JsonRows) => {
                    let (json, rows) =
                        json_table(inputs, call, format.map_or(call.origin, |text| text.span()))?;
                    layout.json = json;
                    table = Some(rows);
                }
            }
        }
        ResponseFormat::Xml => {
            if let Some(text) = given(inputs, &["XMLFormat"], call) {
                parse_xml_format(&text)?;
            }
        }
        ResponseFormat::Csv => layout.csv = csv(inputs, call)?,
        ResponseFormat::Text => {}
    }
    Ok((layout, table))
}

fn csv(inputs: &OperationInputs<'_>, call: &Call) -> Result<CsvLayout, Diagnostic> {
    let mut csv = CsvLayout::default();
    // A blank may be the separator.
    let separator = inputs.value(&["FMT"]).filter(|value| !value.text.is_empty());
    let separator = separator.map(|value| text(value, call));
    csv.separator = separator.as_ref().map(parse_separator).transpose()?;
    if let Some(quote) = given(inputs, &["QuoteCharacter", "QuoteChar"], call) {
        csv.quote = parse_quote(&quote)?;
    }
    if let (Some(separator), Some(text)) = (&csv.separator, &separator)
        && separator.as_bytes().contains(&csv.quote)
    {
        let message = format!("`FMT` cannot be `{separator}`");
        let label = Label::new(text.span(), "is also the character around fields");
        return Err(Diagnostic::new(&codes::structure::unknown_word, message, label)
            .help("set another `QuoteCharacter`, or another `FMT`"));
    }
    if let Some(header) = given(inputs, &["IncludeColumnHeaders"], call) {
        csv.header = parse_switch("IncludeColumnHeaders", &header)?;
    }
    Ok(csv)
}

/// The table that the row path names; `format` is the place that wants one.
fn json_table(
    inputs: &OperationInputs<'_>,
    call: &Call,
    format: Span,
) -> Result<(JsonLayout, TableRows), Diagnostic> {
    let path = ROW_PATHS.iter().find_map(|name| given(inputs, &[name], call));
    let path = path.unwrap_or_else(|| Text::verbatim("", format));
    let TablePaths { columns, name, rows } = parse_table_paths(&path)?;
    Ok((JsonLayout::Table { columns, name }, (rows, path.span())))
}

/// The value under one of these names that is not blank.
fn given(inputs: &OperationInputs<'_>, names: &[&str], call: &Call) -> Option<Text> {
    let value = inputs.value(names).filter(|value| !value.text.trim().is_empty())?;
    Some(text(value, call))
}

/// A value at its place; what no place gave is the call's.
fn text(value: &Value, call: &Call) -> Text {
    let place = if value.origin == Span::default() { call.origin } else { value.origin };
    Text::verbatim(value.text.as_str(), place)
}
