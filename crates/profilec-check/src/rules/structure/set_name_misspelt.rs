//! A variable that nothing reads, one or two letters from a name that operations read, or from a column.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;
use profilec_vocabulary::operation_input;

use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Document(set_name_misspelt);

fn set_name_misspelt<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for (site, near) in names.misspelt() {
        let written = site.attribute();
        // The number stays: `Header:Nmae#2` means `Header:Name#2`.
        let number = written.find('#').and_then(|at| written.get(at..)).unwrap_or_default();
        let meant = format!("{near}{number}");
        let finding = Diagnostic::new(
            &codes::structure::set_name_misspelt,
            if operation_input(near).is_some() {
                format!("nothing reads `{written}`, and no operation knows it")
            } else {
                format!("nothing reads `{written}`, and it is no column")
            },
            Label::new(site.span, "set for nothing"),
        );
        // The item in front of the name stays as it is.
        let text = match site.spelling.strip_suffix(written) {
            Some(item) => format!("{item}{meant}"),
            None => meant,
        };
        cx.report(suggest(finding, &text, site.span, false));
    }
}
