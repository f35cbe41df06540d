//! An identifier that is read as a number.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Info;
use profilec_vocabulary::{TypeId, column_type};

use super::words::words;
use crate::cx::{Cx, Rule};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Info(code_as_number);

/// Codes whose first digits may be zeros.
const CODES: [&str; 17] = [
    "barcode",
    "ean",
    "fax",
    "gtin",
    "iban",
    "isbn",
    "mobile",
    "phone",
    "plz",
    "postalcode",
    "postcode",
    "sku",
    "ssn",
    "telephone",
    "upc",
    "zip",
    "zipcode",
];
/// What is a code of that kind with `code` after it.
const CODED: [&str; 13] = [
    "account", "area", "article", "bank", "branch", "customer", "item", "post", "postal", "product", "sort",
    "tax", "zip",
];

fn code_as_number(cx: &mut Cx<'_>, info: &Info) {
    for column in &info.columns {
        let (Some(name), Some(ty)) = (column.name(), column.ty()) else { continue };
        let Some(id) = column_type(ty.as_str()).map(|ty| ty.id) else { continue };
        let is_exact = matches!(id, TypeId::Int | TypeId::Long | TypeId::Decimal);
        if !is_exact && id != TypeId::Double {
            continue;
        }
        let words = words(name.as_str());
        let label = if is_code(&words) {
            "leading zeros would be lost"
        } else if id == TypeId::Double && words.last().is_some_and(|last| last == "id") {
            "digits beyond the 15th would be lost"
        } else {
            continue;
        };
        let finding = Diagnostic::new(
            &codes::column::code_as_number,
            format!("`{}` is an identifier, and read as a number", name.as_str().trim()),
            Label::new(ty.span(), label),
        );
        let finding = suggest(finding, "string", ty.span(), false);
        cx.report(finding.help("write `string`, which keeps every digit"));
    }
}

fn is_code(words: &[String]) -> bool {
    match words {
        [.., before, last] if last == "code" => CODED.contains(&before.as_str()),
        [.., last] => CODES.contains(&last.as_str()),
        [] => false,
    }
}
