//! A reference to what nothing ever sets.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Part, Reference, Template};
use profilec_vocabulary::formatter;

use crate::cx::{Cx, Method, Rule};
use crate::names::{bare, is_like_marker, literal_name};
use crate::suggest::suggest;

use super::unknown_built_in::is_unknown_built_in;

pub(crate) const RULE: Rule = Rule::Template(never_set);

fn never_set<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    if asks_for_null(cx, template) {
        return;
    }
    let mut in_names = None;
    for reference in template.references() {
        let Some((name, span)) = literal_name(reference) else { continue };
        if name.is_empty() || provides_for_absence(reference) {
            continue;
        }
        if cx.names().may_be_set(name, cx.method) {
            if let Some(finding) = set_elsewhere(cx, name, reference) {
                cx.report(finding);
            }
            continue;
        }
        // A misspelt name of the language has a code of its own.
        let own = name.split_once('.').map_or(name, |(_, own)| own);
        if is_unknown_built_in(cx.names(), name) || is_like_marker(name) || is_like_marker(own) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::reference::never_set,
            format!("nothing sets `{name}`"),
            Label::new(span, "has no value in any run"),
        );
        let in_names = in_names.get_or_insert_with(|| in_names_of_parameters(template));
        if in_names.contains(&reference.span) {
            cx.report(with_brackets_as_text(finding, reference));
            continue;
        }
        let names = cx.names();
        let near = cx.near(finding.code, name, || names.spellings());
        let finding = match near {
            Some(near) => suggest(finding, &near, span, false),
            None => {
                finding.help(format!("set it before it is read, or give a default: `[{name} | def('…')]`"))
            }
        };
        cx.report_first(&bare(name), finding, "and read here");
    }
}

/// The references that stand in the names of parameters: `[size]` in `?page[size]=50`.
fn in_names_of_parameters(template: &Template) -> HashSet<Span> {
    let mut found = HashSet::new();
    // Those behind a name that has begun.
    let mut open: Option<Vec<Span>> = None;
    for part in &template.parts {
        match part {
            Part::Literal(text) => {
                if text.starts_with(['=', ']']) {
                    found.extend(open.take().into_iter().flatten());
                }
                let name = text.rsplit(['?', '&']).next().filter(|name| name.len() < text.len());
                open = name.filter(|name| is_name(name)).map(|_| Vec::new());
            }
            Part::Reference(reference) if reference.pipeline.is_empty() => {
                if let Some(open) = &mut open {
                    open.push(reference.span);
                }
            }
            Part::Reference(_) => open = None,
        }
    }
    found
}

fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '[' | ']');
    !text.is_empty() && text.chars().all(fits)
}

fn with_brackets_as_text(finding: Diagnostic, reference: &Reference) -> Diagnostic {
    let (start, end) = (reference.span.start(), reference.span.end());
    let edits = [start, end.saturating_sub(1)].map(|at| Edit { span: Span::at(at), text: "\\".to_owned() });
    finding
        .help("write `\\[` and `\\]` for brackets that belong to the name of the parameter")
        .fix(Fix::risky("escape the brackets", edits.to_vec()))
}

/// Whether a condition asks whether there is a value: `[x] == null`.
pub(crate) fn asks_for_null(cx: &Cx<'_>, template: &Template) -> bool {
    let is_expression = cx.param.and_then(|param| param.parameter).is_some_and(|known| known.name == "exp");
    is_expression && template.text.as_str().to_ascii_lowercase().contains("null")
}

/// The name is set, but on no path that leads here: later, in a row that is gone, or in a block that does not run.
fn set_elsewhere(cx: &Cx<'_>, name: &str, reference: &Reference) -> Option<Diagnostic> {
    cx.flow().reaching(reference).filter(|reaching| reaching.is_nothing())?;
    let site = cx.names().only_set_by_script(name, cx.method)?;
    let span = reference.source_span;
    let why = if site.method == Method::Write && cx.method != Method::Write {
        "set here, in a block that only writes run"
    } else if site.span > span {
        "set here, after it was read"
    } else {
        "set here, on another path or for another row"
    };
    Some(
        Diagnostic::new(
            &codes::reference::never_set,
            format!("`{name}` has no value here"),
            Label::new(span, "on no path has anything set it"),
        )
        .label(Label::new(site.span, why))
        .help("set it before it is read; what the body of a call sets lasts for its row, unless it is set in a named item"),
    )
}

/// The first formatter gives a value where there is none. An unknown one is a finding of its own.
pub(crate) fn provides_for_absence(reference: &Reference) -> bool {
    let first = reference.pipeline.first();
    first.is_some_and(|call| formatter(&call.name.node).is_none_or(|known| known.accepts_undefined))
}
