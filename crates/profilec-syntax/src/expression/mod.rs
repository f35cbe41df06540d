//! The grammar of `api:if exp="…"`.

mod parse;
mod token;

use crate::Part;

pub use parse::parse_expression;

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
