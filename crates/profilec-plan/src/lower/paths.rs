//! Values that are paths: where rows and mapped values stand in a response.

use profilec_syntax::{self as syntax, is_table_path, parse_path, parse_row_path, parse_table_paths};
use profilec_vocabulary::ResponseFormat;

use super::findings::Findings;

/// The names that say where the rows are, the stronger first.
pub(crate) const ROW_PATHS: [&str; 3] = ["jsonpath", "xpath", "repeatelement"];

/// The text of a set value that is a path, checked; `None` when the name holds none, or it is computed.
/// Brackets of a path (`$.a[0]`, `$.a[?(@.b)]`) hold no reference, so they are text.
pub(crate) fn path_value(name: &str, source: &syntax::Template, findings: &mut Findings) -> Option<String> {
    let name = name.split('#').next().unwrap_or(name).trim().to_ascii_lowercase();
    let is_row_path = ROW_PATHS.contains(&name.as_str());
    if !is_row_path && !["elementmappath", "subrepeatelement"].contains(&name.as_str()) {
        return None;
    }
    let text = source.literal_text()?;
    let checked = if is_row_path {
        if is_table_path(&text) {
            parse_table_paths(&text).map(drop)
        } else {
            parse_row_path(&text, ResponseFormat::Json).map(drop)
        }
    } else {
        // The call that reads it is not known here; in CSV nearly everything is the name of a field.
        parse_path(&text, ResponseFormat::Json)
            .or_else(|finding| parse_path(&text, ResponseFormat::Csv).map_err(|_| finding))
            .map(drop)
    };
    if let Err(finding) = checked {
        findings.push(finding);
    }
    Some(text.as_str().to_owned())
}
