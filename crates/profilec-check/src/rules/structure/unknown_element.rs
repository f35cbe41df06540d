//! An element that is no keyword where a keyword should be, or no column where a column should be.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::{Info, Statement};
use profilec_vocabulary::{KeywordId, closest, keyword};

use super::{is_keyword_prefix, keyword_prefix};
use crate::cx::{Cx, Rule};

/// In the script.
pub(crate) const RULE: Rule = Rule::Statement(in_script);
/// In `api:info`.
pub(crate) const IN_INFO: Rule = Rule::Info(in_info);

const IN_INFO_NAMES: [&str; 3] = ["attr", "input", "output"];

fn in_script(cx: &mut Cx<'_>, statement: &Statement) {
    let name = &statement.name.node;
    let column = IN_INFO_NAMES.into_iter().find(|word| name.local.eq_ignore_ascii_case(word));
    if statement.keyword.is_some() || (is_keyword_prefix(&name.prefix) && column.is_none()) {
        return;
    }
    // Markup is text where text is written, and inside an element that is reported already.
    let is_text =
        |parent: &Statement| parent.keyword.is_none() || parent.id().is_some_and(KeywordId::takes_text);
    let Some(parent) = cx.parent() else { return };
    // Without a script as root, the root itself is the finding.
    if is_text(parent) || parent.name.span.is_empty() {
        return;
    }
    let finding = Diagnostic::new(
        &codes::structure::unknown_element,
        format!("`{name}` is no keyword"),
        Label::new(statement.name.span, format!("stands in `{}`, where keywords do", parent.name.node)),
    );
    let help = if let Some(column) = column {
        format!("write `{column}` without a prefix, inside `api:info`")
    } else if let Some(known) = keyword(&name.local) {
        let meant = format!("{}:{}", keyword_prefix(name), known.name);
        let places = [Some(statement.name.span), statement.end_name].into_iter().flatten();
        let edits = places.map(|span| Edit { span, text: meant.clone() }).collect();
        let help = format!("did you mean `{meant}`?");
        cx.refuse(finding.help(help).fix(Fix::risky(format!("write `{meant}`"), edits)));
        return;
    } else {
        "remove it, or make it a comment".to_owned()
    };
    cx.refuse(finding.help(help));
}

fn in_info(cx: &mut Cx<'_>, info: &Info) {
    for child in &info.unknown {
        // Of such a name and yet unknown: it stands in another one.
        let is_nested = IN_INFO_NAMES.iter().any(|name| name.eq_ignore_ascii_case(&child.node.local));
        let label = if is_nested {
            "stands in another element"
        } else {
            "`api:info` holds `attr`, `input` and `output`"
        };
        let finding = Diagnostic::new(
            &codes::structure::unknown_element,
            format!("`{}` declares nothing", child.node),
            Label::new(child.span, label),
        );
        cx.report(finding.help(match closest(&child.node.local, IN_INFO_NAMES) {
            _ if is_nested => "put it directly into `api:info`".to_owned(),
            Some(near) => format!("did you mean `{near}`?"),
            None => "move it out of `api:info`, or remove it".to_owned(),
        }));
    }
}
