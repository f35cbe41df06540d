//! A title that is a slip of the file's name, or the other way round.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Info;
use profilec_vocabulary::closest;

use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Info(title_differs);

/// Another name altogether is silent: the file may be a copy, or be named by its place.
fn title_differs(cx: &mut Cx<'_>, info: &Info) {
    let (Some(stem), Some(title)) = (cx.file_stem(), info.title()) else { return };
    let written = title.as_str().trim();
    if written.is_empty() || letters(written) == letters(stem) || closest(written, [stem]).is_none() {
        return;
    }
    let finding = Diagnostic::new(
        &codes::structure::title_differs,
        format!("the title `{written}` is not the name of the file, `{stem}`"),
        Label::new(title.span(), "names the table"),
    );
    let finding = suggest(finding, stem, title.span(), false);
    cx.report(finding.help(format!("write `{stem}`, or rename the file")));
}

/// What is compared: file names have no blanks, and case is kept by some systems only.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
