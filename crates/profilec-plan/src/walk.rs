//! Going through a program: what its statements read and write.

use profilec_diagnostics::Span;

use crate::{
    Block, Body, EnumSource, Name, Operand, Statement, StatementKind, Target, Template, TemplatePart, Test,
    Value, Window,
};

/// An attribute (or a whole item) that a statement reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Read<'a> {
    /// `item="…"`, when given.
    pub(crate) item: Option<&'a Name>,
    /// The attribute; `None`: the whole item.
    pub(crate) attribute: Option<&'a Name>,
    /// Where it is read.
    pub(crate) span: Span,
}

/// Every statement in order, outer before inner, and whether it stands in a call's body.
pub(crate) fn statements<'a>(block: &'a Block, visit: &mut dyn FnMut(&'a Statement, bool)) {
    within(block, false, visit);
}

fn within<'a>(block: &'a Block, in_call: bool, visit: &mut dyn FnMut(&'a Statement, bool)) {
    for statement in block {
        visit(statement, in_call);
        let inside = in_call || matches!(statement.kind, StatementKind::Call(_));
        for inner in statement.kind.blocks() {
            within(inner, inside, visit);
        }
    }
}

impl StatementKind {
    /// The blocks inside, in order.
    pub fn blocks(&self) -> Vec<&Block> {
        match self {
            Self::If { then, otherwise, .. } => vec![then, otherwise],
            Self::Select(select) => {
                select.cases.iter().map(|case| &case.body).chain([&select.default]).collect()
            }
            Self::Try { body, catches, finally } => {
                [body].into_iter().chain(catches.iter().map(|catch| &catch.body)).chain([finally]).collect()
            }
            Self::Block(block) | Self::Enum { body: block, .. } => vec![block],
            Self::Call(call) => vec![call.body.block()],
            _ => Vec::new(),
        }
    }
}

impl Body {
    /// What runs.
    pub fn block(&self) -> &Block {
        match self {
            Self::Page(block) | Self::Row { block, .. } => block,
        }
    }
}

/// The templates of a statement itself, those of the blocks inside it left out; names are not among them.
pub(crate) fn values(kind: &StatementKind) -> Vec<&Template> {
    match kind {
        StatementKind::Set { value, .. } => vec![value],
        StatementKind::If { test, .. } => test_values(test),
        StatementKind::Select(select) => {
            let cases = select.cases.iter();
            [&select.value]
                .into_iter()
                .chain(cases.flat_map(|case| [&case.pattern].into_iter().chain(case.how.text())))
                .collect()
        }
        StatementKind::Enum { source, .. } => match source {
            EnumSource::List { list, separator } => [list].into_iter().chain(separator).collect(),
            EnumSource::Range(range) => vec![range],
            EnumSource::Attribute(_) => Vec::new(),
            EnumSource::Item { pattern, expand, separator, .. } => {
                pattern.iter().chain(expand).chain(separator).collect()
            }
        },
        StatementKind::Map { pairs, .. } => vec![pairs],
        StatementKind::Leave(word) => word.text().into_iter().collect(),
        StatementKind::Try { catches, .. } => catches.iter().map(|catch| &catch.code).collect(),
        StatementKind::Throw { code, description, details } => vec![code, description, details],
        StatementKind::Validate { code, description, .. } => vec![code, description],
        StatementKind::Call(call) => {
            let Window { page, page_size, max_rows } = &call.window;
            [&call.ignored_prefixes, page, page_size, max_rows].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

fn test_values(test: &Test) -> Vec<&Template> {
    match test {
        Test::HasValue(_) | Test::IsFirst | Test::IsLast => Vec::new(),
        Test::Matches { value, pattern, how } => [value, pattern].into_iter().chain(how.text()).collect(),
        Test::IsTrue(_, value) => vec![value],
        Test::Compare { value, how, .. } => [value].into_iter().chain(how.text()).collect(),
        Test::Not(inner) => test_values(inner),
        Test::And(left, right) | Test::Or(left, right) => {
            test_values(left).into_iter().chain(test_values(right)).collect()
        }
        Test::Expression(left, _, right) => operand(left).into_iter().chain(operand(right)).collect(),
        Test::Truth(value) => operand(value).into_iter().collect(),
    }
}

fn operand(operand: &Operand) -> Option<&Template> {
    match operand {
        Operand::Null => None,
        Operand::Value(value) => Some(value),
    }
}

/// The attributes that a statement tests or iterates.
fn tested(kind: &StatementKind) -> Vec<&Target> {
    fn of_test(test: &Test) -> Vec<&Target> {
        match test {
            Test::HasValue(target) | Test::IsTrue(target, _) | Test::Compare { target, .. } => vec![target],
            Test::Not(inner) => of_test(inner),
            Test::And(left, right) | Test::Or(left, right) => {
                of_test(left).into_iter().chain(of_test(right)).collect()
            }
            Test::Matches { .. } | Test::IsFirst | Test::IsLast | Test::Expression(..) | Test::Truth(_) => {
                Vec::new()
            }
        }
    }
    match kind {
        StatementKind::If { test, .. } => of_test(test),
        StatementKind::Enum { source: EnumSource::Attribute(target), .. }
        | StatementKind::Validate { target, .. } => vec![target],
        _ => Vec::new(),
    }
}

/// The names that a statement computes: of what it writes, tests or copies.
fn names(kind: &StatementKind) -> Vec<&Name> {
    let mut names = Vec::new();
    let written = match kind {
        StatementKind::Set { target, .. } | StatementKind::Unset(target) => Some(target),
        _ => None,
    };
    for target in written.into_iter().chain(tested(kind)) {
        names.push(&target.attribute);
        names.extend(&target.item);
    }
    match kind {
        StatementKind::CopyItem { to, from } | StatementKind::Map { to, from, .. } => {
            names.extend([to, from]);
        }
        StatementKind::UnsetItem(item) => names.push(item),
        StatementKind::Call(call) => names.extend(call.input.iter().chain(&call.output)),
        StatementKind::PageToken { input } => names.extend(input),
        StatementKind::Push { item } | StatementKind::Enum { source: EnumSource::Item { item, .. }, .. } => {
            names.extend(item);
        }
        _ => {}
    }
    names
}

/// What a statement itself reads, blocks inside it left out.
pub(crate) fn reads<'a>(kind: &'a StatementKind, visit: &mut dyn FnMut(Read<'a>)) {
    for target in tested(kind) {
        visit(Read { item: target.item.as_ref(), attribute: Some(&target.attribute), span: target.origin });
    }
    match kind {
        StatementKind::CopyItem { from: item, .. }
        | StatementKind::Map { from: item, .. }
        | StatementKind::Push { item: Some(item) } => {
            visit(Read { item: Some(item), attribute: None, span: item.origin });
        }
        StatementKind::Enum { source: EnumSource::Item { item, pattern, .. }, .. } => {
            let named = item.as_ref().or(pattern.as_ref());
            let span = named.map(|name| name.origin).unwrap_or_default();
            visit(Read { item: item.as_ref(), attribute: None, span });
        }
        _ => {}
    }
    for template in names(kind).into_iter().chain(values(kind)) {
        template_reads(template, visit);
    }
}

/// What a template reads: nested names and arguments too.
pub(crate) fn template_reads<'a>(template: &'a Template, visit: &mut dyn FnMut(Read<'a>)) {
    for part in &template.parts {
        let TemplatePart::Reference(reference) = part else { continue };
        if let Value::Attribute(name) = &reference.value {
            visit(Read { item: None, attribute: Some(name), span: reference.origin });
            template_reads(name, visit);
        }
        for argument in reference.pipeline.iter().flat_map(|formatter| &formatter.arguments) {
            template_reads(argument, visit);
        }
    }
}

/// Where a statement itself draws a random value, which is another one for each row.
pub(crate) fn draws(kind: &StatementKind) -> Option<Span> {
    names(kind).into_iter().chain(values(kind)).find_map(template_draws)
}

fn template_draws(template: &Template) -> Option<Span> {
    template.parts.iter().find_map(|part| {
        let TemplatePart::Reference(reference) = part else { return None };
        let name = match &reference.value {
            Value::Attribute(name) => template_draws(name),
            Value::Null | Value::Quoted(_) => None,
        };
        name.or_else(|| {
            reference.pipeline.iter().find_map(|formatter| {
                let drawn = formatter.id.is_random().then_some(formatter.origin);
                drawn.or_else(|| formatter.arguments.iter().find_map(template_draws))
            })
        })
    })
}

/// A name taken apart, lower case, numbers (`#2`) left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    /// The item, when one is named or may be meant by the part before the first dot.
    pub(crate) item: Option<String>,
    /// The attribute in that item; `None`: computed.
    pub(crate) attribute: Option<String>,
    /// The whole name, when no item stood beside it: dots may belong to it.
    pub(crate) whole: Option<String>,
}

impl Access {
    /// Of an `item` and a name, each maybe computed.
    pub(crate) fn new(item: Option<&Name>, attribute: &Name) -> Self {
        if let Some(item) = item {
            let item = item.literal().map(|item| item.trim().to_lowercase());
            return Self { item, attribute: attribute.literal().map(bare), whole: None };
        }
        let start = match attribute.parts.first() {
            Some(TemplatePart::Literal(text)) => text.as_str(),
            _ => "",
        };
        let whole = attribute.literal().map(bare);
        match start.split_once('.') {
            Some((item, rest)) => Self {
                item: Some(item.trim().to_lowercase()),
                attribute: whole.as_ref().map(|_| bare(rest)),
                whole,
            },
            None => Self { item: None, attribute: whole.clone(), whole },
        }
    }
}

fn bare(name: &str) -> String {
    name.split('#').next().unwrap_or(name).trim().to_lowercase()
}
