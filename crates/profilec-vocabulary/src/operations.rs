//! The operations of `api:call op="…"`.

use crate::Evidence::{self, Documented, Unconfirmed};
use crate::Support::{self, NotYet, Refused, Runs};

use OperationId::{FetchRows, Other};
use ResponseFormat::{Csv, Json, Xml};

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
    /// How its name is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// The operation of this name, ignoring case.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name.eq_ignore_ascii_case(name))
}

/// All operations, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static OPERATIONS: &[Operation] = &[
    entry(FetchRows(Csv), "apisadoExecuteCSVGet", NotYet, Unconfirmed, "rows of a CSV response"),
    entry(FetchRows(Json), "apisadoExecuteJSONGet", Runs, Unconfirmed, "rows of a JSON response"),
    entry(FetchRows(Xml), "apisadoExecuteXMLGet", Runs, Unconfirmed, "rows of an XML response"),
    entry(FetchRows(Csv), "csvproviderGet", NotYet, Unconfirmed, "rows of a CSV response"),
    entry(Other, "dbCall", Refused, Unconfirmed, "calls a database procedure"),
    entry(Other, "dbNonQuery", Refused, Unconfirmed, "runs a database command"),
    entry(Other, "dbQuery", Refused, Documented, "rows of a database query"),
    entry(Other, "fileCopy", Refused, Unconfirmed, "copies a file"),
    entry(Other, "fileDelete", Refused, Unconfirmed, "deletes a file"),
    entry(Other, "fileListDir", Refused, Documented, "the files of a folder"),
    entry(Other, "fileMove", Refused, Unconfirmed, "moves a file"),
    entry(Other, "fileRead", Refused, Unconfirmed, "the content of a file"),
    entry(Other, "fileWrite", Refused, Unconfirmed, "writes a file"),
    entry(Other, "httpGet", NotYet, Unconfirmed, "the response of a GET request"),
    entry(Other, "httpPost", NotYet, Unconfirmed, "the response of a POST request"),
    entry(FetchRows(Json), "jsonproviderGet", Runs, Documented, "rows of a JSON response"),
    entry(Other, "oauthGetAccessToken", NotYet, Documented, "an OAuth access token"),
    entry(Other, "oauthGetUserAuthorizationURL", NotYet, Unconfirmed, "the URL where a user grants access"),
    entry(Other, "smtpSend", Refused, Unconfirmed, "sends mail"),
    entry(Other, "sqliteQuery", Refused, Documented, "rows of an SQLite query"),
    entry(Other, "utiladoCloudOAuth", NotYet, Documented, "the OAuth steps of newer engines"),
    entry(FetchRows(Xml), "xmlproviderGet", Runs, Unconfirmed, "rows of an XML response"),
];

const fn entry(
    id: OperationId,
    name: &'static str,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> Operation {
    Operation { id, name, support, evidence, doc }
}
