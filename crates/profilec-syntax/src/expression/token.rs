//! The words of an expression.
//!
//! Words are cut from the text of the template, never from the values of its references: a value that
//! holds `==` or `and` is still one operand.

use std::ops::Range;

use super::{Comparison, Operand};
use crate::template::{Fault, Literal, Scanner};
use crate::{Part, Text};

/// One word and its place in the decoded text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    And,
    Or,
    Not,
    Open,
    Close,
    Compare(Comparison),
    Operand(Operand),
}

/// Why the text cannot be cut into words.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) range: Range<usize>,
    pub(super) what: &'static str,
}

const SYMBOLS: [(&str, TokenKind); 13] = [
    ("&&", TokenKind::And),
    ("||", TokenKind::Or),
    ("==", TokenKind::Compare(Comparison::Equal)),
    ("!=", TokenKind::Compare(Comparison::NotEqual)),
    ("<>", TokenKind::Compare(Comparison::NotEqual)),
    ("<=", TokenKind::Compare(Comparison::LessOrEqual)),
    (">=", TokenKind::Compare(Comparison::GreaterOrEqual)),
    ("=", TokenKind::Compare(Comparison::Equal)),
    ("<", TokenKind::Compare(Comparison::Less)),
    (">", TokenKind::Compare(Comparison::Greater)),
    ("!", TokenKind::Not),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
];

/// All words in order.
pub(super) fn tokens(text: &Text) -> Result<Vec<Token>, Unreadable> {
    let mut scanner = Scanner::new(text);
    let mut tokens = Vec::new();
    loop {
        scanner.skip_blanks();
        let start = scanner.at();
        if scanner.rest().is_empty() {
            return Ok(tokens);
        }
        let symbol = SYMBOLS.iter().find(|(symbol, _)| scanner.rest().starts_with(symbol));
        let kind = if let Some((symbol, kind)) = symbol {
            scanner.jump(start + symbol.len());
            kind.clone()
        } else {
            operand(&mut scanner)?
        };
        tokens.push(Token { kind, range: start..scanner.at() });
    }
}

/// An operand: references, quoted texts and bare text with no blank between them.
fn operand(scanner: &mut Scanner<'_>) -> Result<TokenKind, Unreadable> {
    let mut value = Literal::default();
    let mut bare = true;
    let start = scanner.at();
    while let Some(next) = scanner.peek() {
        let at = scanner.at();
        match next {
            '[' => {
                bare = false;
                reference(scanner, &mut value)?;
            }
            '\'' | '"' => {
                bare = false;
                quoted(scanner, next, &mut value)?;
            }
            '&' | '|' if at == start => {
                let what = if next == '&' { "write `&&` for and" } else { "write `||` for or" };
                return Err(Unreadable { range: at..at + 1, what });
            }
            c if c.is_whitespace() || "=!<>()&|".contains(c) => break,
            _ => {
                if let Some((c, _)) = scanner.literal_char() {
                    value.push(c);
                }
            }
        }
    }
    let parts = value.finish();
    Ok(match parts.as_slice() {
        [Part::Literal(word)] if bare => match word.to_ascii_lowercase().as_str() {
            "and" => TokenKind::And,
            "or" => TokenKind::Or,
            "not" => TokenKind::Not,
            "null" => TokenKind::Operand(Operand::Null),
            _ => TokenKind::Operand(Operand::Value(parts)),
        },
        _ => TokenKind::Operand(Operand::Value(parts)),
    })
}

/// Quoted text. References in it are read; a doubled quote and `\'` stand for the quote itself.
fn quoted(scanner: &mut Scanner<'_>, quote: char, value: &mut Literal) -> Result<(), Unreadable> {
    let start = scanner.at();
    scanner.next();
    loop {
        if scanner.peek() == Some('[') {
            reference(scanner, value)?;
            continue;
        }
        let Some((c, escaped)) = scanner.literal_char() else {
            return Err(Unreadable { range: start..start + 1, what: "this quote is not closed" });
        };
        if c == quote && !escaped {
            if !scanner.eat(quote) {
                return Ok(());
            }
            value.push(quote);
        } else if c == '\\' && !escaped && scanner.eat(quote) {
            value.push(quote);
        } else {
            value.push(c);
        }
    }
}

fn reference(scanner: &mut Scanner<'_>, value: &mut Literal) -> Result<(), Unreadable> {
    let at = scanner.at();
    let text = scanner.text();
    let unreadable = |at, what| Err(Unreadable { range: text.char_at(at), what });
    match scanner.reference() {
        Ok(reference) => {
            value.push_reference(reference);
            Ok(())
        }
        Err(Fault::Broken { at, what }) => unreadable(at, what),
        Err(Fault::Unclosed) => unreadable(at, "no `]` for this bracket follows"),
        Err(Fault::TooDeep) => unreadable(at, "references are nested too deeply"),
        Err(Fault::NotAReference) => unreadable(at, "no reference starts here; write `\\[` for a bracket"),
    }
}
