//! Credentials, or what is asked at all, go over the network without encryption.

use std::collections::HashSet;
use std::net::Ipv4Addr;

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, Span, codes};
use profilec_syntax::{Document, Part, Template};
use profilec_vocabulary::looks_secret;

use crate::cx::{Cx, Method, Rule};
use crate::flow::{CallView, Given};
use crate::rules::request::url::{UNKNOWN, flattened, parameters};

pub(crate) const RULE: Rule = Rule::Document(credential_unencrypted);

const PLAIN: &str = "http://";

fn credential_unencrypted<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let flow = cx.flow();
    let mut seen = HashSet::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        for reaching in ["uri", "url"].into_iter().filter_map(|name| call.input(name)) {
            for place in flow.places(reaching).unwrap_or_default() {
                let Given::Template(template) = place.value else { continue };
                let url = flattened(cx, template);
                let start =
                    url.trim_start().get(..PLAIN.len()).is_some_and(|lead| lead.eq_ignore_ascii_case(PLAIN));
                if !start || is_local(host(&url)) {
                    continue;
                }
                let scheme = scheme(cx, template);
                let span = scheme.unwrap_or(template.span());
                if !seen.insert(span) {
                    continue;
                }
                let finding = match credential(cx, call, &url) {
                    Some(what) => Diagnostic::new(
                        &codes::auth::credential_unencrypted,
                        format!("{what} is sent without encryption"),
                        Label::new(span, "anyone on the way can read it"),
                    ),
                    None if is_near(host(&url)) => continue,
                    None => Diagnostic::new(
                        &codes::http::unencrypted,
                        "rows come without encryption",
                        Label::new(span, "anyone on the way can read and change them"),
                    ),
                }
                .help("ask with `https`");
                let fix = scheme
                    .map(|span| Fix::risky("write `https`", vec![Edit { span, text: "https".to_owned() }]));
                cx.report(match fix {
                    Some(fix) => finding.fix(fix),
                    None => finding,
                });
            }
        }
    }
}

/// Where the scheme is written: in the URL itself, or in the variable that it begins with.
fn scheme<'a>(cx: &Cx<'a>, template: &'a Template) -> Option<Span> {
    let within = |template: &Template| {
        let at = template.text.as_str().to_ascii_lowercase().find(PLAIN)?;
        Some(template.text.span_of(at..at + PLAIN.len() - 3))
    };
    within(template).or_else(|| {
        let Part::Reference(base) = template.parts.first()? else { return None };
        let Given::Template(base) = cx.flow().only_place(cx.flow().reaching(base)?)?.value else {
            return None;
        };
        within(base)
    })
}

/// The host of an `http://` URL.
fn host(url: &str) -> &str {
    let rest = url.trim_start().get(PLAIN.len()..).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() }
}

/// Whether the host is this machine.
fn is_local(host: &str) -> bool {
    // What is not known may be this machine.
    host.starts_with(UNKNOWN)
        || host.eq_ignore_ascii_case("localhost")
        || host.starts_with("127.")
        || host.starts_with("[::1]")
}

/// Whether the host is in a network of its own, by its address or by its name.
fn is_near(host: &str) -> bool {
    let is_private = host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_private());
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_inner = ["local", "internal", "lan", "intranet", "corp", "home"];
    is_private || last.len() == host.len() || is_inner.iter().any(|name| name.eq_ignore_ascii_case(last))
}

/// What a call sends that is a credential.
fn credential<'a>(cx: &Cx<'a>, call: &CallView<'a>, url: &str) -> Option<String> {
    for (name, reaching) in call.inputs() {
        if name.starts_with("header:name") {
            let header = cx.values().constant_of(reaching).filter(|header| looks_secret(header.trim()));
            if let Some(header) = header {
                return Some(format!("the header `{}`", header.trim()));
            }
        } else if let Some(header) = name.strip_prefix("header:").filter(|header| looks_secret(header)) {
            return Some(format!("the header `{header}`"));
        } else if name == "password" {
            return Some("the password".to_owned());
        }
    }
    let authority = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
    if authority.is_some_and(|authority| authority.contains('@')) {
        return Some("the user's password".to_owned());
    }
    let secret = parameters(url).into_iter().find(|parameter| looks_secret(&parameter.name))?;
    Some(format!("the parameter `{}`", secret.name))
}
