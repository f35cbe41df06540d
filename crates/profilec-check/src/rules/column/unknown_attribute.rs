//! An attribute of `attr`, `input` or `api:info` that nothing reads: what it says is lost.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_syntax::{Attribute, Info, PrefixedName};
use profilec_vocabulary::{COLUMN_ATTRIBUTES, Parameter, closest, is_sure, keyword};

use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Info(unknown_attribute);

fn unknown_attribute(cx: &mut Cx<'_>, info: &Info) {
    let of_info = keyword("info").into_iter().flat_map(|info| info.parameters);
    for attribute in &info.attributes {
        let found = slip(attribute, &info.attributes, of_info.clone())
            .or_else(|| foreign(attribute, of_info.clone()));
        if let Some(finding) = found {
            cx.report(finding);
        }
    }
    let known = || COLUMN_ATTRIBUTES.iter().map(|known| &known.parameter);
    let columns = info.columns.iter().chain(&info.outputs).map(|column| &column.attributes);
    for attributes in columns.chain(info.inputs.iter().map(|input| &input.attributes)) {
        for attribute in attributes {
            let found = slip(attribute, attributes, known()).or_else(|| foreign(attribute, known()));
            if let Some(finding) = found {
                cx.report(finding);
            }
        }
    }
}

/// A name that the language does not have. With a prefix it is for other programs to read.
fn foreign<'p>(attribute: &Attribute, mut known: impl Iterator<Item = &'p Parameter>) -> Option<Diagnostic> {
    let PrefixedName { prefix, local } = &attribute.name.node;
    // A column without a name is a finding of its own, which knows of such slips.
    let is_like_name = local.len() > 2 && closest(local, ["name"]).is_some();
    if !prefix.is_empty() || local == "xmlns" || is_like_name || known.any(|parameter| parameter.is(local)) {
        return None;
    }
    let finding = Diagnostic::new(
        &codes::column::unknown_attribute,
        format!("unknown attribute `{local}`"),
        Label::new(attribute.name.span, "nothing reads this"),
    );
    Some(finding.help(format!("remove it, or write `other:{local}` if another program reads it")))
}

/// A sure slip: one letter from a known name of four letters and more, which the element does not have beside it.
fn slip<'p>(
    attribute: &Attribute,
    beside: &[Attribute],
    known: impl Iterator<Item = &'p Parameter> + Clone,
) -> Option<Diagnostic> {
    let written = &attribute.name.node.local;
    let has = |name: &str| beside.iter().any(|other| other.name.node.local.eq_ignore_ascii_case(name));
    let known = known.flat_map(Parameter::spellings);
    if known.clone().any(|name| name.eq_ignore_ascii_case(written))
        || attribute.name.node.prefix == "xmlns"
        || !is_sure(written, known.clone())
    {
        return None;
    }
    let near = closest(written, known)?;
    // A column without a name is a finding of its own, which knows of such slips.
    if near.len() < 4 || near == "name" || has(near) {
        return None;
    }
    let name = &attribute.name;
    let start = name.span.end() - u32::try_from(written.len()).ok()?;
    let place = Span::new(start, name.span.end());
    let unknown = Diagnostic::new(
        &codes::column::unknown_attribute,
        format!("unknown attribute `{}`", name.node),
        Label::new(place, "nothing reads this"),
    );
    Some(suggest(unknown, near, place, true))
}
