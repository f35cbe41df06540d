//! `api:attr` for `attr`.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, Spanned, codes};
use profilec_syntax::{Info, PrefixedName};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(declaration_prefixed);

fn declaration_prefixed(cx: &mut Cx<'_>, info: &Info) {
    let columns = info.columns.iter().chain(&info.outputs).map(|column| (&column.tag, column.end_name));
    let inputs = info.inputs.iter().map(|input| (&input.tag, input.end_name));
    for (tag, end) in columns.chain(inputs).filter(|(tag, _)| !tag.node.prefix.is_empty()) {
        cx.report(finding(tag, end));
    }
}

fn finding(tag: &Spanned<PrefixedName>, end: Option<Span>) -> Diagnostic {
    let PrefixedName { prefix, local } = &tag.node;
    let length = u32::try_from(prefix.len()).unwrap_or(u32::MAX).saturating_add(1);
    // The prefix and its colon.
    let prefix_of = |name: Span| Span::new(name.start(), name.start().saturating_add(length).min(name.end()));
    let places = [Some(tag.span), end].into_iter().flatten().map(prefix_of);
    let edits = places.map(|span| Edit { span, text: String::new() }).collect();
    Diagnostic::new(
        &codes::structure::declaration_prefixed,
        format!("`{}` has a prefix, and `{local}` takes none", tag.node),
        Label::new(tag.span, "engines look for the bare name"),
    )
    .help(format!("write `{local}`"))
    .fix(Fix::safe(format!("write `{local}`"), edits))
}
