//! Names of the language in another letter case than engines are known to read.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, Spanned, codes};
use profilec_syntax::{Attribute, Info, PrefixedName, Statement};
use profilec_vocabulary::{Parameter, column_attribute, keyword};

use crate::cx::{Cx, Rule};

/// Keywords and their attributes.
pub(crate) const RULE: Rule = Rule::Statement(in_script);
/// `api:info`, and what stands in it.
pub(crate) const IN_INFO: Rule = Rule::Info(in_info);

fn in_script(cx: &mut Cx<'_>, statement: &Statement) {
    let Some(keyword) = statement.keyword else { return };
    element(cx, &statement.name, statement.end_name, keyword.name);
    let known: Vec<_> =
        statement.params.iter().filter_map(|param| Some((param.parameter?, &param.name))).collect();
    attributes(cx, &known);
}

fn in_info(cx: &mut Cx<'_>, info: &Info) {
    element(cx, &info.name, None, "info");
    let of_info = |name: &str| keyword("info").and_then(|info| info.parameter(name));
    attributes(cx, &known(&info.attributes, of_info));
    let columns = info.columns.iter().map(|column| (column, "attr"));
    let columns = columns.chain(info.outputs.iter().map(|output| (output, "output")));
    // The case of names after `other:` differs from driver to driver.
    let of_column = |name: &str| {
        column_attribute(name).filter(|known| known.prefix != "other").map(|known| &known.parameter)
    };
    for (column, tag) in columns {
        element(cx, &column.tag, column.end_name, tag);
        attributes(cx, &known(&column.attributes, of_column));
    }
    for input in &info.inputs {
        element(cx, &input.tag, input.end_name, "input");
        attributes(cx, &known(&input.attributes, of_column));
    }
}

type Known<'a> = (&'static Parameter, &'a Spanned<PrefixedName>);

fn known(attributes: &[Attribute], find: impl Fn(&str) -> Option<&'static Parameter>) -> Vec<Known<'_>> {
    let attributes = attributes.iter().filter(|attribute| attribute.name.node.prefix != "xmlns");
    attributes.filter_map(|attribute| Some((find(&attribute.name.node.local)?, &attribute.name))).collect()
}

fn element(cx: &mut Cx<'_>, name: &Spanned<PrefixedName>, end: Option<Span>, usual: &str) {
    // Without a script as root, one is made up.
    if name.node.local != usual && !name.span.is_empty() {
        let places = [Some(name.span), end].into_iter().flatten();
        cx.report(finding(&name.node, places.map(|place| local(place, &name.node)), usual));
    }
}

fn attributes(cx: &mut Cx<'_>, known: &[Known<'_>]) {
    let mut given: HashMap<&str, usize> = HashMap::new();
    for (parameter, _) in known {
        *given.entry(parameter.name).or_default() += 1;
    }
    for (parameter, name) in known {
        let written = name.node.local.as_str();
        if parameter.spellings().any(|spelling| spelling == written) {
            continue;
        }
        // Given twice is a finding of its own.
        if given.get(parameter.name).is_some_and(|count| *count > 1) {
            continue;
        }
        let Some(usual) = parameter.spellings().find(|name| name.eq_ignore_ascii_case(written)) else {
            continue;
        };
        cx.report(finding(&name.node, std::iter::once(local(name.span, &name.node)), usual));
    }
}

/// Where a name stands without its prefix.
fn local(place: Span, name: &PrefixedName) -> Span {
    let length = u32::try_from(name.local.len()).unwrap_or(u32::MAX);
    Span::new(place.end().saturating_sub(length).max(place.start()), place.end())
}

fn finding(name: &PrefixedName, places: impl Iterator<Item = Span> + Clone, usual: &str) -> Diagnostic {
    let place = places.clone().next().unwrap_or_default();
    let edits = places.map(|span| Edit { span, text: usual.to_owned() }).collect();
    let meant = PrefixedName { prefix: name.prefix.clone(), local: usual.to_owned() };
    Diagnostic::new(
        &codes::structure::wrong_case,
        format!("`{name}` is in another letter case than `{meant}`"),
        Label::new(place, "read here, maybe not elsewhere"),
    )
    .help(format!("write `{meant}`: XML tells capitals from small letters"))
    .fix(Fix::safe(format!("write `{meant}`"), edits))
}
