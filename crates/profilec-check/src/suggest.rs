//! Did-you-mean, as help and as fix.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Span};
use profilec_vocabulary::{closest, is_sure};

/// Adds the near name as help, and as a fix that is safe when nothing else can be meant.
pub(crate) fn did_you_mean<'c>(
    finding: Diagnostic,
    written: &str,
    span: Span,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let Some(near) = closest(written, candidates.clone()) else { return finding };
    suggest(finding, near, span, is_sure(written, candidates))
}

/// Says "did you mean" and writes it.
pub(crate) fn suggest(finding: Diagnostic, name: &str, span: Span, safe: bool) -> Diagnostic {
    let edits = vec![Edit { span, text: name.to_owned() }];
    let title = format!("write `{name}`");
    finding.help(format!("did you mean `{name}`?")).fix(if safe {
        Fix::safe(title, edits)
    } else {
        Fix::risky(title, edits)
    })
}
