//! Two columns of one name: the first wins.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Info, Text};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(duplicate_name);

fn duplicate_name(cx: &mut Cx<'_>, info: &Info) {
    let mut seen: HashMap<String, &Text> = HashMap::new();
    for name in info.all_columns().filter_map(|column| column.name()) {
        let written = name.as_str().trim();
        let Some(first) = seen.get(&written.to_lowercase()) else {
            seen.insert(written.to_lowercase(), name);
            continue;
        };
        let message = format!("column `{written}` is declared twice");
        cx.report(
            Diagnostic::new(
                &codes::column::duplicate_name,
                message,
                Label::new(name.span(), "this one is never filled"),
            )
            .label(Label::new(first.span(), "the first one wins"))
            .help("rename or remove one of them; names are compared without case"),
        );
    }
}
