//! What a statement sets by itself.

use profilec_diagnostics::Span;
use profilec_syntax::{Statement, Template};
use profilec_vocabulary::KeywordId;

use super::Given;

/// One name that a statement sets. Computed names are left out: the rules are silent beside them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Write<'a> {
    pub(super) item: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) value: Given<'a>,
}

/// What `set`, `setc` and `setm` set.
pub(super) fn writes(statement: &Statement) -> Vec<Write<'_>> {
    let item = match statement.value("item").map(Template::as_literal) {
        Some(None) => return Vec::new(),
        Some(item) => item.map(str::trim),
        None => None,
    };
    match statement.id() {
        Some(KeywordId::Set | KeywordId::SetC) => {
            let Some(attr) = statement.value("attr") else { return Vec::new() };
            let Some(name) = attr.as_literal().map(str::trim) else { return Vec::new() };
            let value = statement.value("value").or(statement.text.as_ref());
            let value = value.map_or(Given::Literal(""), Given::Template);
            vec![Write { item, name, span: attr.span(), value }]
        }
        Some(KeywordId::SetM) => statement.text.iter().flat_map(|text| lines(item, text)).collect(),
        _ => Vec::new(),
    }
}

/// `name = value` a line.
fn lines<'a>(item: Option<&'a str>, body: &'a Template) -> Vec<Write<'a>> {
    let text = &body.text;
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        if let Some((name, value)) = line.split_once('=').filter(|(name, _)| !name.contains('[')) {
            let start = at + (name.len() - name.trim_start().len());
            let name = name.trim();
            let value = value.trim();
            let unquoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
            let value = if value.contains(['[', '\\']) { Given::Unknown } else { Given::Literal(unquoted) };
            found.push(Write { item, name, span: text.span_of(start..start + name.len()), value });
        }
        at += line.len();
    }
    found
}

/// All writes within statements, blocks inside them too.
pub(super) fn all_writes<'a>(statements: &'a [Statement], visit: &mut dyn FnMut(Write<'a>, u32)) {
    within(statements, 0, visit);
}

/// `depth`: in how many calls' bodies the statements stand.
fn within<'a>(statements: &'a [Statement], depth: u32, visit: &mut dyn FnMut(Write<'a>, u32)) {
    for statement in statements {
        for write in writes(statement) {
            visit(write, depth);
        }
        let deeper = u32::from(matches!(statement.id(), Some(KeywordId::Call)));
        within(&statement.body, depth + deeper, visit);
    }
}
