//! Values that are paths: where rows and mapped values stand in a response.

use profilec_syntax::{self as syntax, Part, Source, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

use super::findings::Findings;

/// The names that say where the rows are, the stronger first.
pub(crate) const ROW_PATHS: [&str; 3] = ["jsonpath", "xpath", "repeatelement"];

/// The text of a set value that is a path, checked; `None` when the name holds none, or it is computed.
///
/// Brackets of a path (`$.a[0]`, `$.a[?(@.b)]`) look like references, but no attribute can have such a name.
pub(crate) fn path_value(name: &str, source: &syntax::Template, findings: &mut Findings) -> Option<String> {
    let name = name.split('#').next().unwrap_or(name).trim().to_ascii_lowercase();
    let is_row_path = ROW_PATHS.contains(&name.as_str());
    if !(is_row_path || name == "elementmappath") || !source.parts.iter().all(belongs_to_path) {
        return None;
    }
    let checked = if is_row_path {
        parse_row_path(&source.text, ResponseFormat::Json).map(|_| ())
    } else {
        parse_path(&source.text, ResponseFormat::Json).map(|_| ())
    };
    if let Err(finding) = checked {
        findings.push(finding);
    }
    Some(source.text.as_str().to_owned())
}

fn belongs_to_path(part: &Part) -> bool {
    let Part::Reference(reference) = part else { return true };
    reference.pipeline.is_empty()
        && match &reference.source {
            Source::Quoted(_) => true,
            Source::Null => false,
            Source::Name(parts) => match parts.as_slice() {
                [Part::Literal(name)] => {
                    name.starts_with(['?', '*', '@', '('])
                        || name.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | ',' | '-' | ' '))
                }
                _ => false,
            },
        }
}
