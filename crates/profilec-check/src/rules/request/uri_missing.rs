//! Rows are asked for, but nothing says where.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Method, Rule};
use crate::rules::structure::set_name_misspelt::misspelt;

pub(crate) const RULE: Rule = Rule::Document(uri_missing);

fn uri_missing<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    let reads = |call: &&crate::names::CallSite<'_>| call.method != Method::Write && call.format().is_some();
    let Some(call) = names.calls().iter().find(reads) else { return };
    if names.sets_unknown_names() || names.setters("URI").next().is_some() {
        return;
    }
    let is_uri = |guess: &str| {
        profilec_vocabulary::operation_input(guess).is_some_and(|known| known.parameter.is("URI"))
    };
    if names.sets().iter().filter_map(|site| misspelt(names, site)).any(is_uri) {
        return;
    }
    cx.report(
        Diagnostic::new(
            &codes::request::uri_missing,
            "nothing says which URL to ask",
            Label::new(call.op.span(), "needs `URI`"),
        )
        .help("set `URI` before the call, or pass the connection option `URI`"),
    );
}
