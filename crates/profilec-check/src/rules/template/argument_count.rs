//! A formatter with too few or too many arguments.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Template;
use profilec_vocabulary::formatter;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Template(argument_count);

fn argument_count<'a>(cx: &mut Cx<'a>, template: &'a Template) {
    for call in template.references().iter().flat_map(|reference| &reference.pipeline) {
        let Some(known) = formatter(&call.name.node) else { continue };
        let count = call.arguments.len();
        if (known.min()..=known.max()).contains(&count) {
            continue;
        }
        let wanted = match (known.min(), known.max()) {
            (min, max) if min == max => plural(min),
            (0, max) => format!("at most {}", plural(max)),
            (min, max) => format!("{min} to {}", plural(max)),
        };
        let written = &call.name.node;
        cx.refuse(
            Diagnostic::new(
                &codes::template::argument_count,
                format!("`{written}` takes {wanted}, not {count}"),
                Label::new(call.name.span, format!("has {}", plural(count))),
            )
            .help(format!("write `{}`", known.signature())),
        );
    }
}

fn plural(count: usize) -> String {
    match count {
        0 => "no argument".to_owned(),
        1 => "1 argument".to_owned(),
        count => format!("{count} arguments"),
    }
}
