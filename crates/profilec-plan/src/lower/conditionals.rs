//! Conditionals, `select` and `enum`.

use profilec_diagnostics::{Span, codes};
use profilec_syntax::{self as syntax, Expression, parse_expression};
use profilec_vocabulary::{KeywordId, instead};

use super::findings::Findings;
use super::statements::{block, required, scope, target};
use super::templates;
use crate::{
    Case, Comparand, EnumSource, Leave, Matching, Operand, Select, Statement, StatementKind, Template,
    TemplatePart, Test, Word, Words,
};

const OPERATORS: Words<Comparand> = &[
    ("null", Comparand::HasNoValue),
    ("notnull", Comparand::HasValue),
    ("hasvalue", Comparand::HasValue),
    ("equals", Comparand::Equals),
    ("equalsignorecase", Comparand::EqualsIgnoreCase),
    ("notequals", Comparand::NotEquals),
    ("lessthan", Comparand::LessThan),
    ("greaterthan", Comparand::GreaterThan),
];
const ACTIONS: Words<Leave> = &[("break", Leave::Break), ("continue", Leave::Continue)];
const KINDS: Words<Matching> =
    &[("exact", Matching::Exact), ("regex", Matching::Regex), ("glob", Matching::Glob)];
const CASES: Words<Comparand> = &[("ignore", Comparand::EqualsIgnoreCase)];

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
    let kind = StatementKind::Leave(word("action", action, ACTIONS, findings)?);
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

fn matching(
    statement: &syntax::Statement,
    parameter: &'static str,
    findings: &mut Findings,
) -> Option<Word<Matching>> {
    match statement.value(parameter) {
        Some(kind) => word(parameter, kind, KINDS, findings),
        None => Some(Word::Written(Matching::Exact)),
    }
}

/// The word that a parameter holds. One that it does not take is a finding.
fn word<T: Copy>(
    parameter: &'static str,
    value: &syntax::Template,
    words: Words<T>,
    findings: &mut Findings,
) -> Option<Word<T>> {
    let Some(written) = value.as_literal().map(str::trim) else {
        return Some(Word::Computed { text: templates::template(value, findings), parameter, words });
    };
    let known = known(words, written);
    if known.is_none() {
        findings.report(
            &codes::structure::unknown_word,
            value.span(),
            format!("`{parameter}` cannot be `{written}`"),
            "not one of the words that it takes",
            Some(instead(written, &spellings(words))),
        );
    }
    known.map(Word::Written)
}

fn spellings<T>(words: Words<T>) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

fn known<T: Copy>(words: Words<T>, written: &str) -> Option<T> {
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, meaning)| *meaning)
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
    let how = match statement.value("case") {
        Some(case) => word("case", case, CASES, findings),
        None => Some(Word::Written(Comparand::Equals)),
    };
    let (target, value) = (target(statement, findings), required(statement, "value", findings));
    Some(Test::Compare {
        target: target?,
        how: how?,
        value: templates::template(value?, findings),
        strict: true,
    })
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
    let how = match statement.value("operator") {
        Some(operator) => {
            if let Some(written) = operator.as_literal().map(str::trim)
                && known(OPERATORS, written).is_none()
            {
                unknown_operator(written, operator.span(), findings);
                return None;
            }
            word("operator", operator, OPERATORS, findings)?
        }
        None if statement.value("value").is_some() => Word::Written(Comparand::Equals),
        None => Word::Written(Comparand::HasValue),
    };
    match how {
        Word::Written(Comparand::HasValue) => Some(Test::HasValue(target)),
        Word::Written(Comparand::HasNoValue) => Some(not(Test::HasValue(target))),
        how => {
            let value = templates::template(required(statement, "value", findings)?, findings);
            Some(Test::Compare { target, how, value, strict: false })
        }
    }
}

fn unknown_operator(written: &str, span: Span, findings: &mut Findings) {
    findings.report(
        &codes::structure::unknown_operator,
        span,
        format!("unknown operator `{written}`"),
        "`api:if` has no such operator",
        Some(instead(written, &spellings(OPERATORS))),
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
