//! A mark in front of the text that only UTF-16 needs.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Document(byte_order_mark);

fn byte_order_mark<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    let Some(mark) = document.byte_order_mark else { return };
    let removal = vec![Edit { span: mark, text: String::new() }];
    cx.report(
        Diagnostic::new(
            &codes::xml::byte_order_mark,
            "the file begins with a byte-order mark",
            Label::new(mark, "not seen, and not needed in UTF-8"),
        )
        .help("save the file as UTF-8 without it: tools that join or compare files stumble over it")
        .fix(Fix::safe("remove it", removal)),
    );
}
