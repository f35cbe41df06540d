//! The keywords: elements with the prefix `api:`, `rsb:` or `arc:`.

use crate::Evidence::{self, Documented};
use crate::Support;

/// A keyword's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the keyword of its name; the table documents it")]
pub enum KeywordId {
    Break,
    Call,
    Case,
    Catch,
    Check,
    Continue,
    Default,
    Else,
    Enum,
    Equals,
    Exists,
    First,
    Finally,
    If,
    Include,
    Info,
    Last,
    Map,
    Match,
    NotEquals,
    Null,
    NotNull,
    Push,
    Script,
    Select,
    Set,
    SetC,
    SetM,
    Throw,
    Try,
    Unset,
    Validate,
}

impl KeywordId {
    /// Whether it runs one of two branches, so that an `else` may stand in it.
    pub const fn is_conditional(self) -> bool {
        matches!(
            self,
            Self::If
                | Self::Check
                | Self::Exists
                | Self::NotNull
                | Self::Null
                | Self::Equals
                | Self::NotEquals
                | Self::Match
        )
    }
}

/// One keyword.
#[derive(Debug)]
pub struct Keyword {
    /// Which.
    pub id: KeywordId,
    /// As written, lower case, without prefix.
    pub name: &'static str,
    /// Its attributes.
    pub parameters: &'static [Parameter],
    /// Whether it runs.
    pub support: Support,
    /// How its name is known.
    pub evidence: Evidence,
    /// One line.
    pub doc: &'static str,
}

/// One attribute of a keyword.
#[derive(Debug)]
pub struct Parameter {
    /// The canonical (short) spelling: `desc`, `in`, `out`, `sep`.
    pub name: &'static str,
    /// Other accepted spellings: `description`, `input`, `output`, `separator`.
    pub synonyms: &'static [&'static str],
    /// Must be there.
    pub required: bool,
    /// One line.
    pub doc: &'static str,
}

impl Keyword {
    /// The parameter with this spelling, ignoring case.
    pub fn parameter(&self, written: &str) -> Option<&'static Parameter> {
        self.parameters.iter().find(|parameter| {
            parameter.name.eq_ignore_ascii_case(written)
                || parameter.synonyms.iter().any(|synonym| synonym.eq_ignore_ascii_case(written))
        })
    }
}

/// The keyword of this name (without prefix), ignoring case.
pub fn keyword(name: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.name.eq_ignore_ascii_case(name))
}

const fn required(name: &'static str, doc: &'static str) -> Parameter {
    Parameter { name, synonyms: &[], required: true, doc }
}

const fn optional(name: &'static str, doc: &'static str) -> Parameter {
    Parameter { name, synonyms: &[], required: false, doc }
}

const ITEM: Parameter = optional("item", "the item; the default item when absent");
const ACTION: Parameter = optional("action", "`break` or `continue` when true");
const DESC: Parameter =
    Parameter { name: "desc", synonyms: &["description"], required: false, doc: "text for people" };
const IN: Parameter =
    Parameter { name: "in", synonyms: &["input"], required: false, doc: "item that the operation reads" };
const OUT: Parameter =
    Parameter { name: "out", synonyms: &["output"], required: false, doc: "name of each output item" };

/// All 32 keywords, by name.
pub static KEYWORDS: &[Keyword] = &[
    Keyword {
        id: KeywordId::Break,
        name: "break",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "leaves the innermost loop",
    },
    Keyword {
        id: KeywordId::Call,
        name: "call",
        parameters: &[
            required("op", "operation to run"),
            IN,
            OUT,
            optional("ignoreprefix", "prefixes removed from output attributes"),
            optional("page", "the page of output items, from 1"),
            optional("pagesize", "output items of a page"),
            optional("maxrows", "the most output items"),
            ITEM,
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs an operation, then its body for each output item",
    },
    Keyword {
        id: KeywordId::Case,
        name: "case",
        parameters: &[
            required("value", "what to compare with"),
            optional("match", "`exact`, `regex` or `glob`"),
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "a branch of `select`",
    },
    Keyword {
        id: KeywordId::Catch,
        name: "catch",
        parameters: &[optional("code", "error code, `*` for all")],
        support: Support::Runs,
        evidence: Documented,
        doc: "handles an error of the enclosing scope",
    },
    Keyword {
        id: KeywordId::Check,
        name: "check",
        parameters: &[required("attr", "attribute name"), ITEM, optional("value", "boolean"), ACTION],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute has a value",
    },
    Keyword {
        id: KeywordId::Continue,
        name: "continue",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "goes to the next iteration",
    },
    Keyword {
        id: KeywordId::Default,
        name: "default",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "the branch of `select` when no case matched",
    },
    Keyword {
        id: KeywordId::Else,
        name: "else",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "the other branch of a conditional",
    },
    Keyword {
        id: KeywordId::Enum,
        name: "enum",
        parameters: &[
            ITEM,
            optional("attr", "attribute or pattern to iterate"),
            optional("prefix", "iterate attributes with this prefix"),
            optional("expand", "one iteration per value of array attributes"),
            Parameter {
                name: "sep",
                synonyms: &["separator"],
                required: false,
                doc: "joins or splits values",
            },
            optional("listseparator", "splits `list`"),
            optional("list", "delimited list to iterate"),
            optional("range", "`1..5`, `a..z`"),
            optional("recurse", "include nested attributes"),
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "iterates attributes, a list or a range",
    },
    Keyword {
        id: KeywordId::Equals,
        name: "equals",
        parameters: &[
            required("attr", "attribute name"),
            ITEM,
            required("value", "what to compare with"),
            optional("case", "`ignore`"),
            ACTION,
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute equals a value",
    },
    Keyword {
        id: KeywordId::Exists,
        name: "exists",
        parameters: &[required("attr", "attribute name"), ITEM, ACTION],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute has a value",
    },
    Keyword {
        id: KeywordId::Finally,
        name: "finally",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs after try and catch in any case",
    },
    Keyword {
        id: KeywordId::First,
        name: "first",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs in the first iteration only",
    },
    Keyword {
        id: KeywordId::If,
        name: "if",
        parameters: &[
            optional("exp", "boolean expression"),
            ITEM,
            optional("attr", "attribute name"),
            optional("value", "right operand"),
            optional("operator", "comparison"),
            ACTION,
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when a condition holds",
    },
    Keyword {
        id: KeywordId::Include,
        name: "include",
        parameters: &[Parameter {
            name: "document",
            synonyms: &["file", "name"],
            required: true,
            doc: "file to run in place",
        }],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs another script file in place",
    },
    Keyword {
        id: KeywordId::Info,
        name: "info",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "columns and inputs of the table",
    },
    Keyword {
        id: KeywordId::Last,
        name: "last",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs in the last iteration only",
    },
    Keyword {
        id: KeywordId::Map,
        name: "map",
        parameters: &[
            required("to", "item to write"),
            required("from", "item to read"),
            required("map", "`to=from` pairs"),
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "copies attributes between items under new names",
    },
    Keyword {
        id: KeywordId::Match,
        name: "match",
        parameters: &[
            required("pattern", "what the value must match"),
            required("value", "the text that is tested"),
            optional("type", "`exact`, `regex` or `glob`"),
            ACTION,
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when a value matches a pattern",
    },
    Keyword {
        id: KeywordId::NotEquals,
        name: "notequals",
        parameters: &[
            required("attr", "attribute name"),
            ITEM,
            required("value", "what to compare with"),
            optional("case", "`ignore`"),
            ACTION,
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute differs from a value",
    },
    Keyword {
        id: KeywordId::NotNull,
        name: "notnull",
        parameters: &[required("attr", "attribute name"), ITEM, ACTION],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute has a value",
    },
    Keyword {
        id: KeywordId::Null,
        name: "null",
        parameters: &[required("attr", "attribute name"), ITEM, ACTION],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs its body when an attribute has no value",
    },
    Keyword {
        id: KeywordId::Push,
        name: "push",
        parameters: &[
            ITEM,
            optional("op", "operation whose items are pushed"),
            IN,
            OUT,
            optional("title", "a title of the item, for feeds"),
            DESC,
            Parameter {
                name: "enc",
                synonyms: &["encoding"],
                required: false,
                doc: "how the body is escaped",
            },
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "emits the current item as a row",
    },
    Keyword {
        id: KeywordId::Script,
        name: "script",
        parameters: &[optional("method", "request kinds that run the block")],
        support: Support::Runs,
        evidence: Documented,
        doc: "the root, a method block or a plain block",
    },
    Keyword {
        id: KeywordId::Select,
        name: "select",
        parameters: &[required("value", "what the cases compare with")],
        support: Support::Runs,
        evidence: Documented,
        doc: "runs the first matching case",
    },
    Keyword {
        id: KeywordId::Set,
        name: "set",
        parameters: &[
            ITEM,
            optional("attr", "attribute name, maybe `item.name`"),
            optional("value", "the value; the body when absent"),
            optional("copyfrom", "item whose attributes are copied"),
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "sets an attribute",
    },
    Keyword {
        id: KeywordId::SetC,
        name: "setc",
        parameters: &[
            ITEM,
            optional("attr", "attribute name"),
            optional("value", "the value; the body when absent"),
        ],
        support: Support::Runs,
        evidence: Documented,
        doc: "sets an attribute from the body, line breaks removed",
    },
    Keyword {
        id: KeywordId::SetM,
        name: "setm",
        parameters: &[ITEM],
        support: Support::Runs,
        evidence: Documented,
        doc: "sets several attributes, `name = value` a line",
    },
    Keyword {
        id: KeywordId::Throw,
        name: "throw",
        parameters: &[required("code", "error code"), DESC, optional("details", "more text")],
        support: Support::Runs,
        evidence: Documented,
        doc: "raises an error",
    },
    Keyword {
        id: KeywordId::Try,
        name: "try",
        parameters: &[],
        support: Support::Runs,
        evidence: Documented,
        doc: "a block whose errors can be caught",
    },
    Keyword {
        id: KeywordId::Unset,
        name: "unset",
        parameters: &[ITEM, optional("attr", "attribute name; the whole item when absent")],
        support: Support::Runs,
        evidence: Documented,
        doc: "removes an attribute or an item",
    },
    Keyword {
        id: KeywordId::Validate,
        name: "validate",
        parameters: &[ITEM, required("attr", "attribute name"), optional("code", "error code"), DESC],
        support: Support::Runs,
        evidence: Documented,
        doc: "raises an error when an attribute does not exist",
    },
];
