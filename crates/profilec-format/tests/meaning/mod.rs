//! What a profile means, for comparing: its document without places, attributes in one order.

use profilec_diagnostics::Span;
use profilec_syntax::{Attribute, Document, Param, Statement, parse};
use profilec_vocabulary::column_attribute_place;

/// What a text means. The order of attributes means nothing, except among those that stand for the same.
pub(crate) fn meaning(text: &str) -> Document {
    let mut document = parse(text).document;
    if let Some(info) = &mut document.info {
        info.span = Span::default();
        sort(&mut info.attributes);
        for column in info.columns.iter_mut().chain(&mut info.outputs) {
            column.span = Span::default();
            column.end_name = None;
            sort(&mut column.attributes);
        }
        for input in &mut info.inputs {
            input.span = Span::default();
            input.end_name = None;
            sort(&mut input.attributes);
        }
    }
    if let Some(script) = &mut document.script {
        sort_params(script);
    }
    document
}

fn sort(attributes: &mut [Attribute]) {
    attributes.sort_by_key(|attribute| {
        let name = &attribute.name.node.local;
        let place = column_attribute_place(name);
        (place, if place.is_some() { String::new() } else { name.to_ascii_lowercase() })
    });
}

fn sort_params(statement: &mut Statement) {
    statement.params.sort_by_key(|param: &Param| match param.parameter {
        Some(parameter) => parameter.name.to_owned(),
        None => format!("~{}", param.name.node.local.to_ascii_lowercase()),
    });
    for child in &mut statement.body {
        sort_params(child);
    }
}
