//! The program and its plain statements.

use profilec_diagnostics::codes;
use profilec_syntax::{self as syntax, Document};
use profilec_vocabulary::KeywordId;

use super::{calls, conditionals, findings::Findings, paths, templates};
use crate::{Block, Name, Statement, StatementKind, Target, Template, TemplatePart};

/// The GET path: root statements in file order, and the first block that answers GET at its place. That there
/// is one, the checker has seen to.
pub(crate) fn program(document: &Document, findings: &mut Findings) -> Block {
    let Some(script) = &document.script else { return Block::new() };
    let mut taken = false;
    let mut program = Block::new();
    for statement in &script.body {
        let is_method_block =
            statement.id() == Some(KeywordId::Script) && statement.value("method").is_some();
        if !is_method_block {
            lower_into(statement, Place::Script, findings, &mut program);
            continue;
        }
        if !taken && answers_get(statement) {
            taken = true;
            program.extend(block(&statement.body, Place::Script, findings));
        }
    }
    program
}

fn answers_get(block: &syntax::Statement) -> bool {
    let method = block.value("method").map(|value| value.text.as_str()).unwrap_or_default();
    method.split(',').any(|method| method.trim().eq_ignore_ascii_case("get"))
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Outside every call.
    Script,
    /// In a call's body.
    CallBody,
}

pub(crate) fn block(statements: &[syntax::Statement], place: Place, findings: &mut Findings) -> Block {
    let mut lowered = Block::new();
    for statement in statements {
        lower_into(statement, place, findings, &mut lowered);
    }
    lowered
}

/// Lowers one statement; most give one, some none or several.
fn lower_into(statement: &syntax::Statement, place: Place, findings: &mut Findings, into: &mut Block) {
    let name = statement.name.span;
    let Some(id) = statement.id() else {
        // An element without a prefix is markup for people; the checker says so.
        if !statement.name.node.prefix.is_empty() {
            findings.report(
                &codes::structure::unknown_keyword,
                name,
                format!("unknown keyword `{}`", statement.name.node),
                "the language has no such keyword",
                None,
            );
        }
        return;
    };
    let kind = match id {
        KeywordId::Info => None,
        KeywordId::Call | KeywordId::Push => {
            into.extend(calls::call_or_push(statement, place, findings));
            None
        }
        KeywordId::Set => set(statement, findings),
        KeywordId::Unset => unset(statement, findings),
        KeywordId::Throw => throw(statement, findings),
        KeywordId::Validate => validate(statement, findings),
        KeywordId::Script if statement.value("method").is_some() && !answers_get(statement) => None,
        KeywordId::Script => Some(StatementKind::Block(block(&statement.body, place, findings))),
        KeywordId::Select => conditionals::select(statement, place, findings),
        KeywordId::Enum => conditionals::enumeration(statement, place, findings),
        KeywordId::If
        | KeywordId::Check
        | KeywordId::Exists
        | KeywordId::NotNull
        | KeywordId::Null
        | KeywordId::Equals
        | KeywordId::NotEquals => conditionals::conditional(id, statement, place, findings),
        KeywordId::Else | KeywordId::Case | KeywordId::Default => {
            findings.report(
                &codes::structure::conditional_else_misplaced,
                name,
                format!("`{}` stands outside its conditional", statement.name.node),
                "belongs directly inside a conditional or `api:select`",
                None,
            );
            None
        }
        KeywordId::Break
        | KeywordId::Catch
        | KeywordId::Continue
        | KeywordId::Finally
        | KeywordId::First
        | KeywordId::Include
        | KeywordId::Last
        | KeywordId::Map
        | KeywordId::Match
        | KeywordId::SetC
        | KeywordId::SetM
        | KeywordId::Try => {
            findings.not_yet(name, &format!("`{}`", statement.name.node));
            None
        }
    };
    into.extend(kind.map(|kind| Statement { kind, origin: name }));
}

/// The value of a parameter that must be there.
pub(crate) fn required<'a>(
    statement: &'a syntax::Statement,
    parameter: &str,
    findings: &mut Findings,
) -> Option<&'a syntax::Template> {
    let value = statement.value(parameter);
    if value.is_none() {
        findings.report(
            &codes::structure::parameter_missing,
            statement.name.span,
            format!("`{}` lacks `{parameter}`", statement.name.node),
            "needs it",
            None,
        );
    }
    value
}

/// The attribute that `item` and `attr` name.
pub(crate) fn target(statement: &syntax::Statement, findings: &mut Findings) -> Option<Target> {
    let attribute = required(statement, "attr", findings)?;
    Some(Target {
        item: item(statement, findings),
        attribute: templates::template(attribute, findings),
        origin: attribute.span(),
    })
}

pub(crate) fn item(statement: &syntax::Statement, findings: &mut Findings) -> Option<Name> {
    statement.value("item").map(|item| templates::template(item, findings))
}

fn optional(statement: &syntax::Statement, parameter: &str, findings: &mut Findings) -> Option<Template> {
    statement.value(parameter).map(|value| templates::template(value, findings))
}

fn set(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    if let Some(from) = statement.value("copyfrom") {
        let to = item(statement, findings).unwrap_or_else(|| templates::literal("_", statement.name.span));
        return Some(StatementKind::CopyItem { to, from: templates::template(from, findings) });
    }
    let target = target(statement, findings)?;
    if let Some(child) = statement.body.first() {
        findings.not_yet(child.name.span, &format!("an element inside `{}`", statement.name.node));
        return None;
    }
    let Some(source) = statement.value("value").or(statement.text.as_ref()) else {
        return Some(StatementKind::Set { target, value: templates::literal("", statement.name.span) });
    };
    let value = match target.attribute.literal().and_then(|name| paths::path_value(name, source, findings)) {
        Some(path) => templates::literal(&path, source.span()),
        None => templates::template(source, findings),
    };
    Some(StatementKind::Set { target, value })
}

fn unset(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    match (statement.value("attr"), item(statement, findings)) {
        (None, Some(item)) => Some(StatementKind::UnsetItem(item)),
        _ => Some(StatementKind::Unset(target(statement, findings)?)),
    }
}

fn throw(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let code = templates::template(required(statement, "code", findings)?, findings);
    let mut description = optional(statement, "desc", findings).unwrap_or_default();
    if let Some(details) = optional(statement, "details", findings) {
        description.parts.push(TemplatePart::Literal(" (".to_owned()));
        description.parts.extend(details.parts);
        description.parts.push(TemplatePart::Literal(")".to_owned()));
    }
    Some(StatementKind::Throw { code, description })
}

fn validate(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let target = target(statement, findings)?;
    let code = optional(statement, "code", findings)
        .unwrap_or_else(|| templates::literal("api:validate", statement.name.span));
    let description = optional(statement, "desc", findings).unwrap_or_default();
    Some(StatementKind::Validate { target, code, description })
}
