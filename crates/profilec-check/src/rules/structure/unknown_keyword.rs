//! An `api:` element that the language does not have.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{KEYWORDS, closest, is_sure};

use super::is_keyword_prefix;
use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Statement(unknown_keyword);

fn unknown_keyword(cx: &mut Cx<'_>, statement: &Statement) {
    let name = &statement.name;
    let is_column = ["attr", "input", "output"].iter().any(|word| name.node.local.eq_ignore_ascii_case(word));
    if statement.keyword.is_some() || !is_keyword_prefix(&name.node.prefix) || is_column {
        return;
    }
    let finding = Diagnostic::new(
        &codes::structure::unknown_keyword,
        format!("unknown keyword `{}`", name.node),
        Label::new(name.span, "the language has no such keyword"),
    );
    let keywords = KEYWORDS.iter().map(|keyword| keyword.name);
    let Some(near) = closest(&name.node.local, keywords.clone()) else {
        cx.refuse(finding.help("remove it, or write a keyword that does what is meant"));
        return;
    };
    let meant = format!("{}:{near}", name.node.prefix);
    let edits = [Some(name.span), statement.end_name]
        .into_iter()
        .flatten()
        .map(|span| Edit { span, text: meant.clone() })
        .collect();
    let title = format!("write `{meant}`");
    let safe = is_sure(&name.node.local, keywords);
    cx.refuse(finding.help(format!("did you mean `{meant}`?")).fix(if safe {
        Fix::safe(title, edits)
    } else {
        Fix::risky(title, edits)
    }));
}
