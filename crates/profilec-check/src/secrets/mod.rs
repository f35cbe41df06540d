//! Credentials that are written in a profile.

mod shape;
mod text;

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Statement, Template, Text};
use profilec_vocabulary::{FormatterId, looks_secret};

use crate::flow::{is, literal_argument};
use crate::names::{Names, SetSite, literal_name};
use shape::{Name, behind_scheme, is_credential};

/// A credential and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) span: Span,
    /// The header, parameter, member or variable that it stands under; empty when it stands under none.
    pub(crate) name: String,
    /// A reference can stand in its place: it is a part of a template, not of an argument or a declaration.
    pub(crate) is_in_template: bool,
}

/// Where credentials are written in a profile: to be hidden wherever its text is shown.
pub fn secret_places(document: &Document) -> Vec<Span> {
    let names = Names::new(document);
    let mut places: Vec<Span> = secrets(document, &names).into_iter().map(|secret| secret.span).collect();
    // A line that is no header may be a credential whose name is missing.
    let lines = names.sets().iter().filter(|site| site.is("CustomHeaders"));
    places.extend(lines.filter_map(|site| site.value).flat_map(|value| malformed_lines(&value.text)));
    places
}

/// The lines of a `CustomHeaders` value, each with its place in the text.
pub(crate) fn header_lines(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split(['\r', '\n']) {
        // `\r\n` and `\n` may be written out.
        let mut at = start;
        for piece in line.split("\\n") {
            lines.push((at, piece.strip_suffix("\\r").unwrap_or(piece)));
            at += piece.len() + 2;
        }
        start += line.len() + 1;
    }
    lines.retain(|(_, line)| !line.trim().is_empty());
    lines
}

/// A token of RFC 9110, section 5.6.2.
pub(crate) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The lines that begin with no header name, nor with a reference that may hold one.
pub(crate) fn malformed_lines(text: &Text) -> Vec<Span> {
    let is_malformed = |line: &str| match line.split_once(':') {
        Some((name, _)) => !is_header_name(name.trim()) && !name.contains('['),
        None => !line.contains('['),
    };
    let lines = header_lines(text.as_str()).into_iter().filter(|(_, line)| is_malformed(line));
    lines
        .map(|(at, line)| {
            let start = at + (line.len() - line.trim_start().len());
            text.span_of(start..start + line.trim().len())
        })
        .collect()
}

/// All credentials of a profile by place, none of them twice.
pub(crate) fn secrets(document: &Document, names: &Names<'_>) -> Vec<Secret> {
    let mut found = Vec::new();
    for site in names.sets() {
        found.extend(of_site(names, site));
    }
    if let Some(script) = &document.script {
        of_statement(script, &mut found);
    }
    for input in document.info.iter().flat_map(|info| &info.inputs) {
        let (Some(name), Some(default)) = (input.name(), input.default()) else { continue };
        let name = name.as_str().trim();
        let is_secret = is_credential(Name::of(name), default.as_str());
        found.extend(is_secret.then(|| Secret {
            span: trimmed(default),
            name: name.to_owned(),
            is_in_template: false,
        }));
    }
    found.sort_by_key(|secret| (secret.span, secret.name.is_empty()));
    let mut end = 0;
    found.retain(|secret| {
        let is_new = secret.span.start() >= end;
        end = end.max(secret.span.end());
        is_new
    });
    found
}

/// A value that is a credential as a whole, by the name that it is sent or kept under.
fn of_site(names: &Names<'_>, site: &SetSite<'_>) -> Option<Secret> {
    let template = site.value?;
    let name = sent_as(names, site)?;
    let text = template.text.as_str();
    let start = behind_scheme(text);
    let value = text.get(start..)?.trim_end();
    // Beside a reference only what is a token by itself is a credential.
    let is_secret = template.as_literal().is_some() && is_credential(Name::of(&name), value);
    is_secret.then(|| Secret {
        span: template.text.span_of(start..start + value.len()),
        name,
        is_in_template: true,
    })
}

/// The name under which a set value goes out, or the variable's own.
fn sent_as(names: &Names<'_>, site: &SetSite<'_>) -> Option<String> {
    for (half, other) in
        [("Header:Value", "Header:Name"), ("UrlParamValue", "UrlParamName"), ("ParamValue", "ParamName")]
    {
        if site.is(half) {
            return names.other_half(site, other)?.literal.as_deref().map(|name| name.trim().to_owned());
        }
    }
    let written = site.attribute().split('#').next().unwrap_or_default();
    // `Header:X-Api-Key`, `UrlParam:token`.
    let own = written.rsplit([':', '.']).next().unwrap_or(written).trim();
    let is_secret_input = site.known().is_some_and(|input| input.parameter.secret);
    let is_list = ["CustomHeaders", "CustomUrlParams", "Cookie"].iter().any(|name| site.is(name));
    if is_list || (site.known().is_some() && !is_secret_input && own == written) {
        return None;
    }
    Some(own.to_owned())
}

/// Recursion is as deep as the document, which the parser bounds.
fn of_statement(node: &Statement, found: &mut Vec<Secret>) {
    for template in node.params.iter().map(|param| &param.value).chain(&node.text) {
        of_template(template, found);
    }
    for child in &node.body {
        of_statement(child, found);
    }
}

fn of_template(template: &Template, found: &mut Vec<Secret>) {
    let text = &template.text;
    let references = template.references();
    let is_within = |span: Span| {
        references
            .iter()
            .any(|reference| reference.span.start() <= span.start() && span.end() <= reference.span.end())
    };
    for part in text::parts(text.as_str()) {
        let span = text.span_of(part.range);
        found.push(Secret { span, name: part.name, is_in_template: !is_within(span) });
    }
    for reference in references {
        let Some((name, _)) = literal_name(reference).filter(|(name, _)| looks_secret(name)) else {
            continue;
        };
        for call in reference.pipeline.iter().filter(|call| is(call, FormatterId::Def)) {
            let Some(value) = literal_argument(call, 0) else { continue };
            if !is_credential(Name::of(name), value) {
                continue;
            }
            // The argument's place has its quotes.
            let place = call.arguments.first().map(|argument| argument.span).unwrap_or_default();
            let quotes = place.len() as usize == value.len() + 2;
            let inner = place.narrow(1..place.len().saturating_sub(1).max(1)).filter(|_| quotes);
            found.push(Secret { span: inner.unwrap_or(place), name: name.to_owned(), is_in_template: false });
        }
    }
}

fn trimmed(text: &Text) -> Span {
    let all = text.as_str();
    let start = all.len() - all.trim_start().len();
    text.span_of(start..start + all.trim().len())
}
