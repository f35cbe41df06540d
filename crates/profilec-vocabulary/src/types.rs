//! Column types: `xs:type`.

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
    /// One line.
    pub doc: &'static str,
}

/// The type with this spelling, ignoring case and an `xs:` prefix.
pub fn column_type(written: &str) -> Option<&'static Type> {
    let bare = written.trim();
    let bare = bare.strip_prefix("xs:").unwrap_or(bare);
    TYPES.iter().find(|ty| ty.spellings.iter().any(|spelling| spelling.eq_ignore_ascii_case(bare)))
}

/// All types.
pub static TYPES: &[Type] = &[
    Type {
        id: TypeId::String,
        spellings: &["string", "varchar", "nvarchar", "text", "char", "anyURI", "json", "xml"],
        doc: "text",
    },
    Type {
        id: TypeId::Int,
        spellings: &["integer", "int", "smallint", "short", "tinyint", "byte", "unsignedInt"],
        doc: "whole number",
    },
    Type { id: TypeId::Long, spellings: &["long", "bigint", "int64"], doc: "whole number of 64 bits" },
    Type {
        id: TypeId::Double,
        spellings: &["double", "float", "real", "number"],
        doc: "floating-point number of 64 bits",
    },
    Type { id: TypeId::Decimal, spellings: &["decimal", "numeric", "money"], doc: "exact decimal number" },
    Type { id: TypeId::Boolean, spellings: &["boolean", "bool", "bit"], doc: "true or false" },
    Type { id: TypeId::DateTime, spellings: &["datetime", "timestamp"], doc: "instant" },
    Type { id: TypeId::Date, spellings: &["date"], doc: "day" },
    Type { id: TypeId::Time, spellings: &["time"], doc: "time of day" },
    Type {
        id: TypeId::Binary,
        spellings: &["binary", "varbinary", "base64Binary", "blob"],
        doc: "bytes, base64 in text",
    },
    Type { id: TypeId::Uuid, spellings: &["uuid", "guid", "uniqueidentifier"], doc: "UUID as text" },
];
