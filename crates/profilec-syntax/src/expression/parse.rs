//! From words to a tree.

use profilec_diagnostics::{Diagnostic, Label, codes};

use super::Expression;
use super::token::{Token, TokenKind, Unreadable, tokens};
use crate::{Template, Text};

/// An expression with more operators and parentheses is refused: reading, running and dropping one is
/// recursive.
const MAX_OPERATORS: usize = 200;

/// Parses the text of `exp`. The references in it are those of the template.
///
/// `not` reaches over the comparison after it: `not [a] == 1` is `not ([a] == 1)`. `and` binds tighter than
/// `or`; both group from the left. A comparison of comparisons is refused.
///
/// # Errors
/// A finding (`template::syntax`) at the fault.
pub fn parse_expression(template: &Template) -> Result<Expression, Diagnostic> {
    let text = &template.text;
    expression(text).map_err(|unreadable| finding(text, unreadable))
}

fn expression(text: &Text) -> Result<Expression, Unreadable> {
    let tokens = tokens(text)?;
    let end = text.as_str().trim_end().len();
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), end, operators: 0 };
    let expression = parser.or()?;
    match parser.tokens.next() {
        None => Ok(expression),
        Some(token) => {
            let what = match token.kind {
                TokenKind::Close => "no `(` for this parenthesis",
                TokenKind::Compare(_) => "comparisons cannot be chained; join them with `and`",
                _ => "expected an operator before this",
            };
            Err(Unreadable { range: token.range, what })
        }
    }
}

fn finding(text: &Text, unreadable: Unreadable) -> Diagnostic {
    let whole = unreadable.range.is_empty() && text.as_str().trim().is_empty();
    let span = if whole { text.span() } else { text.span_of(unreadable.range) };
    let message = if whole { "the expression is empty" } else { "the expression in `exp` cannot be read" };
    Diagnostic::new(&codes::template::syntax, message, Label::new(span, unreadable.what))
        .help("write a comparison such as `[qty] >= 10`, joined by `and`, `or`, `not` and parentheses")
}

struct Parser {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// Decoded offset of the end, for what is missing there.
    end: usize,
    operators: usize,
}

impl Parser {
    fn or(&mut self) -> Result<Expression, Unreadable> {
        let mut left = self.and()?;
        while self.operator(&TokenKind::Or)? {
            left = Expression::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expression, Unreadable> {
        let mut left = self.not()?;
        while self.operator(&TokenKind::And)? {
            left = Expression::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expression, Unreadable> {
        if self.operator(&TokenKind::Not)? {
            return Ok(Expression::Not(Box::new(self.not()?)));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, Unreadable> {
        let left = self.primary()?;
        let Expression::Truth(left) = left else { return Ok(left) };
        let Some(TokenKind::Compare(comparison)) = self.tokens.peek().map(|token| &token.kind) else {
            return Ok(Expression::Truth(left));
        };
        let comparison = *comparison;
        let operator = self.tokens.next();
        match self.primary()? {
            Expression::Truth(right) => Ok(Expression::Compare(left, comparison, right)),
            _ => Err(Unreadable {
                range: operator.map_or(self.end..self.end, |token| token.range),
                what: "only single values can be compared",
            }),
        }
    }

    /// A single value, or an expression in parentheses.
    fn primary(&mut self) -> Result<Expression, Unreadable> {
        let opened = self.tokens.peek().map(|token| token.range.clone());
        if self.operator(&TokenKind::Open)? {
            let inner = self.or()?;
            if self.tokens.next_if(|token| token.kind == TokenKind::Close).is_some() {
                return Ok(inner);
            }
            return Err(match self.tokens.next() {
                Some(token) => Unreadable { range: token.range, what: "expected an operator before this" },
                None => Unreadable {
                    range: opened.unwrap_or(self.end..self.end),
                    what: "no `)` for this parenthesis follows",
                },
            });
        }
        match self.tokens.next() {
            Some(Token { kind: TokenKind::Operand(operand), .. }) => Ok(Expression::Truth(operand)),
            Some(token) => Err(Unreadable { range: token.range, what: "expected a value here" }),
            None => Err(Unreadable { range: self.end..self.end, what: "expected a value here" }),
        }
    }

    /// Takes this operator or parenthesis if it is next.
    fn operator(&mut self, kind: &TokenKind) -> Result<bool, Unreadable> {
        let Some(token) = self.tokens.next_if(|token| token.kind == *kind) else { return Ok(false) };
        self.operators += 1;
        if self.operators > MAX_OPERATORS {
            return Err(Unreadable { range: token.range, what: "too many operators in one expression" });
        }
        Ok(true)
    }
}
