//! Conditionals, `select` and `enum`.

use profilec_diagnostics::{Span, codes};
use profilec_syntax::{self as syntax, Expression, parse_expression};
use profilec_vocabulary::{KeywordId, closest};

use super::findings::Findings;
use super::statements::{block, required, scope, target};
use super::templates;
use crate::{
    Case, Comparand, EnumSource, Matching, Operand, Select, Statement, StatementKind, Target, Template,
    TemplatePart, Test,
};

const OPERATORS: [&str; 8] =
    ["null", "notnull", "hasvalue", "equals", "equalsignorecase", "notequals", "lessthan", "greaterthan"];

/// A keyword with a test, a body and maybe an `else` among its children.
pub(crate) fn conditional(
    id: KeywordId,
    statement: &syntax::Statement,
    findings: &mut Findings,
) -> Option<StatementKind> {
    let test = match id {
        KeywordId::If => if_test(statement, findings),
        KeywordId::Check => check_test(statement, findings),
        KeywordId::Null => target(statement, findings).map(|target| not(Test::HasValue(target))),
        KeywordId::Equals => equality(statement, findings),
        KeywordId::NotEquals => equality(statement, findings).map(not),
        KeywordId::Match => match_test(statement, findings),
        _ => target(statement, findings).map(Test::HasValue),
    };
    let (mut then, mut otherwise) = (Vec::new(), Vec::new());
    for child in &statement.body {
        if child.id() == Some(KeywordId::Else) {
            otherwise.extend(scope(child, findings));
        } else {
            then.extend(block(std::slice::from_ref(child), findings));
        }
    }
    then.extend(action(statement, findings));
    Some(StatementKind::If { test: test?, then, otherwise })
}

/// `action`: what happens besides the body when the condition holds.
fn action(statement: &syntax::Statement, findings: &mut Findings) -> Option<Statement> {
    let action = statement.value("action")?;
    let kind = match word(action).to_ascii_lowercase().as_str() {
        "break" => StatementKind::Break,
        "continue" => StatementKind::Continue,
        _ => {
            unknown_word("action", action, &["break", "continue"], findings);
            return None;
        }
    };
    Some(Statement { kind, origin: action.span() })
}

/// `first`, `last`: a body for one iteration.
pub(crate) fn in_iteration(
    test: Test,
    statement: &syntax::Statement,
    findings: &mut Findings,
) -> StatementKind {
    StatementKind::If { test, then: scope(statement, findings), otherwise: Vec::new() }
}

fn match_test(statement: &syntax::Statement, findings: &mut Findings) -> Option<Test> {
    let how = matching(statement, "type", findings);
    let mut side = |name| required(statement, name, findings).map(|side| templates::template(side, findings));
    let (pattern, value) = (side("pattern"), side("value"));
    Some(Test::Matches { value: value?, pattern: pattern?, how: how? })
}

fn matching(statement: &syntax::Statement, parameter: &str, findings: &mut Findings) -> Option<Matching> {
    let Some(kind) = statement.value(parameter) else { return Some(Matching::Exact) };
    match word(kind).to_ascii_lowercase().as_str() {
        "exact" => Some(Matching::Exact),
        "regex" => Some(Matching::Regex),
        "glob" => Some(Matching::Glob),
        _ => {
            unknown_word(parameter, kind, &["exact", "regex", "glob"], findings);
            None
        }
    }
}

/// A value that is none of the words that a parameter takes.
fn unknown_word(parameter: &str, value: &syntax::Template, words: &[&str], findings: &mut Findings) {
    let help = match closest(word(value), words.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of `{}`", words.join("`, `")),
    };
    findings.report(
        &codes::structure::unknown_word,
        value.span(),
        format!("`{parameter}` cannot be `{}`", value.text.as_str().trim()),
        "not one of the words that it takes",
        Some(help),
    );
}

fn not(test: Test) -> Test {
    Test::Not(Box::new(test))
}

fn check_test(statement: &syntax::Statement, findings: &mut Findings) -> Option<Test> {
    let target = target(statement, findings)?;
    Some(match statement.value("value") {
        Some(value) => Test::IsTrue(target, templates::template(value, findings)),
        None => Test::HasValue(target),
    })
}

/// `equals`, `notequals`: the attribute must exist.
fn equality(statement: &syntax::Statement, findings: &mut Findings) -> Option<Test> {
    let ignores_case = statement.value("case").is_some_and(|case| word(case).eq_ignore_ascii_case("ignore"));
    let how = if ignores_case { Comparand::EqualsIgnoreCase } else { Comparand::Equals };
    let (target, value) = (target(statement, findings), required(statement, "value", findings));
    Some(Test::Compare { target: target?, how, value: templates::template(value?, findings), strict: true })
}

fn word(template: &syntax::Template) -> &str {
    template.as_literal().unwrap_or_default().trim()
}

/// Without an operator, an attribute alone is tested for a value, and one with `value` for equality.
fn if_test(statement: &syntax::Statement, findings: &mut Findings) -> Option<Test> {
    if let Some(exp) = statement.value("exp") {
        return match parse_expression(exp) {
            Ok(expression) => Some(expression_test(&expression, exp.span(), findings)),
            Err(finding) => {
                findings.push(finding);
                None
            }
        };
    }
    let target = target(statement, findings)?;
    let operator = match statement.value("operator") {
        Some(operator) if operator.as_literal().is_none() => {
            findings.not_yet(operator.span(), "a computed `operator`");
            return None;
        }
        Some(operator) => (word(operator).to_ascii_lowercase(), operator.span()),
        None if statement.value("value").is_some() => ("equals".to_owned(), statement.name.span),
        None => ("notnull".to_owned(), statement.name.span),
    };
    let (how, negated) = match operator.0.as_str() {
        "notnull" | "hasvalue" => return Some(Test::HasValue(target)),
        "null" => return Some(not(Test::HasValue(target))),
        "equals" => (Comparand::Equals, false),
        "equalsignorecase" => (Comparand::EqualsIgnoreCase, false),
        "notequals" => (Comparand::Equals, true),
        "lessthan" => (Comparand::LessThan, false),
        "greaterthan" => (Comparand::GreaterThan, false),
        unknown => {
            unknown_operator(unknown, operator.1, findings);
            return None;
        }
    };
    let test = compare(statement, target, how, findings)?;
    Some(if negated { not(test) } else { test })
}

fn compare(
    statement: &syntax::Statement,
    target: Target,
    how: Comparand,
    findings: &mut Findings,
) -> Option<Test> {
    let value = templates::template(required(statement, "value", findings)?, findings);
    Some(Test::Compare { target, how, value, strict: false })
}

fn unknown_operator(written: &str, span: Span, findings: &mut Findings) {
    let help = match closest(written, OPERATORS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", OPERATORS.map(|word| format!("`{word}`")).join(", ")),
    };
    findings.report(
        &codes::structure::unknown_operator,
        span,
        format!("unknown operator `{written}`"),
        "`api:if` has no such operator",
        Some(help),
    );
}

fn expression_test(expression: &Expression, origin: Span, findings: &mut Findings) -> Test {
    let mut both = |left: &Expression, right: &Expression| {
        (
            Box::new(expression_test(left, origin, findings)),
            Box::new(expression_test(right, origin, findings)),
        )
    };
    match expression {
        Expression::And(left, right) => {
            let (left, right) = both(left, right);
            Test::And(left, right)
        }
        Expression::Or(left, right) => {
            let (left, right) = both(left, right);
            Test::Or(left, right)
        }
        Expression::Not(inner) => not(expression_test(inner, origin, findings)),
        Expression::Compare(left, how, right) => {
            Test::Expression(operand(left, origin, findings), *how, operand(right, origin, findings))
        }
        Expression::Truth(value) => Test::Truth(operand(value, origin, findings)),
    }
}

fn operand(source: &syntax::Operand, origin: Span, findings: &mut Findings) -> Operand {
    match source {
        syntax::Operand::Null => Operand::Null,
        syntax::Operand::Value(parts) => Operand::Value(templates::from_parts(parts, origin, findings)),
    }
}

/// `select`: cases and a default.
pub(crate) fn select(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let value = required(statement, "value", findings).map(|value| templates::template(value, findings));
    let (mut cases, mut default) = (Vec::new(), Vec::new());
    for child in &statement.body {
        match child.id() {
            Some(KeywordId::Case) => {
                let how = matching(child, "match", findings);
                let text = required(child, "value", findings).map(|text| templates::template(text, findings));
                let body = scope(child, findings);
                cases.extend(text.zip(how).map(|(pattern, how)| Case { pattern, how, body }));
            }
            Some(KeywordId::Default) => default.extend(scope(child, findings)),
            // What handles errors of the whole `select` is its guard's.
            Some(KeywordId::Catch | KeywordId::Finally) => {}
            _ => findings.not_yet(
                child.name.span,
                &format!("`{}` directly inside `{}`", child.name.node, statement.name.node),
            ),
        }
    }
    Some(StatementKind::Select(Select { value: value?, cases, default }))
}

/// `enum`: over a list, a range, an attribute's values or an item's attributes.
pub(crate) fn enumeration(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let body = block(&statement.body, findings);
    let mut value = |name| statement.value(name).map(|value| templates::template(value, findings));
    let source = if let Some(list) = value("list") {
        EnumSource::List { list, separator: value("listseparator").or_else(|| value("sep")) }
    } else if let Some(range) = value("range") {
        EnumSource::Range(range)
    } else if statement.value("attr").is_some_and(|attr| !is_pattern(attr)) {
        EnumSource::Attribute(target(statement, findings)?)
    } else if ["attr", "prefix", "item"].iter().any(|name| statement.param(name).is_some()) {
        let pattern = match value("prefix") {
            Some(prefix) => Some(under(prefix)),
            None => value("attr"),
        };
        EnumSource::Item { pattern, expand: value("expand"), separator: value("sep"), item: value("item") }
    } else {
        findings.report(
            &codes::structure::parameter_missing,
            statement.name.span,
            format!("`{}` does not say what it iterates", statement.name.node),
            "needs `list`, `range`, `attr`, `prefix` or `item`",
            None,
        );
        return None;
    };
    Some(StatementKind::Enum { source, body })
}

fn is_pattern(attr: &syntax::Template) -> bool {
    attr.text.as_str().contains(['*', '?'])
}

/// The pattern of the names under a prefix: `soap` and `soap:` stand for `soap:*`.
fn under(mut prefix: Template) -> Template {
    let colon = matches!(prefix.parts.last(), Some(TemplatePart::Literal(text)) if text.ends_with(':'));
    prefix.parts.push(TemplatePart::Literal(if colon { "*" } else { ":*" }.to_owned()));
    prefix
}
