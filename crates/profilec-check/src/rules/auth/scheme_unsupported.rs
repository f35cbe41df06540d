//! A value of `AuthScheme` that is carried out nowhere here.

use std::collections::HashSet;

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;
use profilec_vocabulary::{AUTH_SCHEMES, AuthSchemeId, auth_scheme, scheme_refused};

use crate::cx::{Cx, Method, Rule};
use crate::flow::Given;
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Document(scheme_unsupported);

fn scheme_unsupported<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let flow = cx.flow();
    let mut seen = HashSet::new();
    for call in flow.calls().iter().filter(|call| call.method != Method::Write) {
        let Some(reaching) = call.input("authscheme") else { continue };
        for place in flow.places(reaching).unwrap_or_default() {
            let Given::Template(template) = place.value else { continue };
            let Some(written) = template.as_literal().map(str::trim).filter(|text| !text.is_empty()) else {
                continue;
            };
            let span = template.span();
            let Some((message, help)) = scheme_refused(written).filter(|_| seen.insert(span)) else {
                continue;
            };
            let label = Label::new(span, "no request is sent with it");
            let finding = Diagnostic::new(&codes::auth::scheme_unsupported, message, label).help(help);
            cx.report(if auth_scheme(written).is_some() {
                finding
            } else {
                let carried_out = AUTH_SCHEMES.iter().filter(|scheme| scheme.id != AuthSchemeId::Outside);
                did_you_mean(finding, written, span, carried_out.map(|scheme| scheme.name))
            });
        }
    }
}
