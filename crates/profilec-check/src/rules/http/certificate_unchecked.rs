//! Every server is trusted.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(certificate_unchecked);

fn certificate_unchecked<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets() {
        if !site.attribute().eq_ignore_ascii_case("SSLServerCert") || !site.is_word(&["*"]) {
            continue;
        }
        cx.report(
            Diagnostic::new(
                &codes::http::certificate_unchecked,
                "`SSLServerCert` is `*`: any server is trusted",
                Label::new(site.value_span(), "anyone in between can read and change what is sent"),
            )
            .help("name the certificate of the server or of its authority, or leave it out"),
        );
    }
}
