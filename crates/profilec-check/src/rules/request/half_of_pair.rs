//! `Header:Name#2` without `Header:Value#2`, and the other names that come in pairs.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;
use profilec_vocabulary::OPERATION_INPUTS;

use crate::cx::{Cx, Method, Rule};
use crate::names::{Index, SetSite};

pub(crate) const RULE: Rule = Rule::Document(half_of_pair);

fn half_of_pair<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    if names.sets_unknown_names() {
        return;
    }
    for input in OPERATION_INPUTS {
        let Some(other) = input.pair else { continue };
        let (half, other) = (input.parameter.name.trim_end_matches('#'), other.trim_end_matches('#'));
        for site in lonely(names.sets(), half, other) {
            // Where the other half is misspelt, that is the cause.
            let is_meant = |(misspelt, near): (&SetSite<'_>, &str)| {
                near.eq_ignore_ascii_case(other) && misspelt.index() == site.index()
            };
            if names.misspelt().any(is_meant) {
                continue;
            }
            cx.report(finding(site, half, other));
        }
    }
}

/// The halves whose other half is nowhere. Halves that append (`#` without a number) pair by count.
fn lonely<'n, 'a>(sites: &'n [SetSite<'a>], half: &str, other: &str) -> Vec<&'n SetSite<'a>> {
    let is_write = |site: &SetSite<'_>| site.method == Method::Write;
    let numbers: HashSet<(Index, bool)> =
        sites.iter().filter(|site| site.is(other)).map(|site| (site.index(), is_write(site))).collect();
    let appended = |name: &str| {
        sites.iter().filter(|site| site.is(name) && site.index() == Index::Appended).collect::<Vec<_>>()
    };
    let unnumbered = appended(half).into_iter().skip(appended(other).len());
    let numbered = sites.iter().filter(|site| {
        // A write block may complete a pair of the global scope, and the other way round.
        let there = |write: bool| numbers.contains(&(site.index(), write));
        site.is(half) && site.index() != Index::Appended && !there(false) && !(is_write(site) && there(true))
    });
    numbered.chain(unnumbered).collect()
}

fn finding(site: &SetSite<'_>, half: &str, other: &str) -> Diagnostic {
    let number = match site.index() {
        Index::Number(number) => format!("#{number}"),
        Index::Appended => "#".to_owned(),
    };
    Diagnostic::new(
        &codes::request::half_of_pair,
        format!("`{}` has no `{other}{number}`", site.attribute()),
        Label::new(site.span, format!("half of a pair: `{half}` and `{other}`")),
    )
    .help(format!("set `{other}{number}`, or remove this"))
}
