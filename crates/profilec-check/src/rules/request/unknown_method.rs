//! A value of `method` that is no HTTP method.

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::Document;
use profilec_vocabulary::{Kind, operation_input};

use crate::cx::{Cx, Method, Rule};
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Document(unknown_method);

fn unknown_method<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let Some(Kind::Usual(known)) = operation_input("method").map(|input| input.parameter.kind) else {
        return;
    };
    let names = cx.names();
    for site in names.sets().iter().filter(|site| site.is("method")) {
        if names.input_of(site).is_none() {
            continue;
        }
        let Some(written) = site.literal.as_deref().map(str::trim).filter(|text| !text.is_empty()) else {
            continue;
        };
        let new = |label: &str| {
            let message = format!("`{written}` is no HTTP method");
            Diagnostic::new(&codes::request::unknown_method, message, Label::new(site.value_span(), label))
        };
        if !written.bytes().all(is_token_byte) {
            let finding =
                new("holds a character that no method has").help("write one word, such as `GET` or `POST`");
            if site.method == Method::Write {
                cx.report(finding);
            } else {
                cx.refuse(finding);
            }
            continue;
        }
        if known.iter().any(|known| known.eq_ignore_ascii_case(written)) {
            continue;
        }
        // Servers may have methods of their own: only a slip counts.
        let mut finding =
            did_you_mean(new("sent as it is"), written, site.value_span(), known.iter().copied());
        if finding.help.is_some() {
            finding.severity = Severity::Warning;
            cx.report(finding);
        }
    }
}

/// A character of a token, as HTTP calls it.
const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'.' | b'^'..=b'`' | b'|' | b'~')
}
