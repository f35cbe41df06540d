//! `${name}` in a profile: only the component that runs it knows such variables.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Template;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Template(variable_in_profile);

fn variable_in_profile<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    let text = template.text.as_str();
    for (start, _) in text.match_indices("${") {
        let rest = text.get(start + 2..).unwrap_or_default();
        let Some(name) = rest.find('}').and_then(|end| rest.get(..end)) else { continue };
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !is_name {
            continue;
        }
        let span = template.text.span_of(start..start + name.len() + 3);
        cx.report(
            Diagnostic::new(
                &codes::request::variable_in_profile,
                format!("`${{{name}}}` means nothing inside a profile"),
                Label::new(span, "sent as it stands"),
            )
            .help(format!(
                "read an input, `[_input.{name}]`, or a connection option, `[_connection.{name}]`; variables stand in the values given to them"
            )),
        );
    }
}
