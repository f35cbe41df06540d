//! A column that its name calls a text, typed as a date.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Info;
use profilec_vocabulary::{TypeId, column_type};

use super::words::words;
use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Info(text_as_date);

/// What a column is whose name ends in one of these.
const TEXTS: [&str; 29] = [
    "address",
    "city",
    "colour",
    "color",
    "comment",
    "company",
    "country",
    "county",
    "currency",
    "description",
    "email",
    "firstname",
    "fullname",
    "gender",
    "language",
    "lastname",
    "mail",
    "name",
    "nickname",
    "note",
    "notes",
    "phone",
    "street",
    "surname",
    "title",
    "town",
    "url",
    "username",
    "website",
];
/// Words of names that are about time all the same.
const TIMES: [&str; 14] = [
    "at",
    "birth",
    "created",
    "date",
    "day",
    "modified",
    "month",
    "on",
    "since",
    "time",
    "timestamp",
    "until",
    "updated",
    "year",
];

fn text_as_date(cx: &mut Cx<'_>, info: &Info) {
    for column in &info.columns {
        let (Some(name), Some(ty)) = (column.name(), column.ty()) else { continue };
        let is_date = column_type(ty.as_str())
            .is_some_and(|ty| matches!(ty.id, TypeId::Date | TypeId::DateTime | TypeId::Time));
        let words = if is_date { words(name.as_str()) } else { continue };
        let is_text = words.last().is_some_and(|last| TEXTS.contains(&last.as_str()));
        if !is_text || words.iter().any(|word| TIMES.contains(&word.as_str())) {
            continue;
        }
        let written = ty.as_str().trim();
        let finding = Diagnostic::new(
            &codes::column::text_as_date,
            format!("column `{}` has the type `{written}`", name.as_str().trim()),
            Label::new(ty.span(), "no text is a date"),
        );
        let finding = suggest(finding, "string", ty.span(), false);
        cx.report(finding.help("write `string`, unless the values are dates"));
    }
}
