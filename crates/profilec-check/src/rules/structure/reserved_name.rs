//! A table with a name that an engine has given away.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Info;

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(reserved_name);

/// Names of endpoints that Extract profiles may not have.
const RESERVED: [&str; 4] = ["datasourcelists", "environments", "versionlists", "versions"];

fn reserved_name(cx: &mut Cx<'_>, info: &Info) {
    let Some(title) = info.title() else { return };
    let written = title.as_str().trim();
    if !RESERVED.iter().any(|name| name.eq_ignore_ascii_case(written)) {
        return;
    }
    cx.report(
        Diagnostic::new(
            &codes::structure::reserved_name,
            format!("`{written}` is a reserved name"),
            Label::new(title.span(), "cannot be an endpoint of an Extract profile"),
        )
        .help("give the table a longer name if the profile is also used to extract"),
    );
}
