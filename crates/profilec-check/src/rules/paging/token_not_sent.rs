//! Half of paging by a token.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use super::may_be_on;
use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(token_not_sent);

fn token_not_sent<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    if names.sets_unknown_names() {
        return;
    }
    let (path, parameter) = (names.setters("pagetokenpath").next(), names.setters("pagetokenparam").next());
    // A misspelt half is told as such.
    let is_half =
        |guess: &str| ["pagetokenpath", "pagetokenparam"].iter().any(|half| half.eq_ignore_ascii_case(guess));
    if names.misspelt().map(|(_, near)| near).any(is_half) {
        return;
    }
    match (path, parameter) {
        (Some(path), None) => cx.refuse(
            Diagnostic::new(
                &codes::structure::parameter_missing,
                "`pagetokenpath` needs `pagetokenparam`",
                Label::new(path.span, "finds a token that no parameter carries"),
            )
            .help("set `pagetokenparam` to the name of the query parameter"),
        ),
        // Without the switch that is what is told. With it the first page is read all the same.
        (None, Some(parameter)) if may_be_on(names) => cx.report(
            Diagnostic::new(
                &codes::structure::parameter_missing,
                "`pagetokenparam` needs `pagetokenpath`",
                Label::new(parameter.span, "carries a token that nothing finds"),
            )
            .help("set `pagetokenpath` to where the response has the next page's token"),
        ),
        _ => {}
    }
}
