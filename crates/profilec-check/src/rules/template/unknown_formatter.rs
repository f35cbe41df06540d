//! A formatter that nobody knows.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Template;
use profilec_vocabulary::{FORMATTERS, formatter};

use crate::cx::{Cx, Rule};
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Template(unknown_formatter);

fn unknown_formatter<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    for call in template.references().iter().flat_map(|reference| &reference.pipeline) {
        let written = call.name.node.as_str();
        if formatter(written).is_some() {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::template::unknown_formatter,
            format!("unknown formatter `{written}`"),
            Label::new(call.name.span, "no formatter has this name"),
        );
        let names = FORMATTERS
            .iter()
            .flat_map(|known| std::iter::once(known.name).chain(known.synonyms.iter().copied()));
        let finding = did_you_mean(finding, written, call.name.span, names);
        cx.refuse(match finding.help {
            Some(_) => finding,
            None => finding.help("remove it; `\\[` and `\\]` write brackets that are meant as text"),
        });
    }
}
