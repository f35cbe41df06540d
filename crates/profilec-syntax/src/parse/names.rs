//! Prefixes: what they mean, whether they are declared, and whether keywords mix them.
//!
//! `other` usually shares its URI with `api`, so a prefix is judged by its name first.

use std::collections::{HashMap, HashSet};

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};

use super::findings::Findings;
use crate::Text;

/// The namespace of `xs`.
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// The namespaces of keywords, all synonyms.
const KEYWORD_URIS: &[&str] = &[
    "http://apiscript.com/ns?v1",
    "http://www.rssbus.com/ns/rsbscript/2",
    "http://www.arcesb.com/ns?v1",
    "http://arcesb.com/ns?v1",
];
/// Prefixes that mean keywords, declared or not.
pub(super) const KEYWORD_PREFIXES: &[&str] = &["api", "rsb", "arc"];

/// The URI that a prefix has when nobody declares it.
fn default_uri(prefix: &str) -> Option<&'static str> {
    match prefix.to_ascii_lowercase().as_str() {
        "api" | "other" => Some(KEYWORD_URIS[0]),
        "rsb" => Some(KEYWORD_URIS[1]),
        "arc" => Some(KEYWORD_URIS[2]),
        "xs" => Some(SCHEMA),
        _ => None,
    }
}

/// The finding about a declaration that gives a prefix of profiles another meaning than it is read with.
pub(super) fn foreign(prefix: &str, uri: &Text) -> Option<Diagnostic> {
    let usual = default_uri(prefix)?;
    let written = uri.as_str().trim();
    let is_known = if usual == SCHEMA { written == SCHEMA } else { KEYWORD_URIS.contains(&written) };
    if is_known {
        return None;
    }
    let edits = vec![Edit { span: uri.span(), text: usual.to_owned() }];
    Some(
        Diagnostic::new(
            &codes::xml::unknown_namespace,
            format!("`xmlns:{prefix}` names a namespace that profiles do not have"),
            Label::new(uri.span(), format!("not what `{prefix}` stands for")),
        )
        .help(format!("write `{usual}`; it is read as if it were that"))
        .fix(Fix::safe(format!("write `{usual}`"), edits)),
    )
}

/// Whether a prefix means keywords, declared or not.
pub(super) fn is_keyword(prefix: &str) -> bool {
    KEYWORD_PREFIXES.iter().any(|known| known.eq_ignore_ascii_case(prefix))
}

/// A name in front of its colon, and what follows; the scanner of tags reports `api;set`, which means `api:set`.
pub(super) fn split(name: &str) -> Option<(&str, &str)> {
    name.split_once([':', ';'])
}

/// The prefixes of one file.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    /// The URIs of each prefix in scope, the innermost last. The empty prefix is the default namespace.
    declared: HashMap<&'a str, Vec<String>>,
    reported: HashSet<&'a str>,
    /// The prefix of each keyword's start and end tag.
    keywords: Vec<(&'a str, Span)>,
}

impl<'a> Names<'a> {
    /// A declaration comes into scope.
    pub(super) fn declare(&mut self, prefix: &'a str, uri: &str) {
        self.declared.entry(prefix).or_default().push(uri.to_owned());
    }

    /// A declaration goes out of scope.
    pub(super) fn forget(&mut self, prefix: &str) {
        if let Some(uris) = self.declared.get_mut(prefix) {
            uris.pop();
        }
    }

    fn uri(&self, prefix: &str) -> Option<&str> {
        self.declared.get(prefix)?.last().map(String::as_str)
    }

    /// Whether elements with this prefix are keywords, if their names are.
    pub(super) fn is_keyword_prefix(&self, prefix: &str) -> bool {
        is_keyword(prefix)
            || (!prefix.eq_ignore_ascii_case("other")
                && self.uri(prefix).is_some_and(|uri| KEYWORD_URIS.contains(&uri)))
    }

    /// Notes a keyword's tag.
    pub(super) fn keyword(&mut self, prefix: &'a str, span: Span) {
        if is_keyword(prefix) {
            self.keywords.push((prefix, span));
        }
    }

    /// Notes the use of a prefix; reports it if nothing declares it. `root` is where the root's name ends.
    ///
    /// An element with a prefix that nobody knows is left to the checker, which knows what was meant.
    pub(super) fn used(
        &mut self,
        prefix: &'a str,
        span: Span,
        in_attribute: bool,
        root: u32,
        findings: &mut Findings,
    ) {
        if prefix.is_empty() || matches!(prefix, "xml" | "xmlns") || self.uri(prefix).is_some() {
            return;
        }
        // A keyword prefix beside another one is the cause, and is reported as that.
        let is_mixed = |(main, _): &(&str, Span)| !main.eq_ignore_ascii_case(prefix);
        if !in_attribute && is_keyword(prefix) && self.keywords.first().is_some_and(is_mixed) {
            return;
        }
        let known = default_uri(prefix);
        if (known.is_none() && !in_attribute) || !self.reported.insert(prefix) {
            return;
        }
        let message = format!("prefix `{prefix}` is not declared");
        let mut finding = Diagnostic::new(
            &codes::xml::undeclared_prefix,
            message,
            Label::new(span, "no `xmlns` gives it a meaning"),
        );
        if let Some(uri) = known {
            let declaration = format!("xmlns:{prefix}=\"{uri}\"");
            let edit = Edit { span: Span::at(root), text: format!(" {declaration}") };
            finding = finding
                .help(format!("add `{declaration}` to the root; it is read as if it were there"))
                .fix(Fix::safe(format!("declare `{prefix}` on the root"), vec![edit]));
        } else {
            finding =
                finding.help("profiles use `api`, `xs` and `other`; declare any other prefix with `xmlns`");
        }
        findings.push(finding);
    }

    /// Reports keywords of several prefixes in one file. The first prefix is taken for the right one.
    pub(super) fn report_mixed(&self, findings: &mut Findings) {
        let Some((main, place)) = self.keywords.first().copied() else { return };
        let others: Vec<(&str, Span)> =
            self.keywords.iter().copied().filter(|(prefix, _)| !prefix.eq_ignore_ascii_case(main)).collect();
        let Some((other, first)) = others.first().copied() else { return };
        let mut places: Vec<Span> = others.iter().map(|(_, span)| *span).collect();
        places.sort_unstable();
        let edits = places.into_iter().map(|span| Edit { span, text: main.to_owned() }).collect();
        findings.push(
            Diagnostic::new(
                &codes::xml::prefixes_mixed,
                format!("`{other}:` and `{main}:` are mixed in one file"),
                Label::new(first, format!("the file begins with `{main}:`")),
            )
            .label(Label::new(place, "first prefix"))
            .help(format!("write `{main}:` throughout; both mean the same"))
            .fix(Fix::safe(format!("write `{main}:` throughout"), edits)),
        );
    }
}
