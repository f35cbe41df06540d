//! The operations of `api:call op="…"`.

use crate::Support;

/// An operation's identity. `Other` stands for the known ones that do not run yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationId {
    /// Sends a request and gives a row for each element of the response's row path.
    FetchRows(ResponseFormat),
    /// Known, does not run yet.
    Other,
}

/// How a response body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseFormat {
    /// JSON (RFC 8259).
    Json,
    /// XML.
    Xml,
    /// CSV.
    Csv,
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// Which.
    pub id: OperationId,
    /// As documented.
    pub name: &'static str,
    /// Whether it runs.
    pub support: Support,
    /// One line.
    pub doc: &'static str,
}

/// The operation of this name, ignoring case.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
}

/// All operations.
pub static OPERATIONS: &[Operation] = &[Operation {
    id: OperationId::FetchRows(ResponseFormat::Json),
    name: "jsonproviderGet",
    support: Support::Runs,
    doc: "rows of a JSON response",
}];
