//! The program and its plain statements.

use profilec_diagnostics::codes;
use profilec_syntax::{self as syntax, Document};
use profilec_vocabulary::KeywordId;

use super::{calls, conditionals, findings::Findings, sets, templates};
use crate::{Block, Catch, Leave, Name, Statement, StatementKind, Target, Template, Test, Word};

/// The GET path: root statements in file order, and the first block that answers GET at its place. That there
/// is one, the checker has seen to.
pub(crate) fn program(document: &Document, findings: &mut Findings) -> Block {
    document.script.as_ref().map_or_else(Block::new, |script| root(script, &mut false, findings))
}

/// The root's statements, those of the files that it includes among them. `taken` says whether there was a block
/// that answers GET.
fn root(script: &syntax::Statement, taken: &mut bool, findings: &mut Findings) -> Block {
    let mut program = Block::new();
    for statement in &script.body {
        match statement.id() {
            Some(KeywordId::Script) if statement.value("method").is_some() => {
                if !*taken && answers_get(statement) {
                    *taken = true;
                    program.extend(scope(statement, findings));
                }
            }
            Some(KeywordId::Include) if statement.included.is_some() => {
                program.extend(root(statement, taken, findings));
            }
            _ => lower_into(statement, findings, &mut program),
        }
    }
    guarded(script, program, findings)
}

fn answers_get(block: &syntax::Statement) -> bool {
    let method = block.value("method").map(|value| value.text.as_str()).unwrap_or_default();
    method.split(',').any(|method| method.trim().eq_ignore_ascii_case("get"))
}

pub(crate) fn block(statements: &[syntax::Statement], findings: &mut Findings) -> Block {
    let mut lowered = Block::new();
    for statement in statements {
        lower_into(statement, findings, &mut lowered);
    }
    lowered
}

/// The body of an element, under the guard of the handlers that stand in it.
pub(crate) fn scope(statement: &syntax::Statement, findings: &mut Findings) -> Block {
    let body = block(&statement.body, findings);
    guarded(statement, body, findings)
}

/// What `catch` and `finally` directly inside an element guard.
fn guarded(statement: &syntax::Statement, body: Block, findings: &mut Findings) -> Block {
    let (mut catches, mut finally) = (Vec::new(), Block::new());
    for child in &statement.body {
        match child.id() {
            Some(KeywordId::Catch) => {
                let code = optional(child, "code", findings).unwrap_or_default();
                catches.push(Catch { code, body: scope(child, findings) });
            }
            Some(KeywordId::Finally) => finally.extend(scope(child, findings)),
            _ => {}
        }
    }
    if catches.is_empty() && finally.is_empty() {
        return body;
    }
    let kind = StatementKind::Try { body, catches, finally };
    vec![Statement { kind, origin: statement.name.span }]
}

/// Lowers one statement; most give one, some none or several.
fn lower_into(statement: &syntax::Statement, findings: &mut Findings, into: &mut Block) {
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
        // A handler belongs to the element around it.
        KeywordId::Info | KeywordId::Catch | KeywordId::Finally => None,
        KeywordId::Call | KeywordId::Push => {
            let lowered = calls::call_or_push(statement, findings);
            into.extend(guarded(statement, lowered, findings));
            return;
        }
        KeywordId::Try => {
            into.extend(scope(statement, findings));
            return;
        }
        KeywordId::SetM => {
            into.extend(sets::lines(statement, findings));
            return;
        }
        KeywordId::Set => sets::set(statement, findings),
        KeywordId::SetC => sets::joined(statement, findings),
        KeywordId::Map => sets::map(statement, findings),
        KeywordId::Unset => unset(statement, findings),
        KeywordId::Throw => throw(statement, findings),
        KeywordId::Validate => validate(statement, findings),
        KeywordId::Script if statement.value("method").is_some() && !answers_get(statement) => return,
        KeywordId::Script => Some(StatementKind::Block(block(&statement.body, findings))),
        KeywordId::Select => conditionals::select(statement, findings),
        KeywordId::Enum => conditionals::enumeration(statement, findings),
        KeywordId::First => Some(conditionals::in_iteration(Test::IsFirst, statement, findings)),
        KeywordId::Last => Some(conditionals::in_iteration(Test::IsLast, statement, findings)),
        KeywordId::Break => Some(StatementKind::Leave(Word::Written(Leave::Break))),
        KeywordId::Continue => Some(StatementKind::Leave(Word::Written(Leave::Continue))),
        KeywordId::If
        | KeywordId::Check
        | KeywordId::Exists
        | KeywordId::NotNull
        | KeywordId::Null
        | KeywordId::Equals
        | KeywordId::NotEquals
        | KeywordId::Match => conditionals::conditional(id, statement, findings),
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
        KeywordId::Include => {
            include(statement, findings);
            into.extend(scope(statement, findings));
            return;
        }
    };
    let lowered: Block = kind.map(|kind| Statement { kind, origin: name }).into_iter().collect();
    // `first` and `last` guard their bodies only: they ask nothing that can fail.
    if matches!(id, KeywordId::First | KeywordId::Last) {
        into.extend(lowered);
    } else {
        into.extend(guarded(statement, lowered, findings));
    }
}

/// Refuses an `include` whose file is not known. What is wrong with a name that is computed or missing, the checker
/// has said.
fn include(statement: &syntax::Statement, findings: &mut Findings) {
    let Some(file) = statement.value("document").filter(|_| statement.included.is_none()) else { return };
    // Who linked the profile has said more about each; here one is enough to refuse it.
    let code = &codes::structure::include_not_found;
    if let Some(name) = file.as_literal().filter(|_| !findings.has(code)) {
        findings.report(
            code,
            file.span(),
            format!("`{}` is not included", name.trim()),
            "what it holds is not known",
            None,
        );
    }
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

pub(crate) fn optional(
    statement: &syntax::Statement,
    parameter: &str,
    findings: &mut Findings,
) -> Option<Template> {
    statement.value(parameter).map(|value| templates::template(value, findings))
}

fn unset(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    match (statement.value("attr"), item(statement, findings)) {
        (None, Some(item)) => Some(StatementKind::UnsetItem(item)),
        _ => Some(StatementKind::Unset(target(statement, findings)?)),
    }
}

fn throw(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let code = templates::template(required(statement, "code", findings)?, findings);
    let description = optional(statement, "desc", findings).unwrap_or_default();
    let details = optional(statement, "details", findings).unwrap_or_default();
    Some(StatementKind::Throw { code, description, details })
}

fn validate(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let target = target(statement, findings)?;
    let code = optional(statement, "code", findings)
        .unwrap_or_else(|| templates::literal("api:validate", statement.name.span));
    let description = optional(statement, "desc", findings).unwrap_or_default();
    Some(StatementKind::Validate { target, code, description })
}
