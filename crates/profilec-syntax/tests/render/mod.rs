//! Short notations for what the grammars give.

use profilec_diagnostics::Diagnostic;
use profilec_syntax::{Comparison, Expression, Operand, Part, Reference, RowPath, Source, Step};

/// Literals in double quotes, references in parentheses.
pub(crate) fn parts(parts: &[Part]) -> String {
    if parts.is_empty() {
        return "nothing".to_owned();
    }
    let one = |part: &Part| match part {
        Part::Literal(text) => format!("{text:?}"),
        Part::Reference(reference) => reference_(reference),
    };
    parts.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn reference_(reference: &Reference) -> String {
    let source = match &reference.source {
        Source::Null => "null".to_owned(),
        Source::Quoted(text) => format!("'{text}'"),
        Source::Name(name) => match name.as_slice() {
            [Part::Literal(name)] => name.clone(),
            nested => parts(nested),
        },
    };
    let calls = reference.pipeline.iter().map(|call| {
        let arguments: Vec<String> =
            call.arguments.iter().map(|argument| parts(&argument.node.parts)).collect();
        format!("{}({})", call.name.node, arguments.join(", "))
    });
    format!("({})", std::iter::once(source).chain(calls).collect::<Vec<_>>().join(" | "))
}

/// Severity, code, the text it points at, and the label.
pub(crate) fn finding(finding: &Diagnostic, input: &str) -> String {
    let span = finding.primary.span;
    let culprit = &input[span.range()];
    let code = finding.code.id.trim_start_matches("profilec::");
    let severity = finding.severity.as_str();
    let fixed = finding.fixes.first().map(|fix| {
        let mut text = input.to_owned();
        for edit in fix.edits.iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        format!(" (fix: {text})")
    });
    let label = &finding.primary.text;
    format!("{severity} {code} at {} `{culprit}`: {label}{}", span.start(), fixed.unwrap_or_default())
}

/// Prefix notation.
pub(crate) fn expression(expression: &Expression) -> String {
    let of = self::expression;
    match expression {
        Expression::And(left, right) => format!("(and {} {})", of(left), of(right)),
        Expression::Or(left, right) => format!("(or {} {})", of(left), of(right)),
        Expression::Not(inner) => format!("(not {})", of(inner)),
        Expression::Compare(left, comparison, right) => {
            let sign = match comparison {
                Comparison::Equal => "==",
                Comparison::NotEqual => "!=",
                Comparison::Less => "<",
                Comparison::LessOrEqual => "<=",
                Comparison::Greater => ">",
                Comparison::GreaterOrEqual => ">=",
            };
            format!("({sign} {} {})", operand(left), operand(right))
        }
        Expression::Truth(value) => operand(value),
    }
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Null => "null".to_owned(),
        Operand::Value(value) => parts(value),
    }
}

/// The steps in brackets.
pub(crate) fn steps(steps: &[Step]) -> String {
    let one = |step: &Step| match step {
        Step::Name(name) => format!("{name:?}"),
        Step::Index(index) => index.to_string(),
        Step::Any => "*".to_owned(),
    };
    format!("[{}]", steps.iter().map(one).collect::<Vec<_>>().join(" "))
}

/// Steps, or the query as it stands.
pub(crate) fn row_path(path: &RowPath) -> String {
    match path {
        RowPath::Steps(path) => steps(path),
        RowPath::Query(query) => format!("query {query}"),
    }
}
