//! The operations of `api:call op="…"`.

use std::sync::LazyLock;

use crate::Evidence::{self, Documented, Inferred, Unconfirmed};
use crate::Support::{self, Auth, Refused, Runs};
use crate::index::Index;

use OperationId::{FetchRows, Http, OAuth, Outside, PushPageToken};
use ResponseFormat::{Csv, Json, Xml};

/// An operation's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationId {
    /// Sends a request and gives a row for each element of the response's row path.
    FetchRows(ResponseFormat),
    /// Sends a request and gives one item: the body as text, and what every answer says of itself.
    Http(Verb),
    /// Says what the next page is asked with.
    PushPageToken,
    /// A step on the way to an OAuth token.
    OAuth,
    /// Reaches beyond HTTP, or into another product; never run.
    Outside,
}

/// The verb of an operation, when the script sets no `method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
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
    /// Any text: one item holds it whole.
    Text,
}

/// One operation.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// Which.
    pub id: OperationId,
    /// As documented.
    pub name: &'static str,
    /// Whether it runs.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// Since when, where, or what took its place; may be empty.
    pub note: &'static str,
    /// The operation that took its place.
    pub successor: Option<&'static str>,
    /// One line.
    pub doc: &'static str,
}

/// The operation of this name, ignoring case.
pub fn operation(name: &str) -> Option<&'static Operation> {
    static NAMES: LazyLock<Index<Operation>> =
        LazyLock::new(|| Index::new(OPERATIONS, |operation| [operation.name]));
    NAMES.get(name)
}

const ON_FILES: Support = Refused("works on files");
const ON_DATABASES: Support = Refused("works on a database");

/// All operations, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static OPERATIONS: &[Operation] = &[
    entry(FetchRows(Csv), "apisadoExecuteCSVGet", Runs, Unconfirmed, "rows of a CSV response").note(API_DRIVER),
    entry(FetchRows(Json), "apisadoExecuteJSONGet", Runs, Unconfirmed, "rows of a JSON response").note(API_DRIVER),
    entry(FetchRows(Xml), "apisadoExecuteXMLGet", Runs, Unconfirmed, "rows of an XML response").note(API_DRIVER),
    entry(FetchRows(Csv), "csvproviderGet", Runs, Unconfirmed, "rows of a CSV response"),
    entry(Outside, "dbCall", ON_DATABASES, Unconfirmed, "calls a database procedure").note(SERVERS),
    entry(Outside, "dbNonQuery", ON_DATABASES, Unconfirmed, "runs a database command").note(SERVERS),
    entry(Outside, "dbQuery", ON_DATABASES, Documented, "rows of a database query").note(SERVERS),
    entry(Outside, "fileCopy", ON_FILES, Unconfirmed, "copies a file").note(SERVERS),
    entry(Outside, "fileDelete", ON_FILES, Unconfirmed, "deletes a file").note(SERVERS),
    entry(Outside, "fileListDir", ON_FILES, Documented, "the files of a folder").note(SERVERS),
    entry(Outside, "fileMove", ON_FILES, Unconfirmed, "moves a file").note(SERVERS),
    entry(Outside, "fileRead", ON_FILES, Unconfirmed, "the content of a file").note(SERVERS),
    entry(Outside, "fileWrite", ON_FILES, Unconfirmed, "writes a file").note(SERVERS),
    entry(OAuth, "GetOAuthAccessToken", Auth, Documented, "an OAuth access token").note("the procedure's own name"),
    entry(OAuth, "GetOAuthAuthorizationURL", Auth, Documented, "the URL where a user grants access").note("the procedure's own name"),
    entry(Http(Verb::Get), "httpGet", Runs, Documented, "one item with the response to a GET request").note("the text is `http:content`"),
    entry(Http(Verb::Post), "httpPost", Runs, Documented, "one item with the response to a POST request").note("the text is `http:content`"),
    entry(FetchRows(Json), "jsonproviderGet", Runs, Documented, "rows of a JSON response"),
    entry(OAuth, "oauthGetAccessToken", Auth, Documented, "an OAuth access token").until("up to 2024; then `utiladoCloudOAuth`", "utiladoCloudOAuth"),
    entry(OAuth, "oauthGetUserAuthorizationURL", Auth, Unconfirmed, "the URL where a user grants access").until("up to 2024; then `utiladoCloudOAuth`", "utiladoCloudOAuth"),
    entry(OAuth, "RefreshOAuthAccessToken", Auth, Documented, "a new OAuth access token for an old one").note("the procedure's own name"),
    entry(Outside, "smtpSend", Refused("sends mail"), Unconfirmed, "sends mail").note(SERVERS),
    entry(Outside, "sqliteQuery", ON_DATABASES, Documented, "rows of an SQLite query").note(SERVERS),
    entry(OAuth, "utiladoCloudOAuth", Auth, Documented, "the OAuth step that `Operation` names").note("from 2026"),
    entry(PushPageToken, "utiladoPushPageToken", Runs, Inferred, "says what the next page is asked with").note(API_DRIVER),
    entry(FetchRows(Xml), "xmlproviderGet", Runs, Unconfirmed, "rows of an XML response"),
];

const API_DRIVER: &str = "profiles of the API driver";
const SERVERS: &str = "application servers only";

const fn entry(
    id: OperationId,
    name: &'static str,
    support: Support,
    evidence: Evidence,
    doc: &'static str,
) -> Operation {
    Operation { id, name, support, evidence, note: "", successor: None, doc }
}

impl Operation {
    const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    const fn until(mut self, note: &'static str, successor: &'static str) -> Self {
        self.successor = Some(successor);
        self.note(note)
    }
}
