//! Column types: `xs:type`.

use std::sync::LazyLock;

use crate::Evidence::{self, Documented, Unconfirmed, Wild};
use crate::index::Index;

/// A type's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the type of its name; the table documents it")]
pub enum TypeId {
    String,
    Int,
    Long,
    Double,
    Decimal,
    Boolean,
    DateTime,
    Date,
    Time,
    Binary,
    Uuid,
}

/// One type.
#[derive(Debug)]
pub struct Type {
    /// Which.
    pub id: TypeId,
    /// Accepted spellings, the canonical one first.
    pub spellings: &'static [&'static str],
    /// Slips of published files: columns with them are read as text, with a finding that names the type.
    pub misspellings: &'static [&'static str],
    /// The Arrow type of its columns. The digits of a decimal are those that the column declares.
    pub arrow: &'static str,
    /// How the type is known; most of its spellings are inferred.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// The type with this spelling, ignoring case and an `xs:` prefix.
pub fn column_type(written: &str) -> Option<&'static Type> {
    static SPELLINGS: LazyLock<Index<Type>> =
        LazyLock::new(|| Index::new(TYPES, |ty| ty.spellings.iter().copied()));
    let bare = written.trim();
    let bare = bare.strip_prefix("xs:").unwrap_or(bare);
    SPELLINGS.get(bare)
}

/// All types.
pub static TYPES: &[Type] = &[
    Type {
        id: TypeId::String,
        spellings: &["string", "varchar", "nvarchar", "text", "char", "anyURI", "json", "xml"],
        misspellings: &["strig"],
        arrow: "Utf8",
        evidence: Documented,
        doc: "text, as it stands in the response",
    },
    Type {
        id: TypeId::Int,
        spellings: &["integer", "int", "smallint", "short", "tinyint", "byte", "unsignedInt"],
        misspellings: &["interger"],
        arrow: "Int64",
        evidence: Documented,
        doc: "whole number, 64 bits wide whatever the name says",
    },
    Type {
        id: TypeId::Long,
        spellings: &["long", "bigint", "int64"],
        misspellings: &[],
        arrow: "Int64",
        evidence: Unconfirmed,
        doc: "whole number of 64 bits",
    },
    Type {
        id: TypeId::Double,
        spellings: &["double", "float", "real", "number"],
        misspellings: &[],
        arrow: "Float64",
        evidence: Documented,
        doc: "floating-point number of 64 bits",
    },
    Type {
        id: TypeId::Decimal,
        spellings: &["decimal", "numeric", "money"],
        misspellings: &[],
        arrow: "Decimal128(columnsize, decimaldigits)",
        evidence: Wild,
        doc: "exact decimal number",
    },
    Type {
        id: TypeId::Boolean,
        spellings: &["boolean", "bool", "bit"],
        misspellings: &[],
        arrow: "Boolean",
        evidence: Documented,
        doc: "true or false, also `1`, `0`, `yes`, `no`",
    },
    Type {
        id: TypeId::DateTime,
        spellings: &["datetime", "timestamp"],
        misspellings: &[],
        arrow: "Timestamp(µs, UTC)",
        evidence: Documented,
        doc: "date and time, kept in UTC",
    },
    Type {
        id: TypeId::Date,
        spellings: &["date"],
        misspellings: &[],
        arrow: "Date32",
        evidence: Unconfirmed,
        doc: "date without a time",
    },
    Type {
        id: TypeId::Time,
        spellings: &["time"],
        misspellings: &[],
        arrow: "Time64(µs)",
        evidence: Unconfirmed,
        doc: "time of day",
    },
    Type {
        id: TypeId::Binary,
        spellings: &["binary", "varbinary", "base64Binary", "blob"],
        misspellings: &[],
        arrow: "Binary",
        evidence: Unconfirmed,
        doc: "bytes, base64 in text",
    },
    Type {
        id: TypeId::Uuid,
        spellings: &["uuid", "guid", "uniqueidentifier"],
        misspellings: &[],
        arrow: "Utf8",
        evidence: Unconfirmed,
        doc: "UUID, kept as text",
    },
];
