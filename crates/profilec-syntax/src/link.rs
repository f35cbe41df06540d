//! Puts the statements of included files in the place of their `include`.
//!
//! Afterwards an `include` is a plain block, so that every later stage sees one program. Which file a name
//! means, and reading it, is the caller's part.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_vocabulary::KeywordId;

use crate::parse::MAX_DEPTH;
use crate::{Column, Document, Info, Input, Statement, Template, Text};

/// A file that is included.
#[derive(Clone, Debug)]
pub struct IncludedFile {
    /// What it says, with all that it includes itself.
    pub document: Document,
    /// Its text.
    pub span: Span,
}

/// Links all includes of a document whose name is literal. `load` gets the name and its place, and gives the
/// file, or `None` after saying why not.
///
/// The columns, inputs and outputs of an included file are those of the profile as well. Where both declare one
/// of the same name, the including file wins. A title belongs to its own file only.
pub fn link(
    document: &mut Document,
    load: &mut dyn FnMut(&str, Span) -> Option<IncludedFile>,
) -> Vec<Diagnostic> {
    let mut linker = Linker { load, infos: Vec::new(), truncated: false, findings: Vec::new() };
    if let Some(script) = &mut document.script {
        linker.statement(script, 1);
    }
    let Linker { infos, truncated, findings, .. } = linker;
    document.truncated |= truncated;
    for info in infos {
        match &mut document.info {
            Some(own) => merge(own, info),
            none => *none = Some(without_title(info)),
        }
    }
    findings
}

struct Linker<'a> {
    load: &'a mut dyn FnMut(&str, Span) -> Option<IncludedFile>,
    infos: Vec<Info>,
    truncated: bool,
    findings: Vec<Diagnostic>,
}

impl Linker<'_> {
    /// `depth` is how deeply the statement is nested, itself counted.
    fn statement(&mut self, statement: &mut Statement, depth: usize) {
        for child in &mut statement.body {
            self.statement(child, depth + 1);
        }
        if statement.id() != Some(KeywordId::Include) {
            return;
        }
        let name = statement.value("document");
        let place = name.map(Template::span).unwrap_or_default();
        let Some(name) = name.and_then(Template::as_literal) else { return };
        let name = name.trim().to_owned();
        let Some(file) = (self.load)(&name, place) else { return };
        let IncludedFile { document, span } = file;
        if depth + document.script.as_ref().map_or(0, height) > MAX_DEPTH {
            self.findings.push(
                Diagnostic::new(
                    &codes::xml::too_deep,
                    format!("with `{name}`, elements are nested more than {MAX_DEPTH} deep"),
                    Label::new(place, "not included"),
                )
                .help("nest less deeply"),
            );
            return;
        }
        statement.included = Some(span);
        self.truncated |= document.truncated;
        self.infos.extend(document.info);
        let own = std::mem::take(&mut statement.body);
        statement.body = match document.script {
            // A root that is a method block stays one.
            Some(script) if script.param("method").is_some() => vec![script],
            Some(script) => script.body,
            None => Vec::new(),
        };
        statement.body.extend(own);
    }
}

/// How deeply statements are nested. Recursion is as deep as the document.
fn height(statement: &Statement) -> usize {
    1 + statement.body.iter().map(height).max().unwrap_or(0)
}

/// Adds what the including file does not declare itself.
fn merge(own: &mut Info, included: Info) {
    let Info { columns, inputs, outputs, unknown, .. } = included;
    add(&mut own.columns, columns, Column::name);
    add(&mut own.inputs, inputs, Input::name);
    add(&mut own.outputs, outputs, Column::name);
    own.unknown.extend(unknown);
}

fn add<T>(own: &mut Vec<T>, included: Vec<T>, name: fn(&T) -> Option<&Text>) {
    let name = |declared: &T| name(declared).map(|name| name.as_str().trim().to_lowercase());
    let known: std::collections::HashSet<String> = own.iter().filter_map(name).collect();
    own.extend(included.into_iter().filter(|new| name(new).is_none_or(|name| !known.contains(&name))));
}

fn without_title(mut info: Info) -> Info {
    info.attributes.retain(|attribute| !attribute.name.node.local.eq_ignore_ascii_case("title"));
    info
}
