//! Rows are emitted only while there is a next page.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Severity, Span, codes};
use profilec_syntax::{Part, Reference, Statement, Template};
use profilec_vocabulary::{FormatterId, KeywordId};

use crate::cx::{Cx, Method, Rule};
use crate::flow::{is, literal_argument};
use crate::names::{bare, is_marker, literal_name};

pub(crate) const RULE: Rule = Rule::Statement(push_only_with_more);

/// What the condition for the next page is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Whether there is one: it fails on the last page.
    Next,
    /// Where this page is: it fails on the empty page behind the last one.
    This,
}

fn push_only_with_more<'a>(cx: &mut Cx<'a>, node: &'a Statement) {
    if cx.method == Method::Write || !node.id().is_some_and(KeywordId::is_conditional) {
        return;
    }
    let Some(call) = cx.parents.iter().rev().find(|parent| parent.id() == Some(KeywordId::Call)) else {
        return;
    };
    let then = || node.body.iter().filter(|child| child.id() != Some(KeywordId::Else));
    let Some(push) = then().find(|child| child.id() == Some(KeywordId::Push)) else { return };
    let Some(marker) = then().find_map(marker_value) else { return };
    // Another push may emit the rows of the last page.
    if pushes(call, 2) != 1 {
        return;
    }
    match about(cx, node, marker) {
        Some(About::Next) => cx.report(rows_lost(node, push)),
        Some(About::This) => cx.report(page_too_many(node)),
        None => {}
    }
}

fn rows_lost(node: &Statement, push: &Statement) -> Diagnostic {
    let finding = Diagnostic::new(
        &codes::paging::push_only_with_more,
        "rows are emitted only when there is a next page",
        Label::new(push.name.span, "never runs for the last page"),
    )
    .label(Label::new(node.name.span, "the condition"))
    .help("move it out of the condition, behind it");
    if !push.body.is_empty() || !push.params.is_empty() || push.text.is_some() {
        return finding;
    }
    let text = format!("\n<{}/>", push.name.node);
    let edits =
        vec![Edit { span: push.span, text: String::new() }, Edit { span: Span::at(node.span.end()), text }];
    finding.fix(Fix::risky("move it behind the condition", edits).of_elements())
}

fn page_too_many(node: &Statement) -> Diagnostic {
    let finding = Diagnostic::new(
        &codes::paging::push_only_with_more,
        "the page behind the last one is asked for, too",
        Label::new(node.name.span, "tests where this page is"),
    )
    .help("test where the next page would be, and emit rows behind the condition");
    Diagnostic { severity: Severity::Info, ..finding }
}

/// What a statement sets the marker to.
fn marker_value(statement: &Statement) -> Option<&Template> {
    if statement.id() != Some(KeywordId::Set) {
        return None;
    }
    let name = statement.value("attr")?.as_literal()?;
    is_marker(&name.trim().to_lowercase()).then(|| statement.value("value"))?
}

/// How many statements push, as far as it matters.
fn pushes(statement: &Statement, most: usize) -> usize {
    let own = usize::from(statement.id() == Some(KeywordId::Push));
    statement
        .body
        .iter()
        .fold(own, |found, child| if found < most { found + pushes(child, most - found) } else { found })
}

fn about<'a>(cx: &Cx<'a>, node: &'a Statement, marker: &'a Template) -> Option<About> {
    let name = |reference: &Reference| literal_name(reference).map(|(name, _)| bare(name));
    let attr = node.value("attr").and_then(Template::as_literal).map(bare);
    let references = node.params.iter().flat_map(|param| param.value.references());
    let tested: Vec<String> = attr.into_iter().chain(references.filter_map(name)).collect();
    if let [Part::Reference(next)] = marker.parts.as_slice() {
        let is_plain = next.pipeline.is_empty() && name(next).is_some_and(|next| tested.contains(&next));
        if is_plain && node.id() != Some(KeywordId::Null) {
            return Some(About::Next);
        }
        let current = cx.values().chain(next);
        let origin = literal_name(current.first).map(|(name, _)| bare(name));
        if [name(next), origin].into_iter().flatten().any(|name| tested.contains(&name)) {
            let is_last = current.formatters.iter().any(|call| is(call, FormatterId::Def) && is_one(call))
                && current.formatters.iter().any(|call| is(call, FormatterId::Add) && is_one(call))
                && is_strict(node);
            return Some(if is_last { About::Next } else { About::This });
        }
    } else if marker.references().into_iter().filter_map(name).any(|name| tested.contains(&name)) {
        return Some(About::This);
    }
    let is_switch = matches!(node.id(), Some(KeywordId::Check | KeywordId::Equals | KeywordId::Exists));
    let says_more = |name: &String| {
        cx.names().maps(name) && ["more", "next", "cursor", "token"].iter().any(|word| name.contains(word))
    };
    (is_switch && tested.first().is_some_and(says_more)).then_some(About::Next)
}

fn is_one(call: &profilec_syntax::FormatterCall) -> bool {
    literal_argument(call, 0).is_some_and(|text| text.trim() == "1")
}

/// Whether the last page, whose number is the count of pages, does not meet the condition.
fn is_strict(node: &Statement) -> bool {
    let is_strict = |operator: &str| {
        let operator = operator.trim().to_ascii_lowercase();
        matches!(operator.as_str(), "lessthan" | "greaterthan" | "notequals")
    };
    node.id() == Some(KeywordId::NotEquals)
        || node.value("operator").and_then(Template::as_literal).is_some_and(is_strict)
}
