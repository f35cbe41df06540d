//! What can be laid out, and what has to be mended first.

use profilec_diagnostics::{Diagnostic, Severity, codes};
use profilec_syntax::parse;

use crate::printer;

/// Lays a profile out.
///
/// # Errors
/// The faults that have to be mended first, by place: those of its XML that leave open what was meant, and
/// characters that belong to nothing. What the parser mends without a choice (a bare `&`, a prefix that nobody
/// declared, a value without quotes) does not keep a profile from being laid out.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let parsed = parse(text);
    let faults: Vec<Diagnostic> =
        parsed.diagnostics.iter().filter(|finding| must_be_mended(finding)).cloned().collect();
    if faults.is_empty() { Ok(printer::print(text, &parsed)) } else { Err(faults) }
}

/// Whether laying out would settle what only the author can, or drop what the author wrote.
fn must_be_mended(finding: &Diagnostic) -> bool {
    let is_xml = finding.code.id.starts_with("profilec::xml::");
    (is_xml && finding.severity == Severity::Error) || finding.code == &codes::xml::stray_character
}
