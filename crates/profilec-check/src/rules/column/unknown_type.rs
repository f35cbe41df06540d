//! A type that the language does not have: read as text.

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::{Info, Text};
use profilec_vocabulary::{TYPES, column_type};

use crate::cx::{Cx, Rule};
use crate::suggest::{did_you_mean, suggest};

pub(crate) const RULE: Rule = Rule::Info(unknown_type);

fn unknown_type(cx: &mut Cx<'_>, info: &Info) {
    let columns = info.columns.iter().chain(&info.outputs).filter_map(|column| column.ty());
    for ty in columns.chain(info.inputs.iter().filter_map(|input| input.ty())) {
        if let Some(finding) = finding(ty) {
            cx.report(finding);
        }
    }
}

fn finding(ty: &Text) -> Option<Diagnostic> {
    let written = ty.as_str().trim();
    if column_type(written).is_some() {
        return None;
    }
    let new = |message: String, label: &str| {
        Diagnostic::new(&codes::column::unknown_type, message, Label::new(ty.span(), label))
    };
    if written.is_empty() || written.eq_ignore_ascii_case("unknown") {
        let mut left = new("the type was never chosen".into(), "read as text")
            .help("write the type of the values, or `string`");
        left.severity = Severity::Info;
        return Some(left);
    }
    let unknown = new(format!("unknown type `{written}`"), "no type has this name: read as text");
    if let Some((base, _)) = written.split_once('(')
        && column_type(base).is_some()
    {
        let help = format!("write `{base}`; sizes go into `columnsize` and `decimaldigits`");
        return Some(suggest(unknown, base.trim(), ty.span(), false).help(help));
    }
    let bare = written.rsplit(':').next().unwrap_or(written);
    let spellings = TYPES.iter().flat_map(|ty| ty.spellings).copied();
    let finding = did_you_mean(unknown, bare, ty.span(), spellings);
    if finding.help.is_some() {
        return Some(finding);
    }
    let names = TYPES.iter().filter_map(|ty| ty.spellings.first()).map(|name| format!("`{name}`"));
    Some(finding.help(format!("write one of {}", names.collect::<Vec<_>>().join(", "))))
}
