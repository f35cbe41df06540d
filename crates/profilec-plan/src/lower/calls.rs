//! `api:call` and `api:push`.

use profilec_diagnostics::{Span, codes};
use profilec_syntax::{self as syntax, Part};
use profilec_vocabulary::{
    KeywordId, OPERATIONS, OperationId, ResponseFormat, Support, Verb, closest, operation,
};

use super::findings::Findings;
use super::statements::{block, item, optional, required};
use super::templates;
use crate::{Block, Body, Call, Name, Statement, StatementKind, Target, Template, TemplatePart, Window};

/// The statements that a `call` or `push` becomes: pairs in its `op` are sets before it.
pub(crate) fn call_or_push(statement: &syntax::Statement, findings: &mut Findings) -> Block {
    let origin = statement.name.span;
    let is_push = statement.id() == Some(KeywordId::Push);
    let mut body = block(&statement.body, findings);
    if is_push {
        // What stands in a `push` makes the row that it emits.
        body.push(Statement { kind: StatementKind::Push { item: item(statement, findings) }, origin });
        if statement.value("op").is_none() {
            return body;
        }
    }
    let Some(op) = required(statement, "op", findings) else { return Block::new() };
    let input = optional(statement, "in", findings);
    let input = if is_push { input } else { input.or_else(|| item(statement, findings)) };
    let (name, pairs) = split_query(op, findings);
    let Some(operation) = operation_of(&name, op, findings) else { return Block::new() };
    let mut lowered: Block = pairs
        .into_iter()
        .map(|(key, value)| {
            let item = input.as_ref().map(first_name);
            let target = Target { item, attribute: templates::literal(&key, op.span()), origin: op.span() };
            Statement { kind: StatementKind::Set { target, value }, origin }
        })
        .collect();
    let (format, verb) = match operation {
        OperationId::FetchRows(format) => (format, Verb::Get),
        OperationId::Http(verb) => (ResponseFormat::Text, verb),
        _ => {
            lowered.push(Statement { kind: StatementKind::PageToken { input }, origin: op.span() });
            lowered.push(Statement { kind: StatementKind::Block(body), origin });
            return lowered;
        }
    };
    let call = Call {
        format,
        verb,
        input,
        output: optional(statement, "out", findings),
        ignored_prefixes: optional(statement, "ignoreprefix", findings),
        window: window(statement, findings),
        body: Body::Page(body),
        origin: op.span(),
    };
    lowered.push(Statement { kind: StatementKind::Call(Box::new(call)), origin });
    lowered
}

/// The item that pairs of `op` are written to.
fn first_name(items: &Name) -> Name {
    match items.literal().and_then(|items| items.split(',').next()) {
        Some(first) => templates::literal(first.trim(), items.origin),
        None => items.clone(),
    }
}

fn window(statement: &syntax::Statement, findings: &mut Findings) -> Window {
    let mut read = |name| optional(statement, name, findings);
    let window = Window { page: read("page"), page_size: read("pagesize"), max_rows: read("maxrows") };
    if let Some(page) = window.page.as_ref().filter(|_| window.page_size.is_none()) {
        findings.report(
            &codes::structure::parameter_missing,
            page.origin,
            format!("`page` of `{}` needs `pagesize`", statement.name.node),
            "counts pages of no size",
            None,
        );
    }
    window
}

fn operation_of(name: &str, op: &syntax::Template, findings: &mut Findings) -> Option<OperationId> {
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
    if known.support != Support::Runs {
        findings.not_yet(span, &format!("operation `{name}`"));
        return None;
    }
    Some(known.id)
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
