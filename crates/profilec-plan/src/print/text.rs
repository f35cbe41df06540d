//! Plan parts as the profile would write them, secrets masked.

use profilec_vocabulary::FORMATTERS;

use super::masks::{self, MASK, Masker};
use super::secrets;
use crate::walk::Access;
use crate::{ColumnType, Formatter, Reference, Template, TemplatePart, Value};

/// A column's type in words.
pub(crate) fn column_type(ty: ColumnType) -> String {
    match ty {
        ColumnType::Utf8 => "text".to_owned(),
        ColumnType::Int64 => "integer".to_owned(),
        ColumnType::Float64 => "double".to_owned(),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Timestamp => "datetime".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time".to_owned(),
        ColumnType::Binary => "binary".to_owned(),
        ColumnType::Decimal { precision, scale } => format!("decimal({precision},{scale})"),
    }
}

/// A template's text; credentials written into it are masked.
pub(crate) fn template(template: &Template) -> String {
    parts(template, false)
}

/// A template that is a credential: every literal of it is masked, but for the name of a scheme.
pub(crate) fn secret(template: &Template) -> String {
    parts(template, true)
}

fn parts(template: &Template, is_secret: bool) -> String {
    let mut masker = Masker::default();
    let mut text = String::new();
    for (at, part) in template.parts.iter().enumerate() {
        match part {
            TemplatePart::Literal(literal) if is_secret => {
                let leads = at == 0 && template.parts.len() > 1;
                text.push_str(&if leads { masks::secret_lead(literal) } else { MASK.to_owned() });
            }
            TemplatePart::Literal(literal) => text.push_str(&masker.mask(literal)),
            TemplatePart::Reference(reference) => {
                text.push_str(&self::reference(reference, is_secret || masker.is_open()));
            }
        }
    }
    text
}

/// The literal names whose values go into a credential: all of a secret template, else those at places that
/// `name=` or `"name": "` announce.
pub(crate) fn secret_reads(template: &Template, is_secret: bool) -> Vec<String> {
    let mut masker = Masker::default();
    let mut names = Vec::new();
    for part in &template.parts {
        match part {
            TemplatePart::Literal(literal) => {
                masker.mask(literal);
            }
            TemplatePart::Reference(reference) if is_secret || masker.is_open() => {
                if let Value::Attribute(name) = &reference.value {
                    names.extend(secrets::full_name(&Access::new(None, name)));
                }
            }
            TemplatePart::Reference(_) => {}
        }
    }
    names
}

fn reference(reference: &Reference, is_secret: bool) -> String {
    let (source, is_secret) = match &reference.value {
        Value::Null => ("null".to_owned(), is_secret),
        Value::Quoted(_) if is_secret => (format!("'{MASK}'"), true),
        Value::Quoted(text) => (format!("'{}'", Masker::default().mask(text)), false),
        Value::Attribute(name) => {
            let name = template(name);
            let names_secret = masks::is_secret_name(&name);
            (name, is_secret || names_secret)
        }
    };
    let pipeline = reference.pipeline.iter().map(|call| formatter(call, is_secret));
    format!("[{}]", [source].into_iter().chain(pipeline).collect::<Vec<_>>().join(" | "))
}

fn formatter(call: &Formatter, is_secret: bool) -> String {
    let name = FORMATTERS.iter().find(|known| known.id == call.id).map_or("?", |formatter| formatter.name);
    let arguments: Vec<String> = call
        .arguments
        .iter()
        .map(|argument| match argument.literal() {
            Some(_) if is_secret => format!("'{MASK}'"),
            Some(text) if text.parse::<f64>().is_ok() => text.to_owned(),
            Some(text) => format!("'{}'", Masker::default().mask(text)),
            None => parts(argument, is_secret),
        })
        .collect();
    format!("{name}({})", arguments.join(", "))
}
