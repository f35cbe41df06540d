//! An attribute that a keyword does not have.

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::Statement;
use profilec_vocabulary::{KeywordId, closest};

use super::parameter_missing::missing;
use crate::cx::{Cx, Rule};
use crate::suggest::did_you_mean;

pub(crate) const RULE: Rule = Rule::Statement(unknown_parameter);

fn unknown_parameter(cx: &mut Cx<'_>, statement: &Statement) {
    // Those of `api:info` are descriptions.
    let Some(keyword) = statement.keyword.filter(|keyword| keyword.id != KeywordId::Info) else { return };
    let missing = missing(statement);
    for param in statement.params.iter().filter(|param| param.parameter.is_none()) {
        let name = &param.name.node;
        // Names with a foreign prefix are notes for other readers.
        if !name.prefix.is_empty() && !super::is_keyword_prefix(&name.prefix) {
            continue;
        }
        let finding = Diagnostic::new(
            &codes::structure::unknown_parameter,
            format!("`{}` has no attribute `{name}`", statement.name.node),
            Label::new(param.name.span, "has no effect"),
        );
        let known = keyword
            .parameters
            .iter()
            .flat_map(|parameter| std::iter::once(parameter.name).chain(parameter.synonyms.iter().copied()));
        let finding = did_you_mean(finding, &name.local, param.name.span, known.clone());
        let names: Vec<String> = known.map(|name| format!("`{name}`")).collect();
        let mut finding = match finding.help {
            Some(_) => finding,
            None if names.is_empty() => finding.help("remove it: this keyword has no attributes"),
            None => finding.help(format!("remove it, or write one of {}", names.join(", "))),
        };
        // The keyword cannot do without the attribute that this one stands for.
        if missing.iter().any(|needed| closest(&name.local, needed.iter().copied()).is_some()) {
            finding.severity = Severity::Error;
            cx.refuse(finding);
        } else {
            cx.report(finding);
        }
    }
}
