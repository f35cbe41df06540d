//! A second `else` of one conditional, a second `default` of one `select`.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::KeywordId;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(branch_repeated);

fn branch_repeated(cx: &mut Cx<'_>, statement: &Statement) {
    let branch = match statement.id() {
        Some(id) if id.is_conditional() => KeywordId::Else,
        Some(KeywordId::Select) => KeywordId::Default,
        _ => return,
    };
    let mut branches = statement.body.iter().filter(|child| child.id() == Some(branch));
    let Some(first) = branches.next() else { return };
    for later in branches {
        let name = &later.name;
        cx.refuse(
            Diagnostic::new(
                &codes::structure::branch_repeated,
                format!("`{}` has a second `{}`", statement.name.node, name.node),
                Label::new(name.span, "which of them runs is not settled"),
            )
            .label(Label::new(first.name.span, "the first one"))
            .help("merge the two, or give one of them a condition of its own"),
        );
    }
}
