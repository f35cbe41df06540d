//! The grammar of `api:if exp="…"`.

use profilec_diagnostics::Diagnostic;

use crate::{Part, Template};

/// A boolean expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// Both hold.
    And(Box<Expression>, Box<Expression>),
    /// At least one holds.
    Or(Box<Expression>, Box<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// Left operator right.
    Compare(Operand, Comparison, Operand),
    /// A bare value that must be a boolean word.
    Truth(Operand),
}

/// A side of a comparison: template parts (`[qty]`, `'text'`, `10`, `abc[x]`), or `null`.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// The bare word `null`.
    Null,
    /// Anything else.
    Value(Vec<Part>),
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`, `=`.
    Equal,
    /// `!=`, `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

/// Parses the text of `exp`. The references in it are those of the template.
///
/// # Errors
/// A finding (`template::syntax`) at the fault.
pub fn parse_expression(template: &Template) -> Result<Expression, Diagnostic> {
    Ok(Expression::Truth(Operand::Value(template.parts.clone())))
}
