//! The names that a profile makes.

use profilec_diagnostics::Span;
use profilec_syntax::{Document, Statement};
use profilec_vocabulary::KeywordId;

/// A name and what makes it.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// As references write it, without number.
    pub(crate) spelling: String,
    pub(crate) made: Made,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// An input, of this type.
    Input(String),
    /// A column, of this type.
    Column(String),
    /// By a statement.
    Set,
}

/// All names in file order of each kind: inputs, columns, what statements set.
pub(crate) fn names(document: &Document) -> Vec<Name> {
    let mut names = Vec::new();
    if let Some(info) = &document.info {
        let ty = |ty: Option<&profilec_syntax::Text>| ty.map_or("string", |ty| ty.as_str().trim()).to_owned();
        for input in &info.inputs {
            names.extend(input.name().map(|name| Name {
                spelling: name.as_str().trim().to_owned(),
                made: Made::Input(ty(input.ty())),
                span: name.span(),
            }));
        }
        for column in info.all_columns() {
            names.extend(column.name().map(|name| Name {
                spelling: name.as_str().trim().to_owned(),
                made: Made::Column(ty(column.ty())),
                span: name.span(),
            }));
        }
    }
    if let Some(script) = &document.script {
        statement(script, &mut names);
    }
    names.retain(|name| !name.spelling.is_empty());
    names
}

/// Recursion is as deep as the document, which the parser bounds.
fn statement(node: &Statement, names: &mut Vec<Name>) {
    if matches!(node.id(), Some(KeywordId::Set | KeywordId::SetC)) {
        let item = node.value("item").and_then(|item| item.as_literal()).map(str::trim);
        let attr = node.value("attr").and_then(|attr| Some((attr.as_literal()?.trim(), attr.span())));
        if let Some((attr, span)) = attr {
            let bare = attr.split('#').next().unwrap_or(attr);
            let name = match item {
                Some(item) if !item.is_empty() => format!("{item}.{bare}"),
                _ => bare.to_owned(),
            };
            names.push(Name { spelling: name, made: Made::Set, span });
        }
    }
    for child in &node.body {
        statement(child, names);
    }
}
