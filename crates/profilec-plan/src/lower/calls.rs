//! `api:call` and `api:push`.

use profilec_diagnostics::{Span, codes};
use profilec_syntax::{self as syntax, Part};
use profilec_vocabulary::{KeywordId, OPERATIONS, OperationId, ResponseFormat, Support, closest, operation};

use super::findings::Findings;
use super::statements::{block, item, required};
use super::templates;
use crate::{Block, Body, Call, Statement, StatementKind, Target, Template, TemplatePart};

/// The statements that a `call` or `push` becomes: pairs in its `op` are sets before it.
pub(crate) fn call_or_push(statement: &syntax::Statement, findings: &mut Findings) -> Vec<Statement> {
    let origin = statement.name.span;
    let is_push = statement.id() == Some(KeywordId::Push);
    if is_push {
        if let Some(child) = statement.body.iter().find(|child| child.keyword.is_some()) {
            findings.not_yet(child.name.span, &format!("a keyword inside `{}`", statement.name.node));
        }
        if statement.value("op").is_none() {
            let item = item(statement, findings);
            return vec![Statement { kind: StatementKind::Push { item }, origin }];
        }
    }
    for name in ["ignoreprefix", "page", "pagesize", "maxrows", "item"] {
        if let Some(param) = statement.param(name).filter(|_| !is_push) {
            findings.not_yet(param.name.span, &format!("`{name}` of `{}`", statement.name.node));
        }
    }
    let Some(op) = required(statement, "op", findings) else { return Vec::new() };
    let (input, output) = (item_name(statement, "in", findings), item_name(statement, "out", findings));
    let (name, pairs) = split_query(op, findings);
    let body = if is_push {
        vec![Statement { kind: StatementKind::Push { item: item(statement, findings) }, origin }]
    } else {
        block(&statement.body, findings)
    };
    let Some(format) = format_of(&name, op, findings) else { return Vec::new() };
    let mut lowered: Block = pairs
        .into_iter()
        .map(|(key, value)| {
            let item = input.as_deref().map(|item| templates::literal(item, op.span()));
            let target = Target { item, attribute: templates::literal(&key, op.span()), origin: op.span() };
            Statement { kind: StatementKind::Set { target, value }, origin }
        })
        .collect();
    let call = Call { format, input, output, body: Body::Page(body), origin: op.span() };
    lowered.push(Statement { kind: StatementKind::Call(Box::new(call)), origin });
    lowered
}

fn item_name(statement: &syntax::Statement, parameter: &str, findings: &mut Findings) -> Option<String> {
    let value = statement.value(parameter)?;
    match value.as_literal() {
        Some(name) if name.contains(',') => {
            findings.not_yet(value.span(), &format!("more than one item in `{parameter}`"));
            None
        }
        Some(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        None => {
            findings.not_yet(value.span(), &format!("a computed `{parameter}`"));
            None
        }
    }
}

fn format_of(name: &str, op: &syntax::Template, findings: &mut Findings) -> Option<ResponseFormat> {
    let span = op.span();
    if name.is_empty() && op.as_literal().is_none() {
        findings.not_yet(span, "a computed operation");
        return None;
    }
    let Some(known) = operation(name) else {
        findings.report(
            &codes::structure::unknown_operation,
            span,
            format!("unknown operation `{name}`"),
            "no operation has this name",
            closest(name, OPERATIONS.iter().map(|operation| operation.name))
                .map(|near| format!("did you mean `{near}`?")),
        );
        return None;
    };
    match known.id {
        OperationId::FetchRows(format) if known.support == Support::Runs => Some(format),
        _ => {
            findings.not_yet(span, &format!("operation `{name}`"));
            None
        }
    }
}

/// `jsonproviderGet?URI=https://…[x]&method=POST`: the name, and the pairs after it.
fn split_query(op: &syntax::Template, findings: &mut Findings) -> (String, Vec<(String, Template)>) {
    let Some(Part::Literal(first)) = op.parts.first() else { return (String::new(), Vec::new()) };
    let Some((name, rest)) = first.split_once('?') else {
        let name = if op.parts.len() == 1 { first.trim() } else { "" };
        return (name.to_owned(), Vec::new());
    };
    let mut pairs = Pairs { done: Vec::new(), key: String::new(), value: None, origin: op.span() };
    pairs.text(rest);
    for part in templates::from_parts(op.parts.get(1..).unwrap_or_default(), op.span(), findings).parts {
        match part {
            TemplatePart::Literal(text) => pairs.text(&text),
            reference @ TemplatePart::Reference(_) => pairs.reference(reference),
        }
    }
    (name.trim().to_owned(), pairs.finish())
}

/// Pairs on the way: `key=value&…`, where references may stand in values.
struct Pairs {
    done: Vec<(String, Template)>,
    key: String,
    value: Option<Vec<TemplatePart>>,
    origin: Span,
}

impl Pairs {
    fn text(&mut self, text: &str) {
        for (at, piece) in text.split('&').enumerate() {
            if at > 0 {
                self.end();
            }
            if let Some(parts) = &mut self.value {
                parts.push(TemplatePart::Literal(piece.to_owned()));
            } else if let Some((key, value)) = piece.split_once('=') {
                self.key.push_str(key);
                self.value = Some(vec![TemplatePart::Literal(value.to_owned())]);
            } else {
                self.key.push_str(piece);
            }
        }
    }

    fn reference(&mut self, reference: TemplatePart) {
        self.value.get_or_insert_default().push(reference);
    }

    fn end(&mut self) {
        let key = std::mem::take(&mut self.key);
        let mut parts = self.value.take().unwrap_or_default();
        parts.retain(|part| !matches!(part, TemplatePart::Literal(text) if text.is_empty()));
        if !key.trim().is_empty() {
            self.done.push((key.trim().to_owned(), Template { parts, origin: self.origin }));
        }
    }

    fn finish(mut self) -> Vec<(String, Template)> {
        self.end();
        self.done
    }
}
