//! Origins that the profile's own text names: credentials may go there.

use std::collections::BTreeSet;

use profilec_syntax::Document;
use url::Url;

use crate::walk;
use crate::{Block, Template, TemplatePart, Value};

/// From every value that starts with an absolute address whose host is literal to its end.
pub(crate) fn literal_origins(document: &Document, body: &Block) -> BTreeSet<String> {
    let mut origins = BTreeSet::new();
    walk::statements(body, &mut |statement, _| {
        for value in walk::values(&statement.kind) {
            collect(value, &mut origins);
        }
    });
    for input in document.info.iter().flat_map(|info| &info.inputs) {
        origins.extend(input.default().and_then(|default| origin(default.as_str())));
    }
    origins
}

fn collect(template: &Template, origins: &mut BTreeSet<String>) {
    if let Some(TemplatePart::Literal(start)) = template.parts.first() {
        // What follows a reference right after the host would still be part of the host.
        if template.parts.len() == 1 || authority_ends(start) {
            origins.extend(origin(start));
        }
    }
    for part in &template.parts {
        let TemplatePart::Reference(reference) = part else { continue };
        match &reference.value {
            Value::Quoted(text) => origins.extend(origin(text)),
            Value::Attribute(_) | Value::Null => {}
        }
        for argument in reference.pipeline.iter().flat_map(|formatter| &formatter.arguments) {
            collect(argument, origins);
        }
    }
}

fn authority_ends(start: &str) -> bool {
    start.split_once("://").is_some_and(|(_, rest)| rest.contains(['/', '?', '#']))
}

fn origin(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    is_web.then(|| url.origin().ascii_serialization())
}
