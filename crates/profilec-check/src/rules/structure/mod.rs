//! Rules about the shape of a script.

pub(super) mod attribute_repeated;
pub(super) mod body_not_run;
pub(super) mod branch_repeated;
pub(super) mod call_missing;
pub(super) mod catch_misplaced;
pub(super) mod conditional_else_misplaced;
pub(super) mod declaration_prefixed;
pub(super) mod get_block_missing;
pub(super) mod include_computed;
pub(super) mod info_misplaced;
pub(super) mod info_missing;
pub(super) mod info_repeated;
pub(super) mod layout;
pub(super) mod loop_missing;
pub(super) mod method_block_repeated;
pub(super) mod name_in_brackets;
pub(super) mod not_a_boolean;
pub(super) mod not_a_whole_number;
pub(super) mod not_supported_yet;
pub(super) mod old_engine_wanted;
pub(super) mod operator_missing;
pub(super) mod parameter_missing;
pub(super) mod push_missing;
pub(super) mod reserved_name;
pub(super) mod root_not_script;
pub(super) mod set_after_call;
pub(super) mod set_line_malformed;
pub(super) mod set_name_misspelt;
pub(super) mod stray_text;
pub(super) mod title_differs;
pub(super) mod unknown_element;
pub(super) mod unknown_input;
pub(super) mod unknown_keyword;
pub(super) mod unknown_operation;
pub(super) mod unknown_operator;
pub(super) mod unknown_parameter;
pub(super) mod unknown_word;
pub(super) mod wrong_case;

use profilec_syntax::{PrefixedName, Statement};
use profilec_vocabulary::keyword;

/// Whether an unknown element was meant as a keyword; then nobody knows what it sets.
pub(crate) fn is_meant_as_keyword(statement: &Statement) -> bool {
    let name = &statement.name.node;
    is_keyword_prefix(&name.prefix) || keyword(&name.local).is_some()
}

/// Whether a prefix is that of keywords.
fn is_keyword_prefix(prefix: &str) -> bool {
    ["api", "rsb", "arc"].iter().any(|known| known.eq_ignore_ascii_case(prefix))
}

/// The keyword prefix to suggest near this name: its own, or `api`.
fn keyword_prefix(name: &PrefixedName) -> &str {
    if is_keyword_prefix(&name.prefix) { &name.prefix } else { "api" }
}
