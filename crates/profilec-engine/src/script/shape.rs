//! What a block has in it, whether it runs or not.

use profilec_plan::{Statement, StatementKind};

/// Whether a statement of the block, or one nested in it, is what is asked for. Bodies of calls count.
pub(crate) fn any(block: &[Statement], wanted: &dyn Fn(&StatementKind) -> bool) -> bool {
    block.iter().any(|statement| {
        wanted(&statement.kind) || statement.kind.blocks().iter().any(|inner| any(inner, wanted))
    })
}

/// As [`any`], bodies of calls left out.
fn any_itself(block: &[Statement], wanted: &dyn Fn(&StatementKind) -> bool) -> bool {
    block.iter().any(|statement| {
        wanted(&statement.kind)
            || (!matches!(statement.kind, StatementKind::Call(_))
                && statement.kind.blocks().iter().any(|inner| any_itself(inner, wanted)))
    })
}

/// Whether rows are emitted.
pub(crate) fn pushes(block: &[Statement]) -> bool {
    any(block, &|statement| matches!(statement, StatementKind::Push { .. }))
}

/// Whether the block itself emits rows: bodies of calls in it are theirs.
pub(crate) fn pushes_itself(block: &[Statement]) -> bool {
    any_itself(block, &|statement| matches!(statement, StatementKind::Push { .. }))
}

/// Whether requests are sent.
pub(crate) fn calls(block: &[Statement]) -> bool {
    any(block, &|statement| matches!(statement, StatementKind::Call(_)))
}

/// Whether the next marker may be set for the block's own row: by name, or under a computed one.
pub(crate) fn sets_marker(block: &[Statement]) -> bool {
    any_itself(block, &|statement| match statement {
        StatementKind::Set { target, .. } => target
            .attribute
            .literal()
            .is_none_or(|name| name.to_lowercase().trim_end_matches('#').ends_with("rows@next")),
        StatementKind::CopyItem { .. } | StatementKind::Map { .. } => true,
        _ => false,
    })
}
