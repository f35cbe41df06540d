//! Secrets that stand in samples.

use profilec_auth::{Masker, looks_secret};
use profilec_diagnostics::Diagnostic;
use profilec_engine::{MemberValue, PageSummary};
use profilec_rows::Example;

/// The most characters of a value that are shown.
const SHOWN: usize = 40;

/// Learns the secrets that a sample holds by their names.
pub(super) fn learn(body: &[u8], masker: &Masker) {
    if let Ok(text) = std::str::from_utf8(body) {
        masker.learn_members(text);
    }
}

/// Learns the secrets that stand beside the rows of a page.
pub(super) fn learn_seen(page: &PageSummary, masker: &Masker) {
    for member in &page.members {
        if let MemberValue::Text(value) = &member.value
            && member.pointer.rsplit('/').next().is_some_and(looks_secret)
        {
            masker.learn(value);
        }
    }
}

/// A value to show: never one whose name, or that of its column, looks secret.
pub(super) fn shown(example: &Example, column: &str) -> String {
    let names = example.place.split(['/', '`', ' ', '@', '[']);
    if looks_secret(column) || names.into_iter().any(looks_secret) {
        return "***".to_owned();
    }
    match example.value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", example.value[..end].trim_end_matches('…')),
        None => example.value.clone(),
    }
}

/// Hides secrets in findings; what shows the beginning of a body goes when a name in it looks secret.
pub(super) fn hide(findings: &mut [Diagnostic], masker: &Masker) {
    for finding in findings {
        finding.message = masker.mask_message(&finding.message);
        let labels = std::iter::once(&mut finding.primary).chain(&mut finding.others);
        labels.for_each(|label| label.text = masker.mask_message(&label.text));
        finding.help = finding.help.take().map(|help| {
            if help.contains("begins with `") && words(&help).any(looks_secret) {
                return "see whether the sample is what the call answers".to_owned();
            }
            masker.mask_message(&help)
        });
    }
}

/// The names in a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
}
