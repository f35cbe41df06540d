//! What a block has in it, whether it runs or not.

use profilec_plan::{Block, Statement, StatementKind};

/// Whether a statement of the block, or one nested in it, is what is asked for. Bodies of calls count.
pub(crate) fn any(block: &[Statement], wanted: &dyn Fn(&StatementKind) -> bool) -> bool {
    block.iter().any(|statement| {
        wanted(&statement.kind) || children(&statement.kind).iter().any(|inner| any(inner, wanted))
    })
}

fn children(statement: &StatementKind) -> Vec<&Block> {
    match statement {
        StatementKind::If { then, otherwise, .. } => vec![then, otherwise],
        StatementKind::Select(select) => {
            select.cases.iter().map(|case| &case.body).chain([&select.default]).collect()
        }
        StatementKind::Try { body, catches, finally } => {
            [body].into_iter().chain(catches.iter().map(|catch| &catch.body)).chain([finally]).collect()
        }
        StatementKind::Block(block) | StatementKind::Enum { body: block, .. } => vec![block],
        StatementKind::Call(call) => vec![call.body.block()],
        _ => Vec::new(),
    }
}

/// Whether rows are emitted.
pub(crate) fn pushes(block: &[Statement]) -> bool {
    any(block, &|statement| matches!(statement, StatementKind::Push { .. }))
}

/// Whether requests are sent.
pub(crate) fn calls(block: &[Statement]) -> bool {
    any(block, &|statement| matches!(statement, StatementKind::Call(_)))
}

/// Whether the next marker may be set: by name, or under a computed one.
pub(crate) fn sets_marker(block: &[Statement]) -> bool {
    any(block, &|statement| match statement {
        StatementKind::Set { target, .. } => target
            .attribute
            .literal()
            .is_none_or(|name| name.to_lowercase().trim_end_matches('#').ends_with("rows@next")),
        StatementKind::CopyItem { .. } | StatementKind::Map { .. } => true,
        _ => false,
    })
}
