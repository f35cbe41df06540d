//! The grammar of `exp` and its evaluation: never panics, findings point into the text, and the logic is that of
//! its words.
//!
//! The input is an expression in its first line, entities and all, and values of `[a]`, `[b]` … in the others.

#![no_main]

use libfuzzer_sys::fuzz_target;
use profilec_fuzz::{assert_within, document, lines, quoted, run};
use profilec_syntax::{Expression, parse_expression};

fuzz_target!(|input: &str| {
    let (written, values) = lines(input);
    let Some(holds) = holds(written, &values) else { return };
    for (made, expected) in [
        (format!("({written})"), holds.clone()),
        (format!("not ({written})"), holds.clone().map(|holds| !holds)),
        (format!("({written}) and ({written})"), holds.clone()),
        (format!("({written}) or 1 == 1"), holds.clone().map(|_| true)),
        (format!("1 == 1 and ({written})"), holds.clone()),
        (format!("1 == 2 && ({written})"), Ok(false)),
        (format!("1 == 1 || ({written})"), Ok(true)),
    ] {
        // With more operators it may be refused.
        if let Some(found) = self::holds(&made, &values) {
            assert_eq!(found, expected, "`{made}` beside `{written}`");
        }
    }
});

/// Whether an expression holds, or the error that it ends with; `None` when it is no expression.
fn holds(written: &str, values: &[&str]) -> Option<Result<bool, String>> {
    let inputs = ('a'..='h').zip(values);
    let sets: String =
        inputs.map(|(name, _)| format!(r#"<api:set attr="{name}" value="[_input.{name}]"/>"#)).collect();
    let (file, document) = document(&format!(
        r#"{sets}<api:if exp="{}"><api:set attr="id" value="yes"/><api:push/></api:if>"#,
        quoted(written)
    ));
    let block = document.script.as_ref()?.body.first()?;
    let template = block.body.iter().find_map(|statement| statement.value("exp"))?;
    match parse_expression(template) {
        Ok(expression) => assert!(depth(&expression) <= 512, "an expression without bounds"),
        Err(finding) => {
            assert_within(&finding, &file);
            assert!(profilec_fuzz::lies_in(finding.primary.span, &template.span().range()), "{finding:?}");
            return None;
        }
    }
    let rows = run(&file, &document, values)?;
    Some(rows.map(|rows| !rows.is_empty()))
}

fn depth(expression: &Expression) -> usize {
    1 + match expression {
        Expression::And(left, right) | Expression::Or(left, right) => depth(left).max(depth(right)),
        Expression::Not(inner) => depth(inner),
        Expression::Compare(..) | Expression::Truth(_) => 0,
    }
}
