//! Names that operations read: `<api:set attr="URI" …/>`, or a connection option of the same name.

use crate::{OPERATION_INPUTS, OPERATION_OUTPUTS, OperationId, Parameter};

/// One input of operations. Any other name is a variable of the script.
#[derive(Clone, Copy, Debug)]
pub struct OperationInput {
    /// Its name and value. A trailing `#` of the name stands for a numbered family (`Header:Name#`), a
    /// trailing `*` for any name (`UrlParam:*`).
    pub parameter: Parameter,
    /// The operations that read it.
    pub read_by: &'static [OperationId],
    /// The other half, when it is one of a pair whose halves have the same number.
    pub pair: Option<&'static str>,
    /// It is also known as a connection option. (Any input may come from the connection.)
    pub is_option: bool,
}

impl OperationInput {
    /// Whether this operation reads it.
    pub fn is_read_by(&self, operation: OperationId) -> bool {
        self.read_by.contains(&operation)
    }
}

/// One attribute that the items of operations have, besides the columns of rows.
#[derive(Clone, Copy, Debug)]
pub struct OperationOutput {
    /// Its name and value, with `#` and `*` as in an input's.
    pub parameter: Parameter,
    /// The operations that give it.
    pub given_by: &'static [OperationId],
}

/// The input that `written` is, ignoring case and a `#` with or without digits.
pub fn operation_input(written: &str) -> Option<&'static OperationInput> {
    find(OPERATION_INPUTS, |input| &input.parameter, written)
}

/// The output that `written` is, ignoring case and a `#` with or without digits.
pub fn operation_output(written: &str) -> Option<&'static OperationOutput> {
    find(OPERATION_OUTPUTS, |output| &output.parameter, written)
}

fn find<T>(table: &'static [T], parameter: fn(&T) -> &Parameter, written: &str) -> Option<&'static T> {
    let bare = written.split('#').next().unwrap_or(written).trim();
    let is = |name: &str| name.trim_end_matches('#').eq_ignore_ascii_case(bare);
    let exact = || table.iter().find(|entry| parameter(entry).spellings().any(is));
    let family = || {
        table.iter().find(|entry| {
            parameter(entry).name.strip_suffix('*').is_some_and(|prefix| starts_with(bare, prefix))
        })
    };
    exact().or_else(family)
}

/// Whether a name starts with this prefix and goes on, ignoring case.
fn starts_with(name: &str, prefix: &str) -> bool {
    name.len() > prefix.len()
        && name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
