//! An included file that is named only at run time.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(include_computed);

fn include_computed(cx: &mut Cx<'_>, statement: &Statement) {
    let Some(file) = statement.value("document").filter(|_| statement.id() == Some(KeywordId::Include))
    else {
        return;
    };
    if file.as_literal().is_some() {
        return;
    }
    cx.refuse(
        Diagnostic::new(
            &codes::structure::include_computed,
            "the name of an included file is computed",
            Label::new(file.span(), "known only when the script runs"),
        )
        .help("write the name itself; a conditional with an `include` in each branch chooses between files"),
    );
}
