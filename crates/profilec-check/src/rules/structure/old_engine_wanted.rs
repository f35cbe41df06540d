//! The profile asks for the behaviour of engines of 2017.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::{Document, Template};
use profilec_vocabulary::boolean_word;

use crate::cx::{Cx, Method, Rule};

pub(crate) const RULE: Rule = Rule::Document(old_engine_wanted);

fn old_engine_wanted<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets() {
        let is_on = site.literal.as_deref().and_then(boolean_word) == Some(true);
        if site.method == Method::Write || !is_on || !site.is("BackwardsCompatibilityMode") {
            continue;
        }
        cx.report(
            Diagnostic::new(
                &codes::structure::old_engine_wanted,
                "the profile asks for the behaviour of engines of 2017",
                Label::new(site.value.map_or(site.span, Template::span), "changes nothing here"),
            )
            .help("paths of all ages are read alike; compare the first rows with what you expect"),
        );
    }
}
