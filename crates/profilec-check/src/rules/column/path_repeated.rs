//! One value in two columns of different types.

use std::collections::HashMap;

use profilec_diagnostics::{Diagnostic, Label, Severity, codes};
use profilec_syntax::{Column, Info, Path, parse_path};
use profilec_vocabulary::{Type, TypeId, column_type};

use crate::cx::{Cx, Rule};

pub(crate) const RULE: Rule = Rule::Info(path_repeated);

fn path_repeated(cx: &mut Cx<'_>, info: &Info) {
    let format = cx.names().format();
    let mut seen: HashMap<Path, &Column> = HashMap::new();
    for column in &info.columns {
        let Some(written) = column.path() else { continue };
        let Ok(Some(path)) = parse_path(written, format) else { continue };
        let Some(first) = seen.get(&path).copied() else {
            seen.insert(path, column);
            continue;
        };
        let (Some(own), Some(other)) = (ty(column), ty(first)) else { continue };
        if kind(own.id) == kind(other.id) {
            continue;
        }
        let (name, first_name) = (name(column), name(first));
        let has_text = own.id == TypeId::String || other.id == TypeId::String;
        // `price` and `price_text`: the text is kept beside the number on purpose.
        if has_text && (first_name.contains(name) || name.contains(first_name)) {
            continue;
        }
        let mut finding = Diagnostic::new(
            &codes::column::path_repeated,
            format!("`{first_name}` and `{name}` read the same value as two types"),
            Label::new(written.span(), format!("read as {}", word(own))),
        );
        let place = first.path().map(|path| Label::new(path.span(), format!("read as {} here", word(other))));
        if has_text {
            finding.severity = Severity::Info;
        }
        let finding = match place {
            Some(label) => finding.label(label),
            None => finding,
        };
        cx.report(finding.help("keep the type that the values have, or correct the path of one"));
    }
}

fn name(column: &Column) -> &str {
    column.name().map_or("", |name| name.as_str().trim())
}

/// Without a type it is text; an unknown one is a finding of its own.
fn ty(column: &Column) -> Option<&'static Type> {
    match column.ty() {
        Some(ty) => column_type(ty.as_str()),
        None => column_type("string"),
    }
}

/// Whole numbers are of one width here.
const fn kind(id: TypeId) -> TypeId {
    match id {
        TypeId::Long => TypeId::Int,
        id => id,
    }
}

fn word(ty: &Type) -> String {
    format!("`{}`", ty.spellings.first().copied().unwrap_or_default())
}
