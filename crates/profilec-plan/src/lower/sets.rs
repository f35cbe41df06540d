//! `set` and its kin.

use profilec_diagnostics::codes;
use profilec_syntax::{self as syntax, Text, parse_template};

use super::statements::{item, required, target};
use super::{findings::Findings, paths, templates};
use crate::{Block, Name, Statement, StatementKind, Target, Template, TemplatePart};

/// `set`: one attribute, or a copy of an item.
pub(crate) fn set(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
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
    let value = value(&target.attribute, source, findings);
    Some(StatementKind::Set { target, value })
}

/// A path is taken as it stands, without references.
fn value(name: &Name, source: &syntax::Template, findings: &mut Findings) -> Template {
    match name.literal().and_then(|name| paths::path_value(name, source, findings)) {
        Some(path) => templates::literal(&path, source.span()),
        None => templates::template(source, findings),
    }
}

/// `setc`: as `set`, line breaks left out.
pub(crate) fn joined(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let mut kind = set(statement, findings)?;
    if let StatementKind::Set { value, .. } = &mut kind {
        for part in &mut value.parts {
            if let TemplatePart::Literal(text) = part {
                text.retain(|c| c != '\n' && c != '\r');
            }
        }
    }
    Some(kind)
}

/// `setm`: one `name = value` a line, both trimmed.
pub(crate) fn lines(statement: &syntax::Statement, findings: &mut Findings) -> Block {
    let origin = statement.name.span;
    let mut sets = Block::new();
    let Some(text) = statement.text.as_ref().map(|body| &body.text) else { return sets };
    let mut at = 0;
    for line in text.as_str().split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let trimmed = piece(text, start, line);
        let Some((name, rest)) = line.split_once('=').filter(|(name, _)| !name.trim().is_empty()) else {
            findings.report(
                &codes::structure::set_line_malformed,
                trimmed.span(),
                format!("`{}` sets nothing", trimmed.as_str()),
                "not of the form `name = value`",
                Some(format!("write one `name = value` a line in `{}`", statement.name.node)),
            );
            continue;
        };
        let value_start = start + name.len() + 1;
        let quoted = rest.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let written = match quoted {
            Some(inner) => {
                let from = value_start + rest.find('"').unwrap_or_default() + 1;
                let span = text.span_of(from..from + inner.len());
                Text::verbatim(inner, span)
            }
            None => piece(text, value_start, rest),
        };
        let name = piece(text, start, name);
        let place = name.span();
        let mut parsed = |text| templates::template(&parse_template(text).0, findings);
        let attribute = parsed(name);
        let target = Target { item: item(statement, findings), attribute, origin: place };
        let value = value(&target.attribute, &parse_template(written).0, findings);
        sets.push(Statement { kind: StatementKind::Set { target, value }, origin });
    }
    sets
}

/// A trimmed piece of a text that stands at an offset of it.
fn piece(text: &Text, start: usize, piece: &str) -> Text {
    let from = start + (piece.len() - piece.trim_start().len());
    let piece = piece.trim();
    Text::verbatim(piece, text.span_of(from..from + piece.len()))
}

/// `map`: attributes of an item under new names.
pub(crate) fn map(statement: &syntax::Statement, findings: &mut Findings) -> Option<StatementKind> {
    let mut side = |name| required(statement, name, findings).map(|side| templates::template(side, findings));
    let (to, from, pairs) = (side("to"), side("from"), side("map"));
    Some(StatementKind::Map { to: to?, from: from?, pairs: pairs? })
}
