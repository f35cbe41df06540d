//! Names that operations read: `<api:set attr="URI" …/>`, or a connection option of the same name.

use std::sync::LazyLock;

use crate::index::Index;
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
    static FAMILIES: LazyLock<Families<OperationInput>> =
        LazyLock::new(|| Families::new(OPERATION_INPUTS, |input| &input.parameter));
    FAMILIES.get(written)
}

/// The output that `written` is, ignoring case and a `#` with or without digits.
pub fn operation_output(written: &str) -> Option<&'static OperationOutput> {
    static FAMILIES: LazyLock<Families<OperationOutput>> =
        LazyLock::new(|| Families::new(OPERATION_OUTPUTS, |output| &output.parameter));
    FAMILIES.get(written)
}

/// A table whose names may be those of families: `Header:Name#`, `UrlParam:*`.
struct Families<T: 'static> {
    exact: Index<T>,
    /// Where such a name starts, and what it is.
    open: Vec<(&'static str, &'static T)>,
}

impl<T> Families<T> {
    fn new(table: &'static [T], parameter: fn(&'static T) -> &'static Parameter) -> Self {
        let unnumbered = |entry| parameter(entry).spellings().map(|name| name.trim_end_matches('#'));
        let open = |entry| Some((parameter(entry).name.strip_suffix('*')?, entry));
        Self { exact: Index::new(table, unnumbered), open: table.iter().filter_map(open).collect() }
    }

    fn get(&self, written: &str) -> Option<&'static T> {
        let bare = written.split('#').next().unwrap_or(written).trim();
        let open = || self.open.iter().find(|(prefix, _)| starts_with(bare, prefix));
        self.exact.get(bare).or_else(|| Some(open()?.1))
    }
}

/// Whether a name starts with this prefix and goes on, ignoring case.
fn starts_with(name: &str, prefix: &str) -> bool {
    name.len() > prefix.len()
        && name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
