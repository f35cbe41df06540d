//! The table of keywords.

use crate::Evidence::{self, Documented, Inferred, Unconfirmed, Wild};
use crate::KeywordId as Id;
use crate::Kind::{
    self, Boolean, Expression, File, Integer, Item, List, Name, Operation, Pairs, Pattern, Text, Word, Words,
};
use crate::Support::{Ignored, Runs};
use crate::{Keyword, Parameter};

/// How a pattern is read.
const PATTERNS: Kind = Word(&["exact", "regex", "glob"]);
/// The comparisons of `if`.
const OPERATORS: Kind = Word(&[
    "null",
    "notnull",
    "hasvalue",
    "equals",
    "equalsignorecase",
    "notequals",
    "lessthan",
    "greaterthan",
]);

const ITEM: Parameter = new("item", Item, Documented, "the item; the default item when absent");
const ATTR: Parameter = new("attr", Name, Documented, "the name of the attribute").required();
const ACTION: Parameter =
    new("action", Word(&["break", "continue"]), Documented, "what to do when it is true, after the body");
const DESC: Parameter = new("desc", Text, Documented, "text for people").also(&["description"]);
const IN: Parameter =
    new("in", Item, Documented, "the item that the operation reads; the default item when absent")
        .also(&["input"]);
const OUT: Parameter = new("out", Item, Documented, "the name of each output item").also(&["output"]);
const OTHER: Parameter = new("value", Text, Documented, "what to compare with").required();
const CASE: Parameter = new("case", Word(&["ignore"]), Documented, "`ignore`: case does not count");
const VALUE: Parameter = new("value", Text, Documented, "the value; the body when absent");

/// All 32 keywords, by name.
#[rustfmt::skip] // One line an entry: the table is read and compared by column.
pub static KEYWORDS: &[Keyword] = &[
    keyword(Id::Break, "break", Documented, "leaves the innermost loop", &[]),
    keyword(Id::Call, "call", Documented, "runs an operation, then its body for each output item", &[
        new("op", Operation, Documented, "the operation to run, maybe with inputs: `jsonproviderGet?URI=…`").required(),
        IN,
        OUT,
        new("ignoreprefix", List, Documented, "prefixes that names of output attributes may lack, separated by commas"),
        new("page", Integer, Unconfirmed, "which page of output items the body runs for, from 1"),
        new("pagesize", Integer, Unconfirmed, "output items of a page"),
        new("maxrows", Integer, Unconfirmed, "the most output items, -1 for all").or("-1"),
        new("item", Item, Unconfirmed, "the item that the operation reads, where `in` is absent"),
    ]),
    keyword(Id::Case, "case", Documented, "a branch of `select`", &[
        OTHER,
        new("match", PATTERNS, Documented, "how the value is compared").or("exact"),
    ]),
    keyword(Id::Catch, "catch", Documented, "handles an error of the enclosing scope", &[
        new("code", Text, Documented, "the error's code, `*` for all").or("*"),
    ]),
    keyword(Id::Check, "check", Documented, "runs its body when an attribute has a value", &[
        ATTR,
        ITEM,
        new("value", Boolean, Documented, "asks for this to be true instead"),
        ACTION,
    ]),
    keyword(Id::Continue, "continue", Documented, "goes to the next iteration", &[]),
    keyword(Id::Default, "default", Documented, "the branch of `select` when no case matched", &[]),
    keyword(Id::Else, "else", Documented, "the other branch of a conditional", &[]),
    keyword(Id::Enum, "enum", Documented, "iterates attributes, a list or a range", &[
        ITEM,
        new("attr", Name, Documented, "the attribute to iterate, or a pattern such as `api:*`"),
        new("prefix", Text, Documented, "iterates attributes with this prefix"),
        new("expand", Boolean, Documented, "one iteration per value of array attributes").or("false"),
        new("sep", Text, Documented, "joins the values of an attribute; splits `list`").also(&["separator"]).or("\\n"),
        new("listseparator", Text, Documented, "splits `list`; `sep` when absent"),
        new("list", List, Documented, "the list to iterate"),
        new("range", Text, Documented, "the range to iterate: `1..5`, `a..z`"),
        new("recurse", Boolean, Documented, "includes nested attributes, which there are none of here").or("true").but(Ignored),
    ]),
    keyword(Id::Equals, "equals", Documented, "runs its body when an attribute equals a value", &[ATTR, ITEM, OTHER, CASE, ACTION]),
    keyword(Id::Exists, "exists", Documented, "runs its body when an attribute has a value", &[ATTR, ITEM, ACTION]),
    keyword(Id::Finally, "finally", Documented, "runs after try and catch in any case", &[]),
    keyword(Id::First, "first", Documented, "runs in the first iteration only", &[]),
    keyword(Id::If, "if", Documented, "runs its body when a condition holds", &[
        new("exp", Expression, Documented, "the condition"),
        ITEM,
        new("attr", Name, Documented, "the name of the attribute"),
        new("value", Text, Documented, "what to compare with"),
        new("operator", OPERATORS, Documented, "the comparison; with a `value` and without an operator it is `equals`").or("notnull"),
        ACTION,
    ]),
    keyword(Id::Include, "include", Documented, "runs another script file in place", &[
        new("document", File, Unconfirmed, "the file, seen from the profile's folder").also(&["file", "name"]).required(),
    ]),
    keyword(Id::Info, "info", Documented, "columns and inputs of the table", &[
        new("title", Text, Documented, "the table's name; the file's when absent"),
        DESC.but(Ignored),
        new("methods", Words(&["GET", "POST", "PUT", "PATCH", "MERGE", "DELETE"]), Documented, "the allowed methods; the blocks say it here").but(Ignored),
        new("url", Text, Documented, "the page of the script's author").but(Ignored),
        new("keywords", List, Documented, "words for people who search").but(Ignored),
        new("connection", Text, Wild, "a note of the drivers").note("seen in files of the drivers only").but(Ignored),
    ]),
    keyword(Id::Last, "last", Documented, "runs in the last iteration only", &[]),
    keyword(Id::Map, "map", Documented, "copies attributes between items under new names", &[
        new("to", Item, Documented, "the item to write").required(),
        new("from", Item, Documented, "the item to read").required(),
        new("map", Pairs, Documented, "what to copy: `to=from` pairs").required(),
    ]),
    keyword(Id::Match, "match", Documented, "runs its body when a value matches a pattern", &[
        new("pattern", Pattern, Documented, "what the whole value must match").required(),
        new("value", Text, Documented, "the text that is tested").required(),
        new("type", PATTERNS, Documented, "how the pattern is read").or("exact"),
        ACTION,
    ]),
    keyword(Id::NotEquals, "notequals", Documented, "runs its body when an attribute differs from a value", &[ATTR, ITEM, OTHER, CASE, ACTION]),
    keyword(Id::NotNull, "notnull", Documented, "runs its body when an attribute has a value", &[ATTR, ITEM, ACTION]),
    keyword(Id::Null, "null", Documented, "runs its body when an attribute has no value", &[
        new("attr", Name, Unconfirmed, "the name of the attribute").required(),
        new("item", Item, Unconfirmed, "the item; the default item when absent"),
        new("action", Word(&["break", "continue"]), Unconfirmed, "what to do when it is true, after the body"),
    ]),
    keyword(Id::Push, "push", Documented, "emits the current item as a row", &[
        ITEM,
        new("op", Operation, Documented, "the operation whose items are all emitted"),
        IN,
        OUT,
        new("title", Text, Documented, "a title of the item, for feeds").note("feeds of application servers").but(Ignored),
        DESC.but(Ignored),
        new("enc", Word(&["cdata", "escaped"]), Documented, "how the description is written, for feeds").also(&["encoding"]).note("feeds of application servers").but(Ignored),
    ]),
    keyword(Id::Script, "script", Documented, "the root, a method block or a plain block", &[
        new("method", Words(&["GET", "POST", "PUT", "PATCH", "MERGE", "DELETE"]), Documented, "the requests that run the block, separated by commas"),
    ]),
    keyword(Id::Select, "select", Documented, "runs the first matching case", &[
        new("value", Text, Documented, "what the cases compare with").required(),
    ]),
    keyword(Id::Set, "set", Documented, "sets an attribute", &[
        ITEM,
        new("attr", Name, Documented, "the name, maybe `item.name`, maybe with a number"),
        VALUE,
        new("copyfrom", Item, Documented, "the item whose attributes are all copied"),
    ]),
    keyword(Id::SetC, "setc", Documented, "sets an attribute from the body, line breaks removed", &[
        new("item", Item, Inferred, "the item; the default item when absent"),
        new("attr", Name, Inferred, "the name of the attribute"),
        new("value", Text, Inferred, "the value; the body when absent"),
    ]),
    keyword(Id::SetM, "setm", Documented, "sets several attributes, `name = value` a line", &[ITEM]),
    keyword(Id::Throw, "throw", Documented, "raises an error", &[
        new("code", Text, Documented, "the error's code").required(),
        DESC,
        new("details", Text, Documented, "more text"),
    ]),
    keyword(Id::Try, "try", Documented, "a block whose errors can be caught", &[]),
    keyword(Id::Unset, "unset", Documented, "removes an attribute or an item", &[
        ITEM,
        new("attr", Name, Documented, "the name of the attribute; the whole item when absent"),
    ]),
    keyword(Id::Validate, "validate", Documented, "raises an error when an attribute does not exist", &[
        ITEM,
        ATTR,
        new("code", Text, Documented, "the error's code").or("api:validate"),
        DESC,
    ]),
];

const fn new(name: &'static str, kind: Kind, evidence: Evidence, doc: &'static str) -> Parameter {
    Parameter::new(name, kind, evidence, doc)
}

const fn keyword(
    id: Id,
    name: &'static str,
    evidence: Evidence,
    doc: &'static str,
    parameters: &'static [Parameter],
) -> Keyword {
    Keyword { id, name, parameters, support: Runs, evidence, doc }
}
